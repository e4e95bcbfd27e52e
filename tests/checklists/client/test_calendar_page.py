"""The calendar of a list: its tasks drawn, every date in order, and the duties that come again."""

import datetime
import re

import pytest
from django.urls import reverse

from checklists.models import Checklist
from checklists.planning import plan_checklist
from guides.catalogue import schema
from tests.checklists.conftest import answers_of
from tests.checklists.pages import address, press
from tests.checklists.planner.small import ANSWERS, catalogue, deadline, procedure
from tests.checklists.publishing import publish
from tests.people import Firm

OFFICE = schema.Authority.model_validate({"key": "office", "country": "xx", "name": "Office", "local_name": ""})
FACT = schema.Fact.model_validate(
    {"key": "law", "country": "xx", "statement": "It is the law.", "confidence": "official"}
)

CLOSED = "2027-01-02", "2027-01-01"


def calendar(client, checklist):
    response = client.get(address("calendar", checklist))
    assert response.status_code == 200
    return response


def dates(page):
    return re.findall(r'<time datetime="([\d-]+)">', page.partition('id="dates"')[2].partition("</section>")[0])


@pytest.fixture
def page(client, db, today):
    """Publishes procedures, and opens the calendar of somebody with these answers."""

    def show(*procedures, items=(), holidays="", **answers):
        published = catalogue(*procedures, calendar=holidays).catalogue
        publish(published.model_copy(update={"authorities": (OFFICE,), "facts": (FACT,)}))
        show.checklist = Checklist.objects.start(answers={**ANSWERS, "in_hand": [], **answers}, edition=1)
        for kind, key in items:
            show.checklist.items.create(kind=kind, key=key, done=True)
        return calendar(client, show.checklist)

    return show


class TestDrawing:
    def test_numbers_leave_out_what_is_done(self, page):
        found = page(procedure("a", days=0), procedure("b", order=2, days=0), items=[("procedure", "a")]).text
        assert re.findall(r'<th scope="row">(\d+) <a[^>]*>([^<]+)', found) == [("1", "B")]

    @pytest.mark.parametrize(("days", "told"), [(None, "not before 21 Nov 2026"), (0, "21 Nov 2026")])
    def test_what_waits_for_something_of_unknown_length_has_no_sure_day(self, page, days, told):
        waits = procedure("card", order=2, needs=["proof"], days=0)
        found = page(procedure("proof-task", gives=["proof"], days=days), waits).text
        table = found.partition("The same as a table")[2].partition("</table>")[0]
        row = next(row for row in table.split("<tr>") if ">Card<" in row)
        assert f'<td data-word="From">{told}</td>' in row

    def test_has_a_table_beside_it_in_the_order_of_the_list(self, client, freelancer, published, today):
        found = calendar(client, freelancer).text
        assert "<svg" in found.partition('class="drawing"')[2]
        table = found.partition("The same as a table")[2].partition("</table>")[0]
        rows = re.findall(r'<th scope="row">(\d+) <a href="([^"]+)">', table)
        order = [
            address("task", freelancer, task.key) for task in plan_checklist(published, freelancer, (), today).tasks
        ]
        assert rows
        assert [order[int(number) - 1] for number, _ in rows] == [url for _, url in rows]

    def test_what_is_due_today_has_no_time_to_spare(self, page):
        found = page(
            procedure("card", days=10, deadlines=[deadline("deadline", "start")]),
            procedure("later", days=10, deadlines=[deadline("deadline", "start + 12 months")]),
            start="2026-11-25",
        ).text
        rows = re.findall(r'<th scope="row">.*?</th>', found, re.S)
        card, later = (next(row for row in rows if f"/tasks/{key}/" in row) for key in ("card", "later"))
        assert "no time to spare" in card
        assert "no time to spare" not in later

    def test_and_its_table_hold_the_reader_s_appointment(self, client, page):
        page(procedure("card", days=10, deadlines=[deadline("deadline", "start")]), start="2027-02-01")
        page.checklist.items.create(kind="procedure", key="card", date=datetime.date(2027, 1, 12))
        found = calendar(client, page.checklist).text
        assert (
            "Your appointment: 12 January 2027" in found.partition('class="drawing"')[2].partition("</div>\n</div>")[0]
        )
        row = found.partition("The same as a table")[2].partition('<th scope="row">')[2].partition("</tr>")[0]
        assert re.findall(r'<td data-word="([^"]+)">(12 Jan 2027)', row) == [
            ("From", "12 Jan 2027"),
            ("Your appointment", "12 Jan 2027"),
        ]


class TestDates:
    def test_stand_in_order_and_lead_to_their_tasks(self, client, freelancer):
        found = calendar(client, freelancer).text
        assert dates(found) == sorted(dates(found))
        assert "2027-02-14" in dates(found)
        row = found.partition('datetime="2027-02-14"')[2].partition("</li>")[0]
        assert f'href="{freelancer.get_absolute_url()}tasks/' in row

    def test_what_binds_and_is_near_stands_out(self, page, today):
        bound, told, later = (
            deadline("deadline", "start"),
            deadline("effect", "start"),
            deadline("deadline", "start + 2 months"),
        )
        found = page(
            procedure("a", deadlines=[bound]), procedure("b", deadlines=[told, later]), start="2026-11-25"
        ).text
        assert found.count("row--soon") == 1
        assert found.index("row--soon") < found.index('datetime="2026-11-25"')

    def test_what_only_was_is_folded_and_what_was_missed_is_not(self, page, today):
        missed, past = deadline("deadline", "start"), deadline("effect", "start - 1 day")
        found = page(procedure("a", deadlines=[missed, past]), start="2026-11-20").text
        open_ones, _, folded = found.partition("1 earlier date")
        assert 'datetime="2026-11-20"' in open_ones
        assert 'datetime="2026-11-19"' in folded

    def test_hold_the_reader_s_own_appointment(self, client, freelancer):
        day = datetime.date(2027, 1, 12)
        own = {"date": day, "time": datetime.time(10, 40), "office": "Comisaría", "address": "Calle Mayor 1"}
        freelancer.items.create(kind="procedure", key="empadronamiento", **own)
        row = calendar(client, freelancer).text.partition('id="dates"')[2].partition('datetime="2027-01-12"')[2]
        assert "Your appointment" in row.partition("</li>")[0]
        assert "10:40, Comisaría, Calle Mayor 1" in row.partition("</li>")[0]

    def test_tell_when_offices_are_closed(self, page):
        """The Saturday of a deadline, and New Year on which something begins."""
        found = page(
            procedure("a", deadlines=[deadline("deadline", "start")]),
            procedure("b", deadlines=[deadline("effect", "start - 1 day")]),
            start="2027-01-02",
            holidays="PT",
        ).text
        late, new_year = (found.partition(f'datetime="{day}"')[2].partition("</li>")[0] for day in CLOSED)
        assert "Saturday, the last open day is 31 December 2026" in late
        assert "public holiday" in new_year
        assert "last open day" not in new_year

    def test_of_one_task_on_one_day_are_one_row(self, page):
        found = page(
            procedure("a", deadlines=[deadline("effect", "start"), deadline("deadline", "start")]),
            procedure("b", deadlines=[deadline("deadline", "start")]),
            start="2027-01-15",
        ).text
        assert dates(found) == ["2027-01-15", "2027-01-15"]

    def test_hold_what_must_be_read_first(self, client, published, today):
        answers = {**answers_of("es-05"), "permit_expires": "2027-01-20", "residence_basis": "residence_card"}
        relative = {"permit_purpose": "eu_family", "eu_family_member": True, "eu_relative_is": "other_eu"}
        checklist = Checklist.objects.start(answers=answers | relative, edition=1)
        row = calendar(client, checklist).text.partition('datetime="2027-01-20"')[2].partition("</li>")[0]
        assert "Your permit expires on 20 January 2027 (Wednesday)" in row
        assert f'href="{checklist.get_absolute_url()}#alert-es-family-card-ends"' in row

    def test_without_any_it_says_so(self, client, published, today):
        assert "There is no date yet." in calendar(client, Checklist.objects.start(answers={}, edition=1)).text


class TestDuties:
    DUTY = {"key": "return", "text": "File the return.", "first": "start", "every": "3 months", "facts": ["law"]}

    def test_each_day_is_ticked_by_itself(self, client, page):
        found = page(procedure("tax", recurring=[self.DUTY]), start="2027-01-15")
        assert "15 April, 15 July and 15 October 2027" in found.text.partition("Comes again")[2]
        after = press(client, found, "recurring", "tax--return--2027-01-15")
        assert "Done: File the return (15 January 2027 (Friday))." in after.text
        assert page.checklist.items.get().key == "tax/return/2027-01-15"
        assert 'id="tick-recurring-tax--return--2027-04-15"' in calendar(client, page.checklist).text

    def test_a_tick_leads_back_to_the_calendar(self, client, page):
        found = page(procedure("tax", recurring=[self.DUTY]), start="2027-01-15")
        here = re.search(r'name="next" value="([^"]+)"', found.text)[1]
        tick = address("tick", page.checklist, "recurring", "tax/return/2027-01-15")
        after = client.post(tick, {"done": "1", "next": here})
        assert after.url == f"{here}#recurring-tax--return--2027-01-15"

    def test_what_was_ticked_stays_in_sight(self, page):
        past = ("recurring", "tax/return/2026-10-15")
        found = page(procedure("tax", recurring=[self.DUTY]), items=[past], start="2026-04-15")
        assert 'id="recurring-tax--return--2026-10-15"' in found.text


class TestAFirm:
    @pytest.fixture
    def place(self, published, today):
        place = Firm().case().people.get()
        place.checklist = Checklist.objects.start(answers=answers_of("es-05"), edition=1)
        place.save()
        return place

    def door(self, client, place, role):
        client.force_login(place.case.organisation.memberships.get(role=role).user)
        return client.get(reverse("checklists:calendar", args=[place.door]))

    def test_sees_the_calendar_of_its_client_and_says_whose_it_is(self, client, place):
        found = self.door(client, place, "advisor").text
        assert "‹ Ana Silva" in found
        assert "<h1>Ana Silva: calendar of the move to Spain</h1>" in found
        assert place.checklist.token not in found
        assert "/tick/recurring/" in found

    def test_viewers_tick_nothing(self, client, place):
        assert "/tick/" not in self.door(client, place, "viewer").text

    def test_days_of_papers_only_where_they_are_shared(self, client, place):
        place.shares_documents = True
        place.save()
        assert "is fresh enough" in self.door(client, place, "viewer").text
        place.shares_documents = False
        place.save()
        assert "is fresh enough" not in self.door(client, place, "viewer").text


def test_a_duty_that_comes_once_has_no_later_days(client, published, today):
    """As the renewal of a card that is in force."""
    holder = {
        "destination": "es",
        "nationalities": ["ma"],
        "activities": ["employee"],
        "residence_basis": "residence_card",
        "permit_purpose": "work",
        "permit_expires": "2028-02-15",
        "already_arrived": True,
    }
    again = calendar(client, Checklist.objects.start(answers=holder, edition=1)).text.partition('id="duties"')[2]
    assert "permit" in again.partition("</section>")[0]


def test_it_needs_two_queries(client, freelancer, django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar(client, freelancer)


def test_a_link_that_leads_nowhere(client, published):
    assert client.get(reverse("checklists:calendar", args=["x" * 22])).status_code == 404


def test_it_cannot_be_posted_to(client, freelancer):
    assert client.post(address("calendar", freelancer)).status_code == 405
