"""Internal notes: the firm's own, shown to nobody else. Whoever wrote one may change or delete it."""

from django.db import transaction

from checklists.firms.history.chain import Event, record
from checklists.models import Case, CaseNote, User
from checklists.seen import Changed, seen_of

FIELDS = ["text"]


@transaction.atomic
def write_note(*, case: Case, text: str, by: User) -> CaseNote:
    """Note something down for the firm."""
    case.organisation.lock()
    note = CaseNote.objects.create(case=case, author=by, text=text)
    record(case.organisation, Event("note-written", case=case, by=by, details={"note": note.pk}))
    return note


@transaction.atomic
def change_note(*, note: CaseNote, text: str, seen: str, by: User) -> CaseNote:
    """Replace the text that was seen. Raises Changed and changes nothing otherwise."""
    note = _as_seen(note, seen)
    if note.text != text:
        note.text = text
        note.save(update_fields=["text"])
        record(note.case.organisation, Event("note-changed", case=note.case, by=by, details={"note": note.pk}))
    return note


@transaction.atomic
def delete_note(*, note: CaseNote, seen: str, by: User) -> None:
    """Delete the note as it was seen. Raises Changed and deletes nothing otherwise."""
    note = _as_seen(note, seen)
    event = Event("note-deleted", case=note.case, by=by, details={"note": note.pk})
    note.delete()
    record(note.case.organisation, event)


def _as_seen(note: CaseNote, seen: str) -> CaseNote:
    note.case.organisation.lock()
    now = CaseNote.objects.select_related("case__organisation").filter(pk=note.pk).first()
    if now is None or seen_of(now, FIELDS) != seen:
        raise Changed(now)
    return now
