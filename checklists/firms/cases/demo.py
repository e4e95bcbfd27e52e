"""A made-up firm with made-up clients, to try everything with on a development machine."""

import datetime
import json
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from checklists.firms.history.chain import Event, record_all
from checklists.firms.members.services import start_firm
from checklists.models import (
    Case,
    CaseNote,
    CasePerson,
    Checklist,
    ChecklistItem,
    FirmTask,
    Label,
    Membership,
    Message,
    Organisation,
    Persona,
    Request,
    Role,
    User,
)
from checklists.planning import plan_checklist
from guides.editions.publishing import current

from .household import add_person
from .papers import papers_of, seen_shared, share_documents
from .services import follow, open_case
from .summaries import CERTAIN, summarise_all

NAME = "Example Relocation"
CLIENTS = settings.BASE_DIR / "checklists" / "content" / "demo_cases.yaml"
# So many papers are one for the whole household.
SHARED = 2


@transaction.atomic
def make_demo_firm(*, owner: User, advisor: User, client: User, personas: list[Persona]) -> Organisation:
    """The firm with its cases, or the one that was made before, left as it is."""
    known = Organisation.objects.filter(name=NAME, memberships__user=owner).first()
    if known:
        return known
    firm = start_firm(name=NAME, by=owner)
    Membership.objects.create(organisation=firm, user=advisor, role=Role.ADVISOR)
    rows = yaml.safe_load(CLIENTS.read_text(encoding="utf-8"))
    names = sorted({label for row in rows for label in row.get("labels", ())})
    Label.objects.bulk_create(Label(organisation=firm, name=name) for name in names)
    demo = Demo(firm, {"owner": owner, "advisor": advisor, "client": client}, personas)
    cases = [demo.open(row) for row in rows]
    for case, row in zip(cases, rows, strict=True):
        demo.tell(case, row)
    record_all(firm, demo.events)
    summarise_all(cases)
    for case, row in zip(cases, rows, strict=True):
        demo.age(case, row)
    return firm


class Demo:
    """One firm's invented clients."""

    def __init__(self, firm: Organisation, accounts: dict[str, User], personas: list[Persona]):
        self.firm, self.accounts, self.today = firm, accounts, firm.today()
        self.answers = {persona.name.split()[0]: persona.answers for persona in personas}
        self.stages = dict(enumerate(firm.stages.all(), start=1))
        self.labels = {label.name: label for label in firm.labels.all()}
        self.events: list[Event] = []
        self.tasks: dict[tuple, list[str]] = {}

    def open(self, row: dict[str, Any]) -> Case:
        """A case with its people, their answers and their ticks."""
        case = open_case(
            organisation=self.firm,
            name=row["name"],
            email=row["email"],
            destination=self.answers[row["like"]]["destination"],
            target_date=self._day(row["arrives"]),
            reference=f"{self.today.year}-{100 + self.firm.cases.count()}",
            stage=self.stages[row["stage"]],
            assignee=self.accounts.get(row.get("assignee", "")),
            priority=Case.Priority[row.get("priority", "normal").upper()],
            labels=[self.labels[name] for name in row.get("labels", ())],
            by=self.accounts["owner"],
        )
        for name in row.get("people", ()):
            add_person(case=case, name=name, by=self.accounts["advisor"])
        for person in case.people.select_related("checklist"):
            person.case = case
            if row["stage"] > 1:
                self._answer(person.checklist, row)
            self._tick(person, row)
        if "account" in row:
            Checklist.objects.filter(places__case=case).update(owner=self.accounts[row["account"]])
        return case

    def tell(self, case: Case, row: dict[str, Any]) -> None:
        """What client and firm wrote to each other, and what is asked for; as rows, so that nobody gets mail of it."""
        advisor, person = self.accounts["advisor"], case.people.first()
        person.case = case
        due = self._day(row["due"]) if "due" in row else None
        made = {
            "told": (Message(person=person, from_client=False, author=advisor), "message-to-client", advisor),
            "says": (Message(person=person, from_client=True), "message-from-client", None),
            "ask": (Request(person=person, author=advisor, due=due), "asked", advisor),
            "task": (FirmTask(person=person, author=advisor, due=due), "task-added", advisor),
            "note": (CaseNote(case=case, author=advisor), "note-written", advisor),
        }
        for what, (thing, verb, by) in made.items():
            if what in row:
                thing.text = row[what]
                thing.save()
                names = {"what": row[what], "task": row[what]} if what in ("ask", "task") else {}
                self.events.append(Event(verb, person=person, by=by, details=names))
        if "people" in row:
            papers = [paper.key for paper in papers_of(case)[:SHARED]]
            share_documents(case=case, keys=papers, among=papers, seen=seen_shared((), papers), by=advisor)
            follow(cases=[case], follower=advisor, by=advisor)

    def age(self, case: Case, row: dict[str, Any]) -> None:
        """As if the case had been opened, and last worked on, some days ago, and whose turn it is."""
        now = timezone.now()
        opened, worked = (now - datetime.timedelta(days=row[name]) for name in ("age", "quiet"))
        waiting_for = row.get("waiting_for", "client" if "ask" in row else "firm" if "says" in row else "")
        Case.objects.filter(pk=case.pk).update(created_at=opened, active_at=worked, waiting_for=waiting_for)

    def _answer(self, checklist: Checklist, row: dict[str, Any]) -> None:
        """The answers of a persona, with all days moved so that the arrival is the case's."""
        answers = json.loads(json.dumps(self.answers[row["like"]]))
        arrival = answers.get("arrival_date")
        if arrival:
            moved = self._day(row["arrives"]) - datetime.date.fromisoformat(arrival)
            answers = {key: _moved(value, moved) for key, value in answers.items()}
            answers["already_arrived"] = row["arrives"] <= 0
        checklist.answers = answers
        checklist.save(update_fields=["answers", "updated_at"])

    def _tick(self, person: CasePerson, row: dict[str, Any]) -> None:
        """The first tasks of the plan, done one after the other until the case fell quiet."""
        if "done" not in row:
            return
        keys = self._tasks(person.checklist, (row["like"], row["arrives"]))[: row["done"]]
        items = [
            ChecklistItem(
                checklist=person.checklist,
                kind=ChecklistItem.Kind.PROCEDURE,
                key=key,
                done=True,
                date=self._day(-row["quiet"] - 4 * number),
            )
            for number, key in enumerate(reversed(keys))
        ]
        ChecklistItem.objects.bulk_create(items)
        ticked = [{"kind": item.kind, "key": item.key} for item in reversed(items)]
        self.events += [Event("ticked", person=person, details=details) for details in ticked]

    def _tasks(self, checklist: Checklist, alike: tuple) -> list[str]:
        """The tasks that are certainly to be done, in the plan's order; once for all that are alike."""
        if alike not in self.tasks:
            plan = plan_checklist(current(), checklist, [], self.today)
            self.tasks[alike] = [task.key for task in plan.procedures if task.status in CERTAIN]
        return self.tasks[alike]

    def _day(self, distance: int) -> datetime.date:
        return self.today + datetime.timedelta(days=distance)


def _moved(value: Any, distance: datetime.timedelta) -> Any:
    try:
        return (datetime.date.fromisoformat(value) + distance).isoformat()
    except (TypeError, ValueError):
        return value
