"""Opens the list and the page of a task of a small catalogue."""

import pytest

from checklists.models import Checklist
from guides.catalogue import schema
from tests.checklists.pages import address
from tests.checklists.planner.small import ANSWERS, QUESTIONS, catalogue
from tests.checklists.publishing import publish

OFFICE = {"key": "office", "country": "xx", "name": "The Office", "local_name": "La Oficina"}
LEAFLET = {"key": "leaflet", "title": "Leaflet", "publisher": "The state", "url": "https://state.example/leaflet"}
FACT = {"country": "xx", "statement": "It is the law.", "confidence": "official", "verified_on": "2026-11-01"}


@pytest.fixture
def task_page(client, db, today):
    """Publishes procedures with the rest of a catalogue, and opens the page of the first for somebody."""

    def show(*procedures, key="", items=(), tasks=(), alerts=(), documents=(), **answers):
        made = catalogue(*procedures, tasks=tasks, alerts=alerts, documents=documents, questions=QUESTIONS)
        facts = [schema.Fact.model_validate({"key": key, **FACT, "sources": ["leaflet"]}) for key in ("law", "rule")]
        publish(
            made.catalogue.model_copy(
                update={
                    "authorities": (schema.Authority.model_validate(OFFICE),),
                    "sources": (schema.Source.model_validate(LEAFLET),),
                    "facts": tuple(facts),
                }
            )
        )
        show.checklist = Checklist.objects.start(answers={**ANSWERS, "in_hand": [], **answers}, edition=1)
        for kind, line in items:
            show.checklist.items.create(kind=kind, key=line, done=True)
        return client.get(address("task", show.checklist, key or procedures[0].key))

    return show


SHORT_OFFICE = schema.Authority.model_validate(
    {"key": "office", "country": "xx", "name": "The Office", "local_name": ""}
)
SHORT_FACT = schema.Fact.model_validate(
    {"key": "law", "country": "xx", "statement": "It is the law.", "confidence": "official"}
)


@pytest.fixture
def page(client, db, today):
    """Publishes procedures with the rest of a catalogue, and opens the list of somebody with these answers."""

    def show(*procedures, items=(), tasks=(), alerts=(), documents=(), questions=QUESTIONS, **answers):
        made = catalogue(*procedures, tasks=tasks, alerts=alerts, documents=documents, questions=questions)
        publish(made.catalogue.model_copy(update={"authorities": (SHORT_OFFICE,), "facts": (SHORT_FACT,)}))
        show.checklist = Checklist.objects.start(answers={**ANSWERS, "in_hand": [], **answers}, edition=1)
        for kind, key in items:
            show.checklist.items.create(kind=kind, key=key, done=True)
        return client.get(show.checklist.get_absolute_url())

    return show
