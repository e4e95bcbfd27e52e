"""Reads one comparison of a condition leniently, up to the first slip in it."""

from .asked import LISTS, Question
from .slip_dates import ISO, Reader
from .slip_days import NUMBERS
from .slip_words import (
    AND,
    DATED,
    HAS,
    IS,
    IS_NOT,
    NO,
    NOT,
    OR,
    ORDERS,
    TIMES,
    YES,
    Token,
    comparisons_meant,
    example,
    joined,
    listed,
    near,
    slip,
    spans,
    unquoted,
    values_meant,
)

COMPARED = {
    "more than": ">",
    "greater than": ">",
    "less than": "<",
    "fewer than": "<",
    "at least": ">=",
    "at most": "<=",
}
TWO_LETTERS = "a country as its two letters, such as “de”"
OTHER_VALUES = {
    "country": TWO_LETTERS,
    "countries": TWO_LETTERS,
    "documents": "the key of a document, such as “passport”",
}
SMALL = "Everything is written in small letters."


class Comparisons(Reader):
    """Reads what stands behind the key of a question or a term. The reader is at that place."""

    def small(self, token: Token, known: str) -> None:
        if token.text != known:
            raise slip(SMALL, token, None, known)

    def alone(self, token: Token, what: str) -> None:
        """What a term or a yes/no question is not compared with."""
        verb = self.next
        if verb is None or verb.low not in IS | IS_NOT | HAS | set(ORDERS) | {"in", "before", "after"}:
            return
        self.place += 1
        denies = verb.text in IS_NOT
        if self.next and self.next.low == "not":
            denies, self.place = not denies, self.place + 1
        said = self.next
        message = f"{what}: it stands alone. Write “{token.text}” or “not {token.text}”."
        if verb.low in IS | IS_NOT and said and said.low in YES | NO:
            holds = (said.low in YES) is not denies
            raise slip(message, token, said, token.text if holds else f"not {token.text}")
        raise slip(message, token, said or verb)

    def compared(self, key: Token, question: Question) -> None:
        if question.kind == "yes_no":
            return self.alone(key, f"“{key.text}” is a yes/no question")
        verb = self.next
        if verb is None or verb.low in ("and", "or", ")", "&&", "||"):
            what = {"date": "is a day: compare it", "integer": "is a number: compare it"}.get(question.kind)
            shown = example(key.text, self.words)
            raise slip(f"“{key.text}” {what or 'has values: say which one'}, for example “{shown}”.", key)
        if question.kind == "integer":
            return self.amount(key, verb)
        if question.kind == "date":
            return self.dated_question(key, verb)
        self.chosen(key, verb, question.kind in LISTS)

    def chosen(self, key: Token, verb: Token, several: bool) -> None:
        """``is``, ``in`` and their like for one value; ``has`` and ``has any of`` for several."""
        denies, many, last = self.verb(verb)
        good = ("has any of" if several else "in") if many else ("has" if several else "is")
        written = " ".join(token.text for token in self.tokens if verb.start <= token.start < last.end)
        self.choice(key, verb, good, denies)
        if denies and several:
            self.deny(key, verb, last, good)
        if denies:
            good = "not in" if many else "is not"
        if written != good:
            about = "holds several values" if several else "has one value"
            known = written.lower().split()[0] in ("is", "has", "in", "not")
            what = f"“{key.text}” {about}: write “{good}”." if known else f"“{written}” is written “{good}”."
            raise slip(SMALL if written.lower() == good else what, verb, last, good)

    def verb(self, verb: Token) -> tuple[bool, bool, Token]:
        """Whether it denies, whether several values follow, and its last word. The place is then behind it."""
        if verb.low not in IS | IS_NOT | HAS | NOT | {"in", "any", "one"}:
            key = self.last.text if self.last else ""
            several = self.words.questions[key].kind in LISTS
            if values := values_meant(unquoted(verb), key, self.words):
                good = "has" if several else "is"
                raise slip(f"Say “{good}” between the question and its value.", verb, None, f"{good} {values[0]}")
            words = ("has", "has any of") if several else ("is", "in")
            guess = near(verb.text, words)
            said = "" if guess else f" Write for example “{example(key, self.words)}”."
            raise slip(f"“{verb.text}” is not expected here.{said}", verb, None, *guess)
        denies = many = False
        while (token := self.next) and token.low in (IS | IS_NOT | HAS | {"not", "in", "any", "one", "of"}):
            if token is not verb and self.is_value(token):
                break
            denies ^= token.text in IS_NOT or token.low in NOT
            many |= token.low in ("in", "any", "one")
            self.place += 1
        return denies, many or bool(self.next and self.next.text == "("), self.last or verb

    def is_value(self, token: Token) -> bool:
        """Whether a word such as "is", "in" or "es", which are countries too, is the value: nothing follows it."""
        follows = self.tokens[self.place + 1].low if self.place + 1 < len(self.tokens) else "and"
        return follows in ("and", "or", ",", ")") and token.low not in ("not", "any", "of")

    def deny(self, key: Token, verb: Token, last: Token, good: str) -> None:
        behind = self.tokens[self.tokens.index(last) + 1 : self.place]
        values = self.text[behind[0].start : behind[-1].end] if behind else ""
        raise slip("“not” stands in front of the question.", key, self.last, f"not {key.text} {good} {values}")

    def choice(self, key: Token, verb: Token, good: str, denies: bool) -> None:
        """The values, in brackets where there are several."""
        several = self.words.questions[key.text].kind in LISTS
        opened = self.take("(")
        first = self.next
        if opened and self.take(")"):
            raise slip(
                "There is nothing between these brackets. Name a value.",
                opened,
                self.last,
            )
        if first is None:
            raise self.missing(f"a value of “{key.text}”, such as “{example(key.text, self.words).split()[-1]}”")
        values = [self.value(key)]
        untidy = good in ("in", "has any of") and not opened
        while (joint := self.next) and self.goes_on(key, joint, bool(opened)):
            untidy |= joint.text != ","
            if joint.low in {","} | AND | OR:
                self.place += 1
            values.append(self.value(key))
        closed = self.take(")") if opened else None
        if opened and closed and not untidy:
            return
        if untidy or opened or len(values) > 1:
            words = ("not in" if denies else "in") if not several else "has any of"
            head = f"not {key.text}" if denies and several else key.text
            raise slip("Several values stand in brackets, with commas between them.", key, self.last,
                       f"{head} {words} ({', '.join(values)})")  # fmt: skip

    def goes_on(self, key: Token, joint: Token, opened: bool) -> bool:
        """Whether one more value follows: after a comma, or after "or" where what follows can only be a value."""
        if joint.text == ")":
            return False
        following = self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else None
        if joint.low in {","} | AND | OR:
            named = following and following.text in {*self.words.questions, *self.words.term_names()}
            known = following and bool(values_meant(unquoted(following), key.text, self.words))
            return bool(following and known and (opened or not named))
        return opened and bool(values_meant(unquoted(joint), key.text, self.words))

    def value(self, key: Token) -> str:
        """The next value. Raises what is wrong with it, and what was meant where that can be told."""
        token = self.next
        if token is None:
            raise self.missing(f"a value of “{key.text}”")
        known = self.words.values(key.text)
        if token.text in known:
            self.place += 1
            return token.text
        for typed, count in spans(self.tokens, self.place, self.text):
            last = self.tokens[self.place + count - 1]
            if meant := values_meant(typed, key.text, self.words):
                raise slip(self.value_is(key, token, typed, meant[0]), token, last, *meant[:3])
        said = f"“{key.text}” cannot be “{unquoted(token)}”."
        if others := [text for text in comparisons_meant(unquoted(token), self.words) if not text.startswith(key.text)]:
            raise slip(f"{said} It is a value of “{others[0].split()[0]}”.", token)
        kind = OTHER_VALUES.get(self.words.questions[key.text].kind)
        can = f"Write {kind}." if kind else f"It can be: {listed(self.words.labels(key.text))}."
        raise slip(f"{said} {can}", token)

    def value_is(self, key: Token, token: Token, typed: str, value: str) -> str:
        if token.kind == "quoted" and typed == value:
            return "Values are written without quotes."
        if typed.lower() == value:
            return SMALL
        if joined(typed) == joined(value):
            return "A value is written as one word, in small letters."
        return f"“{key.text}” cannot be “{typed}”."

    def amount(self, key: Token, verb: Token) -> None:
        self.place += 1
        pair = f"{verb.low} {self.next.low}" if self.next else ""
        if pair in COMPARED:
            raise slip(f"“{pair}” is written as a sign.", verb, self.next, COMPARED[pair])
        if verb.text in ("<", ">") and self.next and self.next.text == "=":
            raise slip("The two signs stand together.", verb, self.next, f"{verb.text}=")
        if verb.text in IS_NOT:
            raise slip(f"“{verb.text}” is written “is not”.", verb, None, "is not")
        if verb.low in IS - {"is", "=="}:
            raise slip(f"“{verb.text}” is written “is”.", verb, None, "is")
        if verb.text not in ORDERS and verb.text not in ("is", "=="):
            raise slip(
                f"“{verb.text}” is not expected here. Write for example “{example(key.text, self.words)}”.", verb
            )
        if verb.text in ORDERS and ORDERS[verb.text] != verb.text:
            raise slip(f"“{verb.text}” is written “{ORDERS[verb.text]}”.", verb, None, ORDERS[verb.text])
        self.take("not")
        number = self.take()
        if number is None:
            raise self.missing("a whole number")
        if not number.text.isdecimal():
            written = [str(NUMBERS[number.low])] if number.low in NUMBERS else []
            raise slip("A whole number is expected here, in figures.", number, None, *written)
        if (unit := self.next) and unit.kind == "word" and unit.low not in AND | OR:
            raise slip("The number stands alone, without a unit.", number, unit, number.text)

    def dated_question(self, key: Token, verb: Token) -> None:
        self.place += 1
        if verb.low == "on" and self.lows(2) in (("or", "before"), ("or", "after")):
            self.place += 2
        elif verb.text in ORDERS:
            good = DATED[ORDERS[verb.text]]
            raise slip(f"For days, “{verb.text}” is written “{good}”.", verb, None, good)
        elif verb.low in TIMES:
            raise slip(f"“{verb.text}” is written “{TIMES[verb.low]}”.", verb, None, TIMES[verb.low])
        elif verb.low in ("before", "after"):
            self.small(verb, verb.low)
        elif verb.low in IS and (day := self.next) and self.lows(3)[1:2] not in (("+",), ("-",)):
            text = f"{key.text} on or after {day.text} and {key.text} on or before {day.text}"
            offered = [text] if self.is_day(day) else []
            raise slip("A day is compared with “before” or “after”.", key, day, *offered)
        else:
            cure = "A day is compared with “before”, “after”, “on or before” or “on or after”."
            raise slip(f"“{verb.text}” is not expected here. {cure}", verb, None, *near(verb.text, ("before", "after")))
        self.day()

    def is_day(self, token: Token) -> bool:
        return bool(ISO.fullmatch(token.text)) or token.text == "today" or token.text in self.days()
