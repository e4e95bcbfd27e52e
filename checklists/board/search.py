"""Finding cases by words: every word that was typed must begin a word of the case's name, email or reference."""

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from checklists.models import CaseWord, Organisation
from checklists.models.cases import CaseQuerySet
from guides.reading.folding import query_terms

from .words import LONGEST_WORD

MOST_WORDS = 8
# Up to so many cases of a word are looked up and put in order. Beyond it is faster to go through the cases in the
# order of the list and look at the words of each: every fiftieth of a hundred thousand fits.
FEW = 2000


def typed_words(text: str) -> list[str]:
    """The words of what somebody typed, folded, each once; "EX-15" counts as two."""
    found = [part for term in query_terms(text) for part in (term[1:] or term) if part]
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in found))[:MOST_WORDS]


def having_words(cases: CaseQuerySet, organisation: Organisation, text: str) -> CaseQuerySet:
    """Those of these cases in which every typed word begins a word. A text without any word finds nothing."""
    beginnings = [_beginning(organisation, word) for word in typed_words(text)]
    if not beginnings:
        return cases.none()
    counted = [(words[:FEW].count(), words) for words in beginnings]
    count, rarest = min(counted, key=lambda pair: pair[0])
    if count < FEW:
        cases = cases.filter(pk__in=rarest.values("case"))
        beginnings.remove(rarest)
    for words in beginnings:
        cases = cases.filter(Exists(words.filter(case=OuterRef("pk"))))
    return cases


def _beginning(organisation: Organisation, word: str) -> QuerySet[CaseWord]:
    """The words of a firm's cases that begin like this."""
    words = CaseWord.objects.filter(organisation=organisation)
    if connection.vendor == "postgresql":
        return words.filter(word__startswith=word)
    # SQLite has no index for LIKE, but one for a range.
    return words.filter(word__gte=word, word__lt=word[:-1] + chr(ord(word[-1]) + 1))
