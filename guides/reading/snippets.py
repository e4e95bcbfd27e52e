"""The words that were searched for, marked in the text where they were found."""

from collections.abc import Collection, Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from guides.folding import matches, words

from .entries import Passage, SearchEntry

LONGEST = 240  # characters
BEFORE = 70  # characters of context in front of the first marked word


def marked(text: str, terms: Sequence[str]) -> SafeString:
    """The text as HTML with <mark> around every word that stands for one of the folded terms."""
    pieces, position = [], 0
    for start, end in _matches(text, terms):
        if start >= position:
            pieces += [escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>"]
            position = end
    return mark_safe("".join([*pieces, escape(text[position:])]))


def best_passage(entry: SearchEntry, terms: Sequence[str]) -> Passage | None:
    """The passage with the most different terms; of equal ones the first; None for an entry without text."""
    return max(entry.passages, key=lambda passage: _different(passage.words, terms), default=None)


def snippet(text: str, terms: Sequence[str]) -> SafeString:
    """The line with the most terms, a sentence rather than a row of a table; cut at spaces around the first of them."""
    text = max(text.splitlines(), key=lambda line: (_found(line, terms), " · " not in line), default="")
    if len(text) <= LONGEST:
        return marked(text, terms)
    first = next((start for start, _ in _matches(text, terms)), 0)
    start = text.rfind(" ", 0, max(0, first - BEFORE)) + 1 if first > BEFORE else 0
    end = text.rfind(" ", start, start + LONGEST) if start + LONGEST < len(text) else len(text)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return mark_safe(f"{before}{marked(text[start:end], terms)}{after}")


def _matches(text: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word, start, end in words(text):
        if any(matches(word, term) for term in terms):
            yield start, end


def _found(line: str, terms: Sequence[str]) -> int:
    return _different([word for word, *_ in words(line)], terms)


def _different(found: Collection[str], terms: Sequence[str]) -> int:
    """How many of the terms are among the words."""
    return sum(any(matches(word, term) for word in found) for term in terms)
