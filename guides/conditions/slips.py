"""The slip in a text that is no condition or day, told so that its writer can mend it.

The grammar decides what is a condition. Only what it refused is read once more here, leniently, by people's habits.
"""

from .asked import Words
from .errors import ConditionError
from .slip_comparisons import SMALL, Comparisons
from .slip_words import (
    AND,
    BEGINNINGS,
    HAS,
    IS,
    IS_NOT,
    NOT,
    OR,
    ORDERS,
    Token,
    comparisons_meant,
    joined,
    keys_meant,
    near,
    slip,
    spans,
    terms_meant,
)


def find_slip(text: str, words: Words, *, date: bool) -> ConditionError | None:
    """The first slip in a text that could not be parsed; None where the parser's own words must do."""
    reader = _Conditions(text, words)
    try:
        if date:
            reader.only_day()
        else:
            reader.condition()
    except ConditionError as error:
        return _spaced(error, text)
    return None


def _spaced(error: ConditionError, text: str) -> ConditionError:
    """The same with room around what is offered, where a sign stood right at a word: "!moved"."""
    before = " " if error.start and text[error.start - 1].isalnum() else ""
    after = " " if text[error.end : error.end + 1].isalnum() else ""
    offered = [f"{before}{guess}{after}" for guess in error.suggestions]
    return ConditionError(error.message, start=error.start, end=error.end, suggestions=offered)


class _Conditions(Comparisons):
    """Reads a condition, with the days in it."""

    def only_day(self) -> None:
        self.day()
        if self.next:
            self.ending(self.next)
            if self.next.low in ("before", "after", "on", "and", "or", "is", "<", ">", "<=", ">=", "in", "has"):
                raise slip("This field holds one day, not a condition. Take away what follows the day.", self.next)
            raise slip(
                f"“{self.next.text}” is not expected here. To count on, write for example “+ 3 months”.", self.next
            )

    def condition(self) -> None:
        self.open: list[Token] = []
        first = self.next
        if first and first.low in BEGINNINGS and not self.called(30)[0]:
            raise slip(f"A condition has no “{first.text}” in front. Begin with a question or a term.", first,
                       *self.without_first())  # fmt: skip
        while True:
            self.operand()
            if not self.next:
                break
            self.join(self.next)
        if self.open:
            raise ConditionError("Something is missing here: a closing bracket “)”.", start=len(self.text))

    def called(self, most: int) -> tuple[list[str], str, int]:
        """The questions and terms that are called as the next words are, and how many words those are."""
        for typed, count in spans(self.tokens, self.place, self.text, most):
            if meant := keys_meant(typed, self.words) or terms_meant(typed, self.words):
                return meant, typed, count
        return [], "", 0

    def without_first(self) -> tuple[Token, str] | tuple[()]:
        """The second word, to stand in place of the first two."""
        return (self.tokens[1], self.tokens[1].text) if len(self.tokens) > 1 else ()

    def operand(self) -> None:
        while True:
            token, last = self.next, self.last
            if token is None:
                raise self.missing("a term, or a question with its value")
            if token.text == "(":
                self.open.append(token)
            elif token.text == ")" and last and last.text == "(":
                raise slip(
                    "There is nothing between these brackets. Take them away, or write a condition.", last, token
                )
            elif token.low in AND | OR | {",", ")"} and not self.called(30)[0]:
                if last and last.low in ("and", "or"):
                    raise slip(f"“{token.text}” follows “{last.text}”. Take one of them away.", token)
                raise slip(f"Something is missing before “{token.text}”: a term, or a question with its value.", token)
            elif self.denied(token):
                pass
            elif token.low in ("always", "never"):
                self.small(token, token.low)
                self.place += 1
                return
            else:
                return self.atom(token)
            self.place += 1

    def denied(self, token: Token) -> bool:
        if token.low not in NOT or token.text in self.words.questions:
            return False
        if token.text != "not":
            raise slip(f"“{token.text}” is written “not”.", token, None, "not")
        return True

    def atom(self, token: Token) -> None:
        question = self.words.questions.get(token.text)
        if question:
            self.place += 1
            return self.compared(token, question)
        if token.text in self.words.term_names():
            self.place += 1
            return self.alone(token, f"“{token.text}” is a term")
        raise self.unknown(token)

    def unknown(self, token: Token) -> ConditionError:
        meant, said, length = self.called(30)
        if meant:
            last = self.tokens[self.place + length - 1]
            return slip(self.how(token, said, meant[0]), token, last, *meant[:3])
        for typed, count in spans(self.tokens, self.place, self.text):
            if comparisons := comparisons_meant(typed, self.words):
                last = self.tokens[self.place + count - 1]
                key = comparisons[0].split()[0]
                return slip(f"“{typed}” is a value of “{key}”. Say the question too.", token, last, *comparisons)
        follows = self.tokens[self.place + 1].low if self.place + 1 < len(self.tokens) else ""
        compares = follows in IS | IS_NOT | HAS | set(ORDERS) | {"in", "before", "after", "on"}
        known = [*self.words.questions, *(() if compares else self.words.term_names())]
        kind = "question" if compares else "question or term"
        guess = near(token.text, known) if token.kind == "word" else []
        cure = "" if guess else " Pick one from the words beside the field."
        return slip(f"There is no {kind} of this name.{cure}", token, None, *guess)

    def how(self, token: Token, typed: str, key: str) -> str:
        if token.kind == "quoted" and joined(typed) == key:
            return "Words are written without quotes."
        if typed.lower() == key:
            return SMALL
        if joined(typed) == key:
            return "A name is written as one word, in small letters, with “_” inside."
        return f"In a condition this is called “{key}”."

    def join(self, token: Token) -> None:
        if token.text == ")":
            if not self.open:
                raise slip("There is no “(” for this “)”. Take it away.", token)
            self.open.pop()
            self.place += 1
            if self.next:
                self.join(self.next)
            return
        self.ending(token)
        for word, meant in ((AND, "and"), (OR, "or")):
            if token.low in word and token.text != meant:
                message = SMALL if token.low == meant else f"“{token.text}” is written “{meant}”."
                raise slip(message, token, None, meant)
        if token.text in ("and", "or"):
            self.place += 1
            return
        self.unjoined(token)

    def unjoined(self, token: Token) -> None:
        if token.text in (",", ";"):
            raise slip("Say “and” or “or” instead.", token, None, "and", "or")
        if token.text in {*self.words.questions, *self.words.term_names(), "not", "("}:
            raise slip("Say “and” or “or” between the two.", token, None, f"and {token.text}", f"or {token.text}")
        raise slip(f"“{token.text}” is not expected here. The condition can end here, or go on with “and” or “or”.",
                   token, None, *(near(token.text, ("and", "or")) if len(token.text) < 5 else ()))  # fmt: skip

    def ending(self, token: Token) -> None:
        if token.text in (".", ";", ",", "!", "?") and self.place == len(self.tokens) - 1:
            raise slip(f"Nothing stands at the end. Take “{token.text}” away.", token)
