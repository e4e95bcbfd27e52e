"""Finding cases by words: every word that was typed must begin a word of the case's name, email or reference."""

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from checklists.firms.cases.fields import LONGEST_WORD
from checklists.models import CaseWord, Organisation
from checklists.models.cases import CaseQuerySet
from guides.folding import query_terms

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
    typed = typed_words(text)
    if not typed:
        return cases.none()
    known = CaseWord.objects.filter(organisation=organisation)
    counted = [(_beginning(known, word)[:FEW].count(), word) for word in typed]
    count, rarest = min(counted)
    if count < FEW:
        cases = cases.filter(pk__in=_beginning(known, rarest).values("case"))
        typed.remove(rarest)
    # Without the firm, which its case says: so an index of case and word holds all that is looked at.
    of_case = CaseWord.objects.filter(case=OuterRef("pk"))
    for word in typed:
        cases = cases.filter(Exists(_beginning(of_case, word)))
    return cases


def _beginning(words: QuerySet[CaseWord], word: str) -> QuerySet[CaseWord]:
    """Those of these words that begin like this."""
    if connection.vendor == "postgresql":
        return words.filter(word__startswith=word)
    # SQLite has no index for LIKE, but one for a range.
    return words.filter(word__gte=word, word__lt=word[:-1] + chr(ord(word[-1]) + 1))
