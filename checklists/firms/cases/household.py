"""The people of a case: each with their own checklist, which stays theirs whatever the firm does."""

import datetime

from django.db import transaction
from django.utils import timezone

from checklists.firms.history.chain import Event, record
from checklists.mail.outbox import queue_letter
from checklists.models import Case, CasePerson, Checklist, User

from .summaries import summarise

QUESTIONNAIRE = "questionnaire"
MOST_LETTERS_A_DAY = 3
DAY = datetime.timedelta(days=1)


class TooOften(Exception):
    """The questionnaire was sent to this person often enough today."""


class NowhereToSend(Exception):
    """There is no address, or the link is not for the firm to send: only the client has it, or they took it back."""


@transaction.atomic
def add_person(
    *, case: Case, name: str, by: User | None, email: str = "", checklist: Checklist | None = None
) -> CasePerson:
    """Another person of the case's household, with a checklist of their own."""
    case.organisation.lock()
    if checklist is None:
        checklist = Checklist.objects.start(
            answers={"destination": case.destination} if case.destination else {}, edition=0
        )
    person = CasePerson.objects.create(case=case, name=name, email=email, checklist=checklist)
    record(case.organisation, Event("person-added", person=person, by=by))
    summarise(case)
    return person


@transaction.atomic
def rename_person(*, person: CasePerson, name: str, email: str, by: User) -> CasePerson:
    """Call somebody otherwise, or write to another address."""
    before = person.name
    if (person.name, person.email) == (name, email):
        return person
    moved = person.email != email
    person.name, person.email = name, email
    person.save(update_fields=["name", "email"])
    verb = "person-renamed" if before != name else "person-address-changed"
    record(person.case.organisation, Event(verb, person=person, by=by, details={"before": before, "address": moved}))
    return person


@transaction.atomic
def remove_person(*, person: CasePerson, by: User) -> None:
    """Take somebody out of a case. Their checklist stays theirs; the firm's way to it ends."""
    case = person.case
    case.organisation.lock()
    record(case.organisation, Event("person-removed", person=person, by=by))
    person.delete()
    summarise(case)


@transaction.atomic
def send_questionnaire(*, person: CasePerson, by: User) -> None:
    """Send the person the link to their own checklist; it is their turn then. Raises NowhereToSend and TooOften."""
    organisation = person.case.organisation
    organisation.lock()
    to = person.address_known_to_firm
    if not to or not person.is_open or person.checklist.is_theirs_alone:
        raise NowhereToSend
    today = person.letters.filter(kind=QUESTIONNAIRE, created_at__gt=timezone.now() - DAY)
    if today.count() >= MOST_LETTERS_A_DAY:
        raise TooOften
    person.sent_at = timezone.now()
    person.save(update_fields=["sent_at"])
    Case.objects.filter(pk=person.case_id).update(waiting_for=Case.Waiting.CLIENT)
    queue_letter(kind=QUESTIONNAIRE, to=to, organisation=organisation, person=person, by=str(by))
    record(organisation, Event("questionnaire-sent", person=person, by=by))
