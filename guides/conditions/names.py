"""What the text of a condition or a date names, by its form alone: also what is not there (any more)."""

from collections.abc import Iterator
from functools import lru_cache

from lark import Token, Tree, UnexpectedInput

from .vocabulary import WORD, _grammar

# Section and key; for a value of a question or a column of a parameter that as well.
Name = tuple[str, ...]
# Stands in place of the section for the words of a text that cannot be read: each of them may name anything.
ANYTHING = ""


@lru_cache(maxsize=8192)
def names_in(text: str, *, is_date: bool = False) -> frozenset[Name]:
    """The names in a text: of ``questions``, ``terms``, ``procedures`` and ``parameters``.

    A word that stands alone is a question or a term, so it comes as both. A value comes with its question only.
    """
    if not text.strip():
        return frozenset()
    try:
        parsed = _grammar().parse(text, start="date" if is_date else "start")
    except UnexpectedInput:
        return frozenset((ANYTHING, word) for word in WORD.findall(text))
    return frozenset(name for tree in parsed.iter_subtrees() for name in _names_of(tree))


def _names_of(tree: Tree[Token]) -> Iterator[Name]:
    words = [str(child) for child in tree.scan_values(lambda child: isinstance(child, Token))]
    match tree.data:
        case "flag":
            yield "terms", words[0]
            yield "questions", words[0]
        case "is_" | "is_not" | "in_" | "not_in" | "has" | "has_any":
            key, *values = words
            yield "questions", key
            yield from (("questions", key, value) for value in values)
        case "amount" | "dated" | "answer_day":
            yield "questions", words[0]
        case "finish":
            yield "procedures", words[0]
        case "plus_by_year":
            *_, parameter, column = words
            yield "parameters", parameter
            yield "parameters", parameter, column
