"""Reads a date expression leniently, up to the first slip in it."""

import datetime
import re

from .asked import Words
from .errors import ConditionError
from .slip_days import LONGEST_SPAN, NUMBERS, UNITS, counted, unit_meant, usual_day, usual_month
from .slip_words import Token, joined, near, slip, spans, tokens

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
FUNCTIONS = ("latest", "known_latest", "finish", "first_of_month")
TODAYS = {"today", "now", "heute", "hoy", "hoje", "today()"}
SIGNS = {"+": "+", "-": "-", "–": "-", "−": "-", "plus": "+", "minus": "-", "más": "+", "mais": "+", "menos": "-"}
GLUED = re.compile(r"(\d+)([^\W\d_]+)")
KEY_GLUED = re.compile(r"([a-z][a-z0-9_]*)([-–])(\d+)")
A_DAY = "“today”, a question for a day, or a day such as 2027-02-01"


class Reader:
    """A place in the tokens of a text. Its methods raise the ConditionError of the first slip that they meet."""

    def __init__(self, text: str, words: Words):
        self.text, self.words = text, words
        self.tokens = tokens(text)
        self.place = 0

    @property
    def next(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    @property
    def last(self) -> Token | None:
        return self.tokens[self.place - 1] if self.place else None

    def take(self, *texts: str) -> Token | None:
        """The next token if it is one of these."""
        found = self.next
        if found is None or (texts and found.text not in texts):
            return None
        self.place += 1
        return found

    def lows(self, count: int) -> tuple[str, ...]:
        return tuple(token.low for token in self.tokens[self.place : self.place + count])

    def missing(self, what: str) -> ConditionError:
        after = f" after “{self.last.text}”" if self.last else ""
        return ConditionError(f"Something is missing here{after}: {what}.", start=len(self.text))

    def day(self) -> None:
        """A day with what is added to it or taken from it."""
        self.base()
        while (sign := self.next) and (sign.low in SIGNS or sign.text[0].isdigit()):
            self.sign(sign)
            if self.next and self.next.text == "by_year":
                while (part := self.take()) and part.text != ")":
                    pass
            else:
                self.span()

    def sign(self, token: Token) -> None:
        if token.text[0].isdigit():
            raise slip("Say whether it is added or taken away.", token, None, f"+ {token.text}", f"- {token.text}")
        if SIGNS[token.low] != token.text:
            raise slip(f"“{token.text}” is written as a sign.", token, None, SIGNS[token.low])
        self.place += 1

    def base(self) -> None:
        token = self.next
        if token is None:
            raise self.missing(A_DAY)
        self.counted_to(token)
        if ISO.fullmatch(token.text):
            self.existing(token)
        elif token.low in TODAYS:
            if token.text != "today":
                raise slip("The day on which somebody looks is called “today”.", token, None, "today")
        elif token.text in FUNCTIONS:
            return self.function(token)
        elif token.text in self.words.questions:
            self.dated(token)
        else:
            self.usual(token)
            raise self.unknown_day(token)
        self.place += 1

    def counted_to(self, token: Token) -> None:
        """A span before the day that it is counted from: "3 months after arrival_date"."""
        found = LONGEST_SPAN.match(self.text, token.start)
        if found and (unit := unit_meant(found[2])):
            text = f"{found[4]} {'-' if found[3].lower() == 'before' else '+'} {counted(found[1], unit)}"
            message = "Begin with the day that is counted from."
            raise ConditionError(message, start=found.start(), end=found.end(), suggestions=[text])

    def existing(self, token: Token) -> None:
        try:
            datetime.date.fromisoformat(token.text)
        except ValueError:
            raise slip(f"There is no day {token.text}: write a year, a month and a day of it.", token) from None

    def usual(self, token: Token) -> None:
        """A day that is written in another way than 2027-02-01."""
        if found := usual_day(self.text, token.start):
            end, days = found
            said = self.text[token.start : end]
            message = f"Write a day as year-month-day, such as {days[0] if days else '2027-02-01'}."
            if len(days) > 1:
                message = f"“{said}” may be two days: {_named(days[0])} or {_named(days[1])}. Choose one."
            elif not days:
                message = f"There is no day {said}. {message}"
        elif found := usual_month(self.text, token.start):
            end, days = found
            message = "Say which day of the month, as in 2027-02-01."
        else:
            return
        raise ConditionError(message, start=token.start, end=end, suggestions=[day.isoformat() for day in days])

    def dated(self, token: Token) -> None:
        if self.words.questions[token.text].kind == "date":
            return
        if glued := KEY_GLUED.fullmatch(token.text):
            raise slip("Leave a space around the sign.", token, None, f"{glued[1]} - {glued[3]}")
        raise slip(
            f"The answer to “{token.text}” is no day. Write {A_DAY}.", token, None, *near(token.text, self.days())
        )

    def days(self) -> list[str]:
        return [key for key, question in self.words.questions.items() if question.kind == "date"]

    def unknown_day(self, token: Token) -> ConditionError:
        for typed, count in spans(self.tokens, self.place, self.text, 4):
            if joined(typed) in self.days():
                return slip("A question is written as one word, in small letters, with “_” inside.", token,
                            self.tokens[self.place + count - 1], joined(typed))  # fmt: skip
        if glued := KEY_GLUED.fullmatch(token.text):
            self.tokens[self.place : self.place + 1] = _apart(token, glued)
            return self.after_apart(token)
        if token.text in self.words.procedures:
            return slip("A procedure is no day. Say “finish” for the day on which it can be done.", token, None,
                        f"finish({token.text})")  # fmt: skip
        return slip(f"“{token.text}” is no day. Write {A_DAY}.", token, None,
                    *near(token.text, [*self.days(), "today", *FUNCTIONS]))  # fmt: skip

    def after_apart(self, token: Token) -> ConditionError:
        try:
            self.day()
        except ConditionError as error:
            return error
        return slip("Leave a space around the sign.", token)

    def function(self, name: Token) -> None:
        self.place += 1
        if not self.take("("):
            found = self.next
            if name.text == "finish" and found and found.text in self.words.procedures:
                raise slip("Put the procedure in brackets.", name, found, f"finish({found.text})")
            raise slip(f"Brackets stand after “{name.text}”, as in {name.text}(…).", name)
        if name.text == "finish":
            self.procedure(name)
        else:
            self.day()
            while self.take(","):
                self.day()
        if not self.take(")"):
            if self.next:
                raise slip("Write a comma between two days, and close the brackets at the end.", self.next)
            raise self.missing("a closing bracket “)”")

    def procedure(self, name: Token) -> None:
        token = self.take()
        if token is None or token.text == ")":
            raise slip("Write the key of a procedure between the brackets, as in finish(…).", name, token)
        if token.text not in self.words.procedures:
            raise slip(f"There is no procedure “{token.text}”. Pick it from the words beside the field.", token, None,
                       *near(token.text, self.words.procedures))  # fmt: skip

    def span(self) -> None:
        number = self.take()
        if number is None:
            raise self.missing("a number with days, weeks, months or years, such as “3 months”")
        if (glued := GLUED.fullmatch(number.text)) and unit_meant(glued[2]):
            if unit_meant(glued[2]) != glued[2].rstrip("s"):
                raise slip("Days, weeks, months and years are written in English.", number, None,
                           counted(glued[1], unit_meant(glued[2])))  # fmt: skip
            return
        if not number.text.isdecimal():
            written = [str(NUMBERS[number.low])] if number.low in NUMBERS else []
            raise slip("Write a number in figures, and days, weeks, months or years after it.", number, None, *written)
        self.unit(number)

    def unit(self, number: Token) -> None:
        unit = self.next
        meant = unit_meant(unit.text) if unit else ""
        if not unit or not meant:
            guesses = [counted(number.text, guess) for guess in UNITS]
            said = unit if unit and unit.kind == "word" and unit.text not in ("and", "or") else number
            raise slip(f"Say of what there are {number.text}: days, weeks, months or years.", number, said, *guesses)
        self.place += 1
        if unit.text not in (meant, f"{meant}s"):
            raise slip(
                "Days, weeks, months and years are written in English.", number, unit, counted(number.text, meant)
            )
        if int(number.text) > 1200:
            raise slip("This is too far away: at most 1200.", number, unit)


def _named(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _apart(token: Token, glued: re.Match[str]) -> list[Token]:
    """The key, the sign and the number of "arrival_date-3"."""
    return [Token(glued[group], token.start + glued.start(group), token.start + glued.end(group), "word")
            for group in (1, 2, 3)]  # fmt: skip
