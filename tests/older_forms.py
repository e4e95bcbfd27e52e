"""Somebody with two browsers: one holds a form that is older than what the other saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from checklists.access.access import Access
from checklists.client.services import save_answers
from checklists.firms.cases.household import add_person
from checklists.firms.casework.services import add_task, ask
from checklists.models import AnswerTemplate, CaseImport, CaseNote, Label
from checklists.seen import fingerprint
from tests.browser_forms import Forms, form_of
from tests.checklists.pages import tick_of
from tests.journeys.answering import answers_of

type Fields = dict[str, Any]


class House:
    """A firm with a case of two people who have answered everything, and two tabs of its owner."""

    def __init__(self, firm):
        self.firm, self.organisation = firm, firm.organisation
        self.me, self.she = Client(), Client()
        for browser in (self.me, self.she):
            browser.force_login(firm.owner)
        self.case = firm.case("Ana", email="ana@client.example")
        add_person(case=self.case, name="Rui", by=firm.owner)
        for person in self.case.people.select_related("checklist"):
            save_answers(access=Access(person.checklist), answers=answers_of("es-05"), seen=fingerprint(1), edition=1)
        self.person = self.case.people.select_related("checklist").first()
        self.checklist = self.person.checklist
        self.label = Label.objects.create(organisation=self.organisation, name="VIP")
        self.template = AnswerTemplate.objects.create(organisation=self.organisation, name="Hello", text="Hello")
        self.note = CaseNote.objects.create(case=self.case, author=firm.owner, text="Before")
        self.request = ask(person=self.person, text="Which flight?", by=firm.owner)
        self.task = add_task(person=self.person, text="Call the bank", by=firm.owner)
        self.upload = CaseImport.objects.create(
            organisation=self.organisation,
            user=firm.owner,
            name="a.csv",
            content=b"name,email\nBea,b@c.example\nCy,\n",
        )
        self.stages = list(self.organisation.stages.all())
        self.stage = self.stages[-1]
        self.viewer = self.organisation.memberships.get(user=firm.viewer)

    def url(self, name, *rest):
        """The address of this name, with what stands in all addresses of its kind."""
        kinds = {"firms": [self.organisation.slug], "checklists": [self.checklist.token]}
        kinds |= {"board": kinds["firms"], "sharing": kinds["checklists"]}
        kinds["cases"] = kinds["casework"] = [self.organisation.slug, self.case.pk]
        if name.startswith("cases:import"):
            return reverse(name, args=[self.organisation.slug, *rest])
        return reverse(name, args=[*kinds[name.partition(":")[0]], *rest])

    def fresh(self, name):
        """A row as it is now."""
        row = getattr(self, name)
        return type(row).objects.filter(pk=row.pk).first()


@dataclass(frozen=True)
class Older:
    """``open`` gives the address of a form with its fields as ``me`` sees it; ``mine`` is what I change in it.

    ``theirs``: what she changes in the same form, or how she does it otherwise. ``saved``: whether mine is there in
    the end, None where what has ended is not to be undone.
    """

    open: Callable[[House], tuple[str, Fields]]
    mine: Callable[[House], Fields] | Fields
    theirs: Callable[[House], Any] | Fields
    saved: Callable[[House], bool] | None


def on(page, *rest, action="", then=()):
    """The form on a page that leads to an address, or to the page itself; both with the keys of these rows."""

    def opened(case):
        parts = [[getattr(case, part, part) for part in names] for names in (rest, then)]
        keys, others = ([getattr(part, "pk", part) for part in each] for each in parts)
        path = case.url(page, *keys)
        target = case.url(action, *others) if action else path
        found = Forms(case.me.get(path).text).found
        return target, found[target if target in found else ""]

    return opened


def a_tick(case):
    shown = case.me.get(case.checklist.get_absolute_url())
    button = tick_of(shown, "document", "photo")
    return button["formaction"], {button["name"]: button["value"]}


def many(case):
    path = case.url("board:bulk")
    asked = case.me.post(path, {"verb": "move", "query": "?", "cases": [case.case.pk]})
    return path, form_of(asked, path)


def filtered(case):
    path = case.url("board:save-view")
    return path, form_of(case.me.get(case.url("board:cases") + "?waiting=client"), path)


def sends(name, /, *rest, **fields):
    """She opens the page of a form of her own, and sends it with these fields."""

    def send(case):
        path = case.url(name, *(getattr(getattr(case, part), "pk", part) for part in rest))
        assert case.she.post(path, fields).status_code == 302

    return send


def renames(page, name, row, /, **fields):
    def send(case):
        path = case.url(name, getattr(case, row).pk)
        shown = Forms(case.she.get(case.url(page, *([] if page.endswith("s") else [getattr(case, row).pk]))).text).found
        assert case.she.post(path, shown.get(path, shown.get("")) | fields).status_code == 302

    return send


def writes_at_the_line(case):
    path = case.url("checklists:item", "document", "photo")
    assert case.she.post(path, form_of(case.she.get(path), path) | {"note": "Hers"}).status_code == 302


def opens_the_same_case(case):
    case.firm.case("Bea", email="b@c.example")


def answer(case, key):
    case.checklist.refresh_from_db()
    return case.checklist.answers[key]


def item(case):
    return case.checklist.items.get(kind="document", key="photo")
