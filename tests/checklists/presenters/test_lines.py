"""Which lines a checklist has, told from its plan, against the page itself."""

import re

import pytest

from checklists.access.access import Access
from checklists.models import Checklist
from checklists.planning import plan_checklist
from checklists.presenters.lines import lines_of
from guides.editions.publishing import current
from tests.checklists.conftest import answers_of
from tests.checklists.planner.test_personas import PERSONAS

LINE = re.compile(r'<(?:article|li|div) class="[^"]*" id="((?:procedure|step|document)-[^"]+)"')


def lines_on_page(client, checklist):
    return set(LINE.findall(client.get(checklist.get_absolute_url()).text))


def lines_of_plan(checklist, today):
    return lines_of(Access(checklist), plan_checklist(current(), checklist, checklist.items.all(), today))


@pytest.mark.parametrize("persona", sorted(PERSONAS))
@pytest.mark.usefixtures("published")
def test_every_line_of_the_plan_stands_on_the_page_and_no_other(client, today, persona):
    checklist = Checklist.objects.start(answers=answers_of(persona), edition=1)
    lines = lines_of_plan(checklist, today)
    assert lines == lines_on_page(client, checklist)
    assert any(line.startswith("procedure-") for line in lines)


def test_what_is_finished_has_no_steps(client, freelancer, today):
    before = lines_of_plan(freelancer, today)
    for planned in plan_checklist(current(), freelancer, (), today).procedures[:3]:
        freelancer.items.create(kind="procedure", key=planned.key, done=True)
    freelancer.save()
    after = lines_of_plan(freelancer, today)
    assert after == lines_on_page(client, freelancer)
    assert any(line.startswith("step-") for line in before - after)


@pytest.mark.usefixtures("published")
def test_without_a_destination_there_are_none(client, today):
    checklist = Checklist.objects.start(answers={}, edition=1)
    assert lines_of_plan(checklist, today) == lines_on_page(client, checklist) == set()
