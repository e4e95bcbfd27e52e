"""Whether a firm's history is as it was written."""

from dataclasses import dataclass

from django.db.models import F

from checklists.models import HistoryEntry, Organisation

from .chain import digest_of, hash_of

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. ``broken`` is the number of the first entry that is not as it was written, and ``why``; None
    if the chain is whole. ``erased`` counts entries whose details are erased: of those only the rest is verified.
    """

    entries: int
    head: str
    erased: int = 0
    broken: int | None = None
    why: str = ""


def verify(organisation: Organisation, expected: str = "") -> Verdict:
    """Read the firm's history from the beginning. ``expected`` is a hash of it that was kept elsewhere.

    Entries that are written in the meantime do not matter: the end is that of the beginning.
    """
    end = Organisation.objects.only("history_length", "history_head").get(pk=organisation.pk)
    before, number, erased, met = "", 0, 0, False
    entries = organisation.history.filter(number__lte=end.history_length).order_by("number")
    for entry in entries.iterator(chunk_size=AT_ONCE):
        number += 1
        why = _fault(entry, number, before)
        if why:
            return Verdict(number, before, erased, number, why)
        before = entry.hash
        erased += entry.details is None
        met = met or before == expected
    why = _fault_of_end(organisation, end, number, before)
    if not why and expected and not met:
        why = "the hash that was kept elsewhere is not in it"
    return Verdict(number, before, erased, number if why else None, why)


def _fault(entry: HistoryEntry, number: int, before: str) -> str:
    """What is wrong with an entry that should have this number and follow this hash; nothing: an empty text."""
    if entry.number != number:
        return f"it is missing, the next one is {entry.number}"
    if entry.details is None:
        if entry.salt:
            return "its details were taken out, but not by erasing them"
    elif digest_of(entry.details, entry.salt) != entry.digest:
        return "its details are not those that were written"
    if hash_of(entry, before) != entry.hash:
        return "it is not what was written, or does not follow the entry before it"
    return ""


def _fault_of_end(organisation: Organisation, end: Organisation, number: int, head: str) -> str:
    if number != end.history_length:
        return f"the firm's history ends with {number}, but {end.history_length} were written"
    if head != end.history_head:
        return "its hash is not the one with which the firm's history ends"
    beyond = organisation.history.filter(number__gt=F("organisation__history_length")).order_by("number").first()
    return f"entry {beyond.number} was added behind the end" if beyond else ""
