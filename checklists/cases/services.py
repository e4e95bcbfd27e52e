"""Verbs that change cases: keyword-only, atomic, with the actor, written into the firm's history."""

import datetime

from django.db import transaction

from checklists.board.words import keep_words
from checklists.history.chain import Event, record
from checklists.models import Case, CasePerson, Checklist, Organisation, Stage, User
from checklists.services.changes import newest_edition

from .summaries import summarise


@transaction.atomic
def open_case(
    *,
    organisation: Organisation,
    name: str,
    by: User,
    email: str = "",
    destination: str = "",
    target_date: datetime.date | None = None,
    reference: str = "",
    stage: Stage | None = None,
    assignee: User | None = None,
) -> Case:
    """A new case with one person and an empty checklist, in the given stage or the firm's first."""
    case = Case.objects.create(
        organisation=organisation,
        name=name,
        email=email,
        destination=destination,
        target_date=target_date,
        reference=reference,
        stage=stage or organisation.stages.first(),
        assignee=assignee,
    )
    keep_words([case])
    record(organisation, Event("case-opened", case=case, by=by))
    add_person(case=case, name=name, email=email, by=by)
    return case


@transaction.atomic
def add_person(*, case: Case, name: str, by: User, email: str = "", checklist: Checklist | None = None) -> CasePerson:
    """Another person of the case's household, with a checklist of their own."""
    if checklist is None:
        answers = {"destination": case.destination} if case.destination else {}
        checklist = Checklist.objects.create(answers=answers, edition=newest_edition(0))
    person = CasePerson.objects.create(case=case, name=name, email=email, checklist=checklist)
    record(case.organisation, Event("person-added", person=person, by=by))
    summarise(case)
    return person
