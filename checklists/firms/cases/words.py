"""The words by which search finds cases."""

from collections.abc import Iterable

from checklists.models import Case, CaseWord
from guides.folding import words

LONGEST_WORD = 60


def words_of(*texts: str) -> set[str]:
    """The words of these texts, folded: without accents and case."""
    return {word[:LONGEST_WORD] for text in texts for word, _start, _end in words(text)}


def keep_words(cases: Iterable[Case]) -> None:
    """Make these cases findable by what they are called now."""
    cases = list(cases)
    CaseWord.objects.filter(case__in=cases).delete()
    CaseWord.objects.bulk_create(
        CaseWord(organisation_id=case.organisation_id, case=case, word=word)
        for case in cases
        for word in sorted(words_of(case.name, case.email, case.reference))
    )
