"""Verbs of working on a case: messages, requests, and the firm's own tasks.

Each is atomic, holds the firm until its transaction ends, and is written into the firm's history. ``by`` is the member
of the firm who does it; None is the client.
"""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from checklists.firms.cases.summaries import summarise
from checklists.firms.history.chain import Event, record
from checklists.mail.outbox import queue_letter
from checklists.models import Case, CasePerson, FirmTask, Message, OutgoingMail, Request, Role, User
from checklists.seen import Changed
from guides.editions.publishing import current

from .contact import CannotContact, can_contact
from .templating import usual_words

# So long a letter waits for what else is written.
PAUSE = datetime.timedelta(minutes=15)
TO_CLIENT, TO_FIRM = "digest-client", "digest-firm"


@transaction.atomic
def write_message(*, person: CasePerson, text: str, by: User | None) -> Message:
    """A message between the firm and a person; without ``by`` from the client. Raises CannotContact for the firm."""
    person = _locked(person, by)
    message = Message.objects.create(person=person, from_client=by is None, author=by, text=text)
    _turn(person.case, Case.Waiting.FIRM if by is None else Case.Waiting.CLIENT)
    verb = "message-from-client" if by is None else "message-to-client"
    record(person.case.organisation, Event(verb, person=person, by=by, details={"message": message.pk}))
    _queue_digest(person=person, to_client=by is not None, since=message.created_at)
    return message


def read_messages(*, person: CasePerson, by_client: bool) -> int:
    """The other side has seen these messages now. How many were new."""
    unread = person.messages.unread().filter(from_client=not by_client)
    return unread.update(read_at=timezone.now())


@transaction.atomic
def ask(*, person: CasePerson, text: str, by: User, document: str = "", due: datetime.date | None = None) -> Request:
    """Ask a person for a document of the catalogue, by its key, or for anything else. Raises CannotContact."""
    person = _locked(person, by)
    request = _put_down(person, text=text, by=by, document=document, due=due)
    _turn(person.case, Case.Waiting.CLIENT)
    summarise(person.case)
    _queue_digest(person=person, to_client=True, since=request.created_at)
    return request


@transaction.atomic
def ask_for_papers(
    *, papers: Mapping[CasePerson, Sequence[str]], by: User, due: datetime.date | None = None
) -> list[Request]:
    """Ask people of one case for papers of the catalogue, by their keys, in the usual words: for all of them or none.

    What is asked for already stays as it is. Raises CannotContact.
    """
    asked: list[Request] = []
    for who, keys in papers.items():
        person = _locked(who, by)
        known = set(person.requests.open().values_list("document", flat=True))
        new = [key for key in keys if key not in known]
        made = [_put_down(person, text=usual_words(person, key), by=by, document=key, due=due) for key in new]
        if made:
            _queue_digest(person=person, to_client=True, since=made[0].created_at)
        asked += made
    if asked:
        _turn(asked[0].person.case, Case.Waiting.CLIENT)
        summarise(asked[0].person.case)
    return asked


@transaction.atomic
def answer(*, request: Request, text: str, by: User | None = None) -> Request:
    """What the client says or sends, or by whom of the firm it was received. Raises Changed if it has ended."""
    request = _open(request)
    request.answer, request.answered_at = text, timezone.now()
    request.save(update_fields=["answer", "answered_at"])
    case = request.person.case
    if by is None:
        _turn(case, Case.Waiting.FIRM)
        _queue_digest(person=request.person, to_client=False, since=request.answered_at)
    verb = "request-answered" if by is None else "request-received"
    record(case.organisation, Event(verb, person=request.person, by=by, details=_asked_for(request)))
    summarise(case, progressed=True)
    return request


@transaction.atomic
def withdraw(*, request: Request, by: User) -> Request:
    """The firm does not need it any more. Raises Changed if it has ended."""
    request = _open(request)
    request.withdrawn_at = timezone.now()
    request.save(update_fields=["withdrawn_at"])
    case = request.person.case
    record(case.organisation, Event("request-withdrawn", person=request.person, by=by, details=_asked_for(request)))
    summarise(case)
    return request


@transaction.atomic
def add_task(*, person: CasePerson, text: str, by: User, due: datetime.date | None = None) -> FirmTask:
    """A task of the firm's own on a person's checklist. Raises CannotContact."""
    person = _locked(person, by)
    task = FirmTask.objects.create(person=person, author=by, text=text, due=due)
    record(person.case.organisation, Event("task-added", person=person, by=by, details={"task": text}))
    summarise(person.case)
    _queue_digest(person=person, to_client=True, since=task.created_at)
    return task


@transaction.atomic
def finish_task(*, task: FirmTask, by: User | None, done: bool = True) -> FirmTask:
    """Tick the task, or take the tick away. What is so already stays as it is, with the day of the first tick."""
    task.person.case.organisation.lock()
    task = FirmTask.objects.select_related("person__case__organisation").get(pk=task.pk)
    if (task.done_at is not None) != done:
        task.done_at = timezone.now() if done else None
        task.save(update_fields=["done_at"])
        verb = "task-done" if done else "task-reopened"
        event = Event(verb, person=task.person, by=by, details={"task": task.text})
        record(task.person.case.organisation, event)
        summarise(task.person.case, progressed=done)
    return task


@transaction.atomic
def remove_task(*, task: FirmTask, by: User) -> None:
    """Take an open task off the checklist. Raises Changed for one that is done, which stays."""
    task.person.case.organisation.lock()
    task = FirmTask.objects.select_related("person__case__organisation").get(pk=task.pk)
    if task.done_at:
        raise Changed(task)
    task.delete()
    record(task.person.case.organisation, Event("task-removed", person=task.person, by=by, details={"task": task.text}))
    summarise(task.person.case)


def _put_down(person: CasePerson, *, text: str, by: User, document: str, due: datetime.date | None) -> Request:
    request = Request.objects.create(person=person, author=by, document=document, text=text, due=due)
    details = {**_asked_for(request), "due": due.isoformat() if due else ""}
    record(person.case.organisation, Event("asked", person=person, by=by, details=details))
    return request


def _locked(person: CasePerson, by: User | None) -> CasePerson:
    person.case.organisation.lock()
    person = CasePerson.objects.select_related("case__organisation", "checklist__owner").get(pk=person.pk)
    if by is not None and not can_contact(person):
        raise CannotContact
    return person


def _open(request: Request) -> Request:
    request.person.case.organisation.lock()
    rows = Request.objects.select_related("person__case__organisation", "person__checklist__owner")
    request = rows.get(pk=request.pk)
    if request.answered_at or request.withdrawn_at:
        raise Changed(request)
    return request


def _turn(case: Case, whose: Case.Waiting) -> None:
    """Whose turn it is now. The version stays: nobody changed the case in its form."""
    Case.objects.filter(pk=case.pk).update(waiting_for=whose)
    case.waiting_for = whose


def _queue_digest(*, person: CasePerson, to_client: bool, since: datetime.datetime) -> None:
    """Owe a letter about what was written since then, unless one waits already that will tell it as well."""
    kind = TO_CLIENT if to_client else TO_FIRM
    addresses = [person.mail_address] if to_client else [user.email for user in _receivers(person.case)]
    # A letter that somebody has begun to send may have counted before this was written.
    letters = OutgoingMail.objects.filter(kind=kind, person=person, sent_at=None, tries=0)
    waiting = set(letters.values_list("to", flat=True))
    for address in addresses:
        if address and address not in waiting:
            queue_letter(
                kind=kind,
                to=address,
                organisation=person.case.organisation,
                person=person,
                not_before=timezone.now() + PAUSE,
                since=since.isoformat(),
            )


def _receivers(case: Case) -> list[User]:
    """Who hears from the client: who the case is assigned to, else who follows it, else the firm's owners."""
    members = User.objects.filter(memberships__organisation=case.organisation_id, is_active=True).exclude(email="")
    for chosen in (
        members.filter(pk=case.assignee_id),
        members.filter(followed_cases=case),
        members.filter(memberships__organisation=case.organisation_id, memberships__role=Role.OWNER),
    ):
        if found := list(chosen.distinct().order_by("pk")):
            return found
    return []


def _asked_for(request: Request) -> dict[str, str | int]:
    return {"request": request.pk, "what": request.name_in(current())}
