"""The people of a case: each with their own checklist, which stays theirs whatever the firm does."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from checklists.access.limits import within
from checklists.firms.history.chain import Event, record
from checklists.mail.outbox import queue_letter, readdress
from checklists.models import Case, CasePerson, Checklist, Organisation, User
from checklists.seen import Changed, seen_of

from .summaries import summarise

# What the firm knows of a person, and may change.
KNOWN = ["name", "email"]
QUESTIONNAIRE = "questionnaire"
# The one kind of letter about a person that goes to members of the firm.
DIGEST_FOR_FIRM = "digest-firm"
MOST_LETTERS_A_DAY = 3
# Whoever they are for: a family may share an address.
MOST_TO_AN_ADDRESS, MOST_BY_A_FIRM = 10, 500
DAY = datetime.timedelta(days=1)


class TooOften(Exception):
    """The questionnaire was sent to this person or address, or by this firm, often enough today."""


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
def rename_person(*, person: CasePerson, name: str, email: str, seen: str, by: User) -> CasePerson:
    """Call somebody otherwise, or write to another address, as they were seen. Raises Changed.

    Mail that waits for them goes to the new address too.
    """
    return _rename(_as_seen(person, seen), name=name, email=email, by=by)


def _as_seen(person: CasePerson, seen: str) -> CasePerson:
    """The person as they are now, held until the transaction ends. Raises Changed if that is not what was seen."""
    person.case.organisation.lock()
    now = CasePerson.objects.select_related("case__organisation", "checklist__owner").filter(pk=person.pk).first()
    if now is None or seen_of(now, KNOWN) != seen:
        raise Changed(now)
    return now


def _rename(person: CasePerson, *, name: str, email: str, by: User) -> CasePerson:
    before, address = person.name, person.address_known_to_firm
    events = []
    if name != before:
        events.append(Event("person-renamed", person=person, by=by, details={"before": before}))
    if email != person.email:
        events.append(Event("person-address-changed", person=person, by=by, details={"before": before}))
    if events:
        person.name, person.email = name, email
        person.save(update_fields=["name", "email"])
        _redirect_letters(person, address)
        record(person.case.organisation, *events)
    return person


def follow_case(*, case: Case, name: str, email: str, by: User) -> None:
    """Correct the client together with the case, which had this name and address before.

    The client is the first of its people. What was not the same in both was meant so, and stays; so do the others.
    """
    client = case.people.filter(checklist__isnull=False).select_related("checklist__owner").first()
    if client:
        client.case = case
        is_same = bool(client.email) and client.email.casefold() == email.casefold()
        _rename(
            client,
            name=case.name if client.name == name else client.name,
            email=case.email if is_same else client.email,
            by=by,
        )
    for person in case.people.filter(email="").select_related("checklist__owner"):
        person.case = case
        _redirect_letters(person, email)


def _redirect_letters(person: CasePerson, before: str) -> None:
    """Turn the letters round that did not get where the firm knew the person; drop them without a new address.

    Those are the letters that wait, and of each kind the last one, if it could not be delivered.
    """
    if not before or before == person.address_known_to_firm:
        return
    letters = person.letters.exclude(kind=DIGEST_FOR_FIRM)
    last = letters.order_by().values("kind").annotate(last=Max("pk")).values("last")
    there = letters.filter(to__iexact=before)
    for missed in (there.owed(), there.undelivered().filter(pk__in=list(last.values_list("last", flat=True)))):
        for found, address in (
            (missed.filter(kind=QUESTIONNAIRE), person.address_known_to_firm),
            (missed.exclude(kind=QUESTIONNAIRE), person.mail_address),
        ):
            if address:
                readdress(found, to=address)
            else:
                found.delete()


@transaction.atomic
def remove_person(*, person: CasePerson, seen: str, by: User) -> None:
    """Take somebody out of a case, as they were seen. Raises Changed.

    Their checklist stays theirs; the firm's way to it ends.
    """
    person = _as_seen(person, seen)
    case = person.case
    record(case.organisation, Event("person-removed", person=person, by=by))
    person.delete()
    summarise(case)


@transaction.atomic
def send_questionnaire(*, person: CasePerson, by: User) -> None:
    """Send the person the link to their own checklist; it is their turn then. Raises NowhereToSend and TooOften."""
    organisation = person.case.organisation
    organisation.lock()
    # The address may have been corrected until the firm was locked.
    person.refresh_from_db()
    to = person.address_known_to_firm
    if not to or not person.is_open or person.checklist.is_theirs_alone:
        raise NowhereToSend
    today = person.letters.filter(kind=QUESTIONNAIRE, created_at__gt=timezone.now() - DAY)
    if today.count() >= MOST_LETTERS_A_DAY or _sent_enough(organisation, to):
        raise TooOften
    Case.objects.filter(pk=person.case_id).update(waiting_for=Case.Waiting.CLIENT)
    queue_letter(kind=QUESTIONNAIRE, to=to, organisation=organisation, person=person, by=str(by))
    record(organisation, Event("questionnaire-sent", person=person, by=by))


def _sent_enough(organisation: Organisation, to: str) -> bool:
    """Count one more letter of this firm to this address; whether that is too many for a day."""
    by_firm = within(f"questionnaire:firm:{organisation.pk}", MOST_BY_A_FIRM)
    return not (by_firm and within(f"questionnaire:address:{to.lower()}", MOST_TO_AN_ADDRESS))
