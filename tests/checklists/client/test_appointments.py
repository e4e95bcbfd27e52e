"""The appointment for a task, on its page and in a file for calendars; and where a tick or a note leads back to."""

import datetime
import re

import pytest
from icalendar import Calendar

from checklists.access.access import Access
from checklists.client.services import save_item
from tests.checklists.pages import address, hidden_fields, plain
from tests.checklists.planner.small import deadline, procedure

from .task_pages import frame, part, words


class TestAppointment:
    GIVEN = {"time": "10.40", "office": "AIMA", "address": "Avenida 20, Lisboa"}
    DAY = {"date": "2027-01-12"}

    @pytest.fixture
    def page(self, task_page):
        return task_page(procedure("a", needs=["photo"], days=0, deadlines=[deadline("deadline", "start")]),
                         start="2027-01-29")  # fmt: skip

    def form(self, client, page):
        link = re.search(r'id="edit-appointment" href="([^"]+)"', page.text)[1].replace("&amp;", "&")
        return link, client.get(link)

    def save(self, client, page, **given):
        link, form = self.form(client, page)
        return client.post(link.partition("?")[0], {**hidden_fields(form), **given}, follow=True)

    def test_turns_the_frame_into_a_ticket(self, client, task_page, page):
        after = self.save(client, page, **self.DAY, **self.GIVEN)
        assert after.redirect_chain[-1][0] == f"{address('task', task_page.checklist, 'a')}#procedure-a"
        ticket = frame(after)
        assert "Your appointment: 12 January 2027 (Tuesday), 10:40" in plain(ticket)
        assert "you have an appointment" in part(after, 'class="head__meta"', "</p>")
        assert "Appointment saved: A." in after.text
        assert "AIMA, Avenida 20, Lisboa" in ticket
        assert 'href="https://www.openstreetmap.org/search?query=Avenida%2020%2C%20Lisboa"' in ticket
        assert "1 paper, 0 in hand" in words(ticket)
        assert "By 29 January" not in ticket

    def test_keeps_the_note_and_the_tick_out_of_it(self, client, task_page, page):
        save_item(access=Access(task_page.checklist), kind="procedure", key="a", note="Ask for Ana")
        _, form = self.form(client, page)
        assert 'name="note"' not in form.text
        assert 'name="done"' not in form.text
        self.save(client, page, **self.DAY)
        assert task_page.checklist.items.get().note == "Ask for Ana"

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"office": "AIMA"}, "Enter the day of the appointment too."),
            ({"date": "2027-01-12", "time": "25:00"}, "This is no time."),
            ({"date": "2027-01-12", "address": "x" * 201}, "at most 200 characters"),
        ],
    )
    def test_bad_ones_are_explained(self, client, task_page, page, given, message):
        response = self.save(client, page, **given)
        assert response.status_code == 422
        assert message in response.text
        assert not task_page.checklist.items.exists()

    def test_two_at_once_see_both(self, client, task_page, page):
        link, form = self.form(client, page)
        mine = {**hidden_fields(form), **self.DAY, **self.GIVEN}
        row = {"kind": "procedure", "key": "a", "date": datetime.date(2027, 1, 13), "time": datetime.time(9, 5)}
        save_item(access=Access(task_page.checklist), **row)
        response = client.post(link.partition("?")[0], mine)
        assert response.status_code == 409
        for value in ("09:05", "10:40", "13 January 2027", "12 January 2027", "Avenida 20"):
            assert value in response.text
        client.post(link.partition("?")[0], hidden_fields(response))
        saved = task_page.checklist.items.get()
        assert (saved.time, saved.office) == (datetime.time(10, 40), "AIMA")

    def test_after_the_last_day_is_said(self, client, page):
        ticket = plain(frame(self.save(client, page, date="2027-02-01")))
        assert "Your appointment is after the last day, 29 January 2027. Ask for an earlier one." in ticket

    def test_is_a_file_for_calendars(self, client, task_page, page):
        self.save(client, page, **self.DAY, **self.GIVEN)
        response = client.get(address("appointment-file", task_page.checklist, "a"))
        assert response.headers["Content-Type"].startswith("text/calendar")
        [event] = Calendar.from_ical(response.content).walk("VEVENT")
        assert event["dtstart"].to_ical() == b"20270112T104000"
        assert "dtend" not in event
        assert (event["summary"], event["location"]) == ("A", "AIMA, Avenida 20, Lisboa")
        assert "photo" in event["description"]
        assert task_page.checklist.token not in response.text

    def test_the_file_knows_the_zone_of_the_country(self, client, freelancer):
        day, time = datetime.date(2027, 7, 12), datetime.time(10, 40)
        freelancer.items.create(kind="procedure", key="empadronamiento", date=day, time=time)
        found = Calendar.from_ical(client.get(address("appointment-file", freelancer, "empadronamiento")).content)
        [event] = found.walk("VEVENT")
        assert event["dtstart"].params["TZID"] == "Europe/Madrid"
        assert event["dtstart"].dt.utcoffset() == datetime.timedelta(hours=2)
        assert [zone["tzid"] for zone in found.walk("VTIMEZONE")] == ["Europe/Madrid"]
        assert "10:40, in the time of the place" in event["description"]

    def test_there_is_no_file_without_one(self, client, task_page, page):
        assert client.get(address("appointment-file", task_page.checklist, "a")).status_code == 404
        assert client.get(address("appointment-file", task_page.checklist, "no-such")).status_code == 404

    def test_a_day_that_is_an_answer_shows_and_is_changed_there(self, client, task_page):
        seen = {**deadline("earliest", "start"), "key": "appointment"}
        page = task_page(procedure("a", deadlines=[seen]), start="2027-01-14")
        assert "14 January 2027 (Thursday)" in plain(frame(page))
        _, form = self.form(client, page)
        assert address("change-answer", task_page.checklist, "start") in form.text
        assert "date" not in re.findall(r'name="(\w+)', form.text)
        after = self.save(client, page, time="9:30", office="AIMA")
        assert "14 January 2027 (Thursday), 09:30" in plain(frame(after))
        [event] = Calendar.from_ical(client.get(address("appointment-file", task_page.checklist, "a")).content).walk(
            "VEVENT"
        )
        assert event["dtstart"].to_ical() == b"20270114T093000"


class TestReturning:
    @pytest.mark.parametrize("page", ["", "tasks/a/", "papers/photo/", "calendar/"])
    def test_goes_back_to_a_page_of_the_checklist(self, client, task_page, page):
        task_page(procedure("a", needs=["photo"]))
        here = f"{task_page.checklist.get_absolute_url()}{page}"
        response = client.post(address("tick", task_page.checklist, "document", "photo"), {"done": "1", "next": here})
        assert response.url == f"{here}#document-photo"

    @pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "/accounts/logout/", "tasks/a/\n"])
    def test_goes_nowhere_else(self, client, task_page, page):
        task_page(procedure("a", needs=["photo"]))
        response = client.post(address("tick", task_page.checklist, "document", "photo"), {"done": "1", "next": page})
        assert response.url == f"{task_page.checklist.get_absolute_url()}#document-photo"
