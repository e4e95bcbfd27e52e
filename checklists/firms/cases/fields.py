"""What somebody sets in a case, how each value reads in a history or beside another one, and how search finds it."""

from collections.abc import Iterable
from typing import Any

from checklists.models import Case, CaseWord
from checklists.presenters.phrases import long_date
from guides.editions.publishing import current
from guides.folding import words

FIELDS = ("name", "email", "destination", "target_date", "reference", "assignee", "stage", "priority")
ALL_FIELDS = (*FIELDS, "labels")
LONGEST_WORD = 60


def countries() -> list[tuple[str, str]]:
    """Where cases can lead: key and name of each country of the edition."""
    return [(country.key, country.name) for country in current().countries.values()]


def values_of(case: Case) -> dict[str, Any]:
    """The values of all fields; labels as a list, by name."""
    return {**{name: getattr(case, name) for name in FIELDS}, "labels": sorted(case.labels.all(), key=str)}


def label_of(name: str) -> str:
    return str(Case._meta.get_field(name).verbose_name)


def in_words(name: str, value: Any) -> str:
    """A value as people read it; empty for none."""
    if value is None or value == "":
        return ""
    if name == "target_date":
        return long_date(value)
    if name == "priority":
        return str(Case.Priority(value).label)
    if name == "destination":
        return dict(countries()).get(value, value)
    return ", ".join(map(str, value)) if name == "labels" else str(value)


def changes_in_words(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[str]]:
    """The two values, in words, of each field that is not the same in both."""
    return {
        name: [in_words(name, before[name]), in_words(name, after[name])]
        for name in ALL_FIELDS
        if in_words(name, before[name]) != in_words(name, after[name])
    }


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
