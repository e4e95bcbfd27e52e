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

ROW = re.compile(r'<li class="row[^"]*" id="((?:procedure|document)-[^"]+)"')


def lines_of_plan(checklist, today):
    return lines_of(Access(checklist), plan_checklist(current(), checklist, checklist.items.all(), today))


@pytest.mark.parametrize("persona", sorted(PERSONAS))
@pytest.mark.usefixtures("published")
def test_every_line_is_where_it_is_said_to_be_and_the_list_has_no_other(client, today, persona):
    checklist = Checklist.objects.start(answers=answers_of(persona), edition=1)
    lines, base = lines_of_plan(checklist, today), checklist.get_absolute_url()
    pages = {page: client.get(base + page).text for page in {url.partition("#")[0] for url in lines.values()}}
    for line, url in lines.items():
        page, _hash, place = url.partition("#")
        assert place == line
        assert f'id="{line}"' in pages[page], url
    assert set(ROW.findall(pages[""])) == {line for line, url in lines.items() if url.startswith("#")}
    assert any(url.startswith("#procedure-") for url in lines.values())
    assert any(line.startswith("step-") for line in lines)


def test_what_is_finished_has_no_steps(freelancer, today):
    before = lines_of_plan(freelancer, today)
    for planned in plan_checklist(current(), freelancer, (), today).procedures[:3]:
        freelancer.items.create(kind="procedure", key=planned.key, done=True)
    freelancer.save()
    gone = before.keys() - lines_of_plan(freelancer, today).keys()
    assert any(line.startswith("step-") for line in gone)


@pytest.mark.parametrize("answers", [{}, {"destination": "es"}])
@pytest.mark.usefixtures("published")
def test_while_nothing_is_certain_there_are_none(client, today, answers):
    checklist = Checklist.objects.start(answers=answers, edition=1)
    assert lines_of_plan(checklist, today) == {}
    assert not ROW.findall(client.get(checklist.get_absolute_url()).text)
