"""Where a step is done stands beside it; what else to think of stands on the lists of those whom it concerns."""

import re

from checklists.models import Checklist
from guides.catalogue import schema
from tests.checklists.pages import address
from tests.checklists.planner.small import ANSWERS, catalogue, procedure
from tests.checklists.publishing import publish

OFFICE = schema.Authority(key="office", country="xx", name="The Office")
FACT = schema.Fact(key="law", country="xx", statement="It is the law.", confidence="official")
LINKS = [
    {
        "key": "form",
        "kind": "form",
        "name": "The form",
        "local_name": "El formulario",
        "url": "https://state.example/f",
    },
    {"key": "number", "kind": "phone", "name": "The office", "url": "tel:+34900000000", "hours": "9 to 14"},
]
POINTERS = [
    {"key": "car", "name": "Your car", "text": "Bring it soon.", "phase": "first_months", "when": "works"},
    {"key": "bank", "name": "Bank account", "text": "A bank must open one.", "phase": "first_weeks", "links": ["form"]},
]
STEPS = [
    {"key": "fill", "text": "Fill in the form.", "links": ["form"], "facts": ["law"]},
    {"key": "call", "text": "Call the office.", "links": ["number"], "facts": ["law"]},
    {"key": "wait", "text": "Wait.", "facts": ["law"]},
]


def somebody(**answers):
    """A checklist over a catalogue with one task, two links and two pointers."""
    made = catalogue(procedure("register", steps=STEPS))
    links = [schema.Link.model_validate({"country": "xx", **link}) for link in LINKS]
    pointers = [schema.Pointer.model_validate({"country": "xx", "facts": ["law"], **one}) for one in POINTERS]
    update = {"authorities": (OFFICE,), "facts": (FACT,), "links": tuple(links), "pointers": tuple(pointers)}
    publish(made.catalogue.model_copy(update=update))
    return Checklist.objects.start(answers={**ANSWERS, "in_hand": [], **answers}, edition=1)


def test_steps_have_their_links(client, db, today):
    page = client.get(address("task", somebody(), "register")).text
    fill, call, wait = (re.search(rf"{text}.*?</li>", page, re.S)[0] for text in ("Fill in", "Call the", "Wait"))
    assert '<a class="link" href="https://state.example/f" rel="noopener">The form</a>' in fill
    assert '<i lang="en">El formulario</i>' in fill
    assert 'Call: <a class="link" href="tel:+34900000000">The office</a>' in call
    assert "9 to 14" in call
    assert 'class="links"' not in wait


def part_of(page):
    return page[page.index('id="pointers"') :].split("</details>")[0]


def test_a_list_names_what_to_think_of_by_when(client, db, today):
    told = part_of(client.get(somebody(works=True).get_absolute_url()).text)
    assert "Also think of (2)" in told
    assert told.index("A bank must open one.") < told.index("Bring it soon.")
    assert 'href="https://state.example/f"' in told


def test_only_those_whom_it_concerns_are_told(client, db, today):
    for works in (False, None):
        Checklist.objects.all().delete()
        told = part_of(client.get(somebody(works=works).get_absolute_url()).text)
        assert "Also think of (1)" in told
        assert "Bring it soon." not in told


def test_it_is_no_task_and_cannot_be_ticked(client, db, today):
    page = client.get(somebody(works=True).get_absolute_url()).text
    assert "tick-" not in part_of(page)
    assert "0 of 1" in page
