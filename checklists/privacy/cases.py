"""What is left of a client in the cases of firms, and of a case in its firm: nothing that tells who it was."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.firms.cases.fields import keep_words
from checklists.firms.cases.summaries import summarise
from checklists.firms.history.chain import Event, record, record_all
from checklists.models import Case, CasePerson, Checklist, Organisation

from .subject import Subject, is_called_after

# A checklist that a firm began for a client is made together with the client's place in the case.
TOGETHER_SECONDS = 60


def erase_in_cases(subject: Subject) -> None:
    """Take this person out of every case. The firm keeps a case with a number, and that somebody was erased.

    Part of the caller's transaction, which holds the firms.
    """
    for place in subject.places:
        case = place.case
        is_alone, is_called = case.pk in subject.alone_in, is_called_after(case, place)
        _erase_place(place)
        if is_alone:
            _erase_case(case)
        elif is_called:
            _call_otherwise(case)
        record(case.organisation, Event("client-erased", person=place))
        summarise(case)


def _erase_place(place: CasePerson) -> None:
    for rows in (place.messages, place.requests, place.tasks, place.visits, place.letters, place.deadlines):
        rows.all().delete()
    place.name = _("Erased client %(number)d") % {"number": place.pk}
    place.email, place.checklist = "", None
    place.shares_checklist = place.shares_documents = place.shares_notes = False
    place.revoked_at = place.revoked_at or timezone.now()
    place.save()


def _erase_case(case: Case) -> None:
    case.notes.all().delete()
    case.shared_documents.all().delete()
    case.labels.clear()
    case.name = _("Erased client %(number)d") % {"number": case.pk}
    case.email = case.reference = case.destination = case.next_step = ""
    case.target_date = None
    case.waiting_for = Case.Waiting.NOBODY
    case.erased_at = timezone.now()
    case.version += 1
    case.save()
    keep_words([case])


def _call_otherwise(case: Case) -> None:
    """A household's case that was called after somebody who is gone is called after the next of its people."""
    other = case.people.filter(checklist__isnull=False).first()
    number = {"number": case.pk}
    case.name, case.email = (other.name, other.email) if other else (_("Household %(number)d") % number, "")
    case.version += 1
    case.save(update_fields=["name", "email", "version"])
    keep_words([case])


@transaction.atomic
def delete_cases(organisation: Organisation, cases: Iterable[Case], verb: str) -> int:
    """Delete these cases of a firm for good; the history keeps their numbers. How many were deleted.

    Clients keep their checklists. One that the firm began and never handed to anybody goes with its case.
    """
    organisation.lock()
    cases = list(organisation.cases.filter(pk__in=[case.pk for case in cases]).select_for_update())
    keys = [case.pk for case in cases]
    begun = [place.checklist_id for place in CasePerson.objects.filter(case__in=keys) if _never_handed_out(place)]
    organisation.history.filter(case_number__in=keys).erase_details()
    record_all(organisation, [Event(verb, case=case) for case in cases])
    organisation.cases.filter(pk__in=keys).delete()
    Checklist.objects.filter(pk__in=begun, places=None).delete()
    return len(keys)


def _never_handed_out(place: CasePerson) -> bool:
    checklist = place.checklist
    if checklist is None or checklist.owner_id or place.sent_at:
        return False
    return abs((place.granted_at - checklist.created_at).total_seconds()) < TOGETHER_SECONDS
