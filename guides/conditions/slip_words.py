"""What people write in place of the words of the condition language, and finding what they mean."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from guides.folding import fold

from .asked import Words
from .errors import ConditionError

TOKEN = re.compile(
    r"(?P<quoted>\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’|'[^']*')"
    r"|(?P<word>\w+(?:[.-]\w+)*)"
    r"|(?P<sign>&&|\|\||[<>!=]=+|=<|=>|<>|≤|≥|≠|\S)"
)
ALIKE = 0.75
# Values that are listed with their names; more are counted.
MOST = 12
AND = {"and", "&&", "&", "und", "y", "e", "et", "plus", "also"}
OR = {"or", "||", "|", "oder", "o", "u", "ou", "either"}
NOT = {"not", "!", "¬", "nicht", "kein", "keine", "não", "nao", "no", "non", "without"}
IS = {"is", "=", "==", "===", "ist", "es", "é", "equals", "equal", "are", "sind", "was", ":"}
IS_NOT = {"!=", "!==", "<>", "≠"}
HAS = {"has", "contains", "contain", "includes", "include", "have", "hat", "enthält", "tiene", "contiene", "tem",
       "contém"}  # fmt: skip
ORDERS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "≤": "<=", "≥": ">=", "=<": "<=", "=>": ">="}
DATED = {"<": "before", "<=": "on or before", ">": "after", ">=": "on or after"}
TIMES = {"until": "on or before", "by": "on or before", "bis": "on or before", "hasta": "on or before",
         "vor": "before", "antes": "before", "since": "on or after", "from": "on or after", "desde": "on or after",
         "nach": "after", "después": "after", "depois": "after"}  # fmt: skip
YES = {"yes", "true", "ja", "si", "sí", "sim", "1", "y"}
NO = {"no", "false", "nein", "não", "nao", "0", "n"}
BEGINNINGS = {"if", "when", "wenn", "falls", "si", "se", "cuando", "quando", "only"}


@dataclass(frozen=True)
class Token:
    """A word, a sign or something in quotes, and where it stands."""

    text: str
    start: int
    end: int
    kind: str

    @property
    def low(self) -> str:
        return self.text.lower()


def tokens(text: str) -> list[Token]:
    return [Token(found[0], *found.span(), str(found.lastgroup)) for found in TOKEN.finditer(text)]


def slip(message: str, first: Token, last: Token | None = None, *suggestions: str) -> ConditionError:
    """The error that stands from the first token to the last."""
    return ConditionError(message, start=first.start, end=(last or first).end, suggestions=suggestions)


def near(word: str, known: Iterable[str]) -> list[str]:
    """The one known word that is written almost so; of a short word, one letter may differ or two change places."""
    low, known = word.lower(), list(known)
    short = [other for other in known if len(low) == len(other) <= 4 and _one_apart(low, other)]
    return get_close_matches(low, known, n=1, cutoff=ALIKE) or short[:1]


def _one_apart(one: str, other: str) -> bool:
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1 or sorted(one) == sorted(other)


def joined(text: str) -> str:
    """Words as keys are written: "Arrival date" is "arrival_date"."""
    return "_".join(re.findall(r"\w+", text.lower()))


def unquoted(token: Token) -> str:
    return token.text[1:-1].strip() if token.kind == "quoted" else token.text


def keys_meant(typed: str, words: Words) -> list[str]:
    """The questions and terms that are called so: by a key in capitals, with spaces or quotes, or by their text."""
    known = {*words.questions, *words.term_names()}
    if joined(typed) in known:
        return [joined(typed)]
    folded = fold(typed)
    asked = [key for key, question in words.questions.items() if fold(question.text) == folded]
    return asked + [name for name in words.term_names() if fold(words.term_phrase(name, True)) == folded]


def values_meant(typed: str, key: str, words: Words) -> list[str]:
    """The values of a question that are called so: by themselves in other letters, by their name or in another
    language, or with a slip."""
    known = words.values(key)
    for written in (typed.lower(), joined(typed), joined(typed).replace("_", "-")):
        if written in known:
            return [written]
    folded = fold(typed)
    if called := [
        value for value, label in words.labels(key).items() if folded and folded in (fold(label), fold(value))
    ]:
        return called
    if called := [value for value, phrase in known.items() if folded and fold(phrase) == folded]:
        return called
    if meant := [value for value in words.countries_like(typed) if value in known]:
        return meant
    if words.questions[key].kind in ("country", "countries"):
        return []
    return [value for value in known if len(folded) > 2 and folded in re.split("[_.-]", value)] or near(typed, known)


def terms_meant(typed: str, words: Words) -> list[str]:
    """Up to three terms whose phrase has all of these words, the shortest phrase first; none for a single word."""
    asked = {fold(word) for word in typed.split()}
    phrases = {name: words.term_phrase(name, True) for name in words.term_names()}
    found = [name for name, phrase in phrases.items() if asked <= {fold(word) for word in phrase.split()}]
    joins = asked & (AND | OR | NOT)
    return sorted(found, key=lambda name: len(phrases[name]))[:3] if len(asked) > 1 and not joins else []


def comparisons_meant(typed: str, words: Words) -> list[str]:
    """Comparisons with a value that is called so, for somebody who wrote the value alone."""
    folded, found = fold(typed), []
    for key, question in words.questions.items():
        if question.kind in ("choice", "choices"):
            verb = "is" if question.kind == "choice" else "has"
            labels = words.labels(key)
            found += [f"{key} {verb} {value}" for value in labels if folded in (fold(value), fold(labels[value]))]
    return found[:3] if folded else []


def example(key: str, words: Words) -> str:
    """How a question is compared, with a value of its own."""
    question = words.questions[key]
    value = next(iter(words.values(key)), "")
    match question.kind:
        case "yes_no":
            return key
        case "integer":
            return f"{key} >= {question.minimum or 1}"
        case "date":
            return f"{key} before today"
        case "choice" | "country":
            return f"{key} is {value}"
        case _:
            return f"{key} has {value}"


def listed(labels: Mapping[str, str]) -> str:
    """Values with the names that people know them by."""
    shown = [value if value == label else f"{value} ({label})" for value, label in labels.items()][:MOST]
    return ", ".join(shown) + (f" and {len(labels) - MOST} more" if len(labels) > MOST else "")


def spans(found: Sequence[Token], place: int, text: str, most: int = 9) -> Iterable[tuple[str, int]]:
    """The text from a token on, the longest first, and how many tokens it takes."""
    for count in range(min(most, len(found) - place), 0, -1):
        last = found[place + count - 1]
        if last.kind == "sign" and last.text != "?":
            continue
        whole = text[found[place].start : last.end]
        yield (unquoted(last) if count == 1 else whole), count
