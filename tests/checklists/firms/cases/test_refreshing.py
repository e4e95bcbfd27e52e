"""Summaries are of today, where the firm works."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_answers
from checklists.firms.cases import refreshing
from checklists.firms.cases.refreshing import refresh_cases
from checklists.firms.casework.services import add_task, answer, ask, finish_task
from checklists.models import Case
from checklists.seen import fingerprint
from guides.editions.publishing import current
from tests.checklists.publishing import FIRST, SECOND, publish, somebody
from tests.journeys.answering import answers_of

DAY = datetime.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Makes it a moment: "2027-03-01T11:30" in UTC."""

    def make(moment):
        now = datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)

    return make


@pytest.fixture
def case(firm, published, at):
    """Somebody who arrives on 4 January 2027."""
    at("2026-12-01T12:00")
    case = firm.case()
    person = case.people.select_related("checklist").get()
    answers = answers_of("es-05") | {"arrival_date": "2027-01-04", "already_arrived": False}
    save_answers(access=Access(person.checklist), answers=answers, seen=fingerprint(1), edition=1)
    case.refresh_from_db()
    return case


def outdated():
    return Case.objects.exclude(summarised_on=Case.objects.first().organisation.today())


def test_a_new_day_brings_every_active_case_to_today_once(firm, case, at, capsys):
    others = [firm.case(f"Client {number}") for number in range(3)]
    Case.objects.filter(pk=others[0].pk).update(archived_at=timezone.now())
    at("2026-12-02T12:00")
    call_command("refresh_cases")
    assert capsys.readouterr().out == "Brought 3 cases to today.\n"
    assert list(outdated()) == [others[0]]
    assert refresh_cases() == 0


def test_the_next_step_of_a_case_is_what_falls_on_its_next_deadline(firm, case, client):
    first, person = case.deadlines.first(), case.people.get()
    deadline, step = first.day, current().procedures[first.procedure].name
    assert (case.next_deadline, case.next_step) == (deadline, step)
    asked = ask(person=person, text="Your lease", by=firm.advisor, due=deadline - DAY)
    case.refresh_from_db()
    assert (case.next_deadline, case.next_step) == (asked.due, "Asked for: Your lease")
    own = add_task(person=person, text="Call " * 60, by=firm.advisor, due=deadline - 2 * DAY)
    case.refresh_from_db()
    assert (case.next_deadline, case.next_step) == (own.due, own.text)
    client.force_login(firm.advisor)
    row = client.get(reverse("board:cases", args=[firm.organisation.slug])).text
    assert own.text in row and step not in row
    finish_task(task=own, by=firm.advisor)
    answer(request=asked, text="Here it is")
    case.refresh_from_db()
    assert (case.next_deadline, case.next_step) == (deadline, step)


def test_batches_go_on_where_the_last_one_ended(firm, case, at, monkeypatch):
    for number in range(4):
        firm.case(f"Client {number}")
    monkeypatch.setattr(refreshing, "AT_ONCE", 2)
    at("2026-12-02T12:00")
    assert refresh_cases() == 5
    assert not outdated().exists()


def test_interrupted_it_keeps_what_is_done(firm, case, at, monkeypatch):
    for number in range(3):
        firm.case(f"Client {number}")
    monkeypatch.setattr(refreshing, "AT_ONCE", 2)
    at("2026-12-02T12:00")
    summarise_all, calls = refreshing.summarise_all, []

    def break_off(cases):
        calls.append(cases)
        if len(calls) == 2:
            raise KeyboardInterrupt
        summarise_all(cases)

    monkeypatch.setattr(refreshing, "summarise_all", break_off)
    with pytest.raises(KeyboardInterrupt):
        refresh_cases()
    assert outdated().count() == 2
    monkeypatch.setattr(refreshing, "summarise_all", summarise_all)
    assert refresh_cases() == 2


def test_counts_that_are_kept_are_made_anew(firm, case, at):
    before = type(firm.organisation).objects.get().cases_changed
    at("2026-12-02T12:00")
    refresh_cases()
    assert type(firm.organisation).objects.get().cases_changed > before


def test_it_does_not_count_as_progress(case, at):
    before = case.active_at
    at("2026-12-20T12:00")
    refresh_cases()
    case.refresh_from_db()
    assert case.active_at == before


def test_marked_cases_alone_after_an_edition(firm, case, at):
    other = firm.case("Other")
    at("2026-12-02T12:00")
    Case.objects.outdate([case.people.get().checklist_id])
    assert refresh_cases(only_marked=True) == 1
    assert list(outdated()) == [other]


def test_ten_cases_take_as_many_queries_as_two(firm, case, at, django_assert_max_num_queries):
    for number in range(9):
        firm.case(f"Client {number}")
    at("2026-12-02T12:00")
    with django_assert_max_num_queries(20):
        refresh_cases()


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", "2027-01-05"), ("UTC", "2027-01-04"), ("Pacific/Pago_Pago", "2027-01-03")]
)
def test_today_is_where_the_firm_works(firm, case, at, zone, day):
    """At the same moment it is three different days; a summary is of the firm's own."""
    firm.organisation.time_zone = zone
    firm.organisation.save()
    at("2027-01-04T10:30")
    refresh_cases()
    case.refresh_from_db()
    assert str(case.summarised_on) == day


def test_a_deadline_passes_in_auckland_before_it_does_in_honolulu(firm, other_firm, case, at):
    """The same person in two firms: on the last day in one, and a day later in the other."""
    for where, zone in ((firm, "Pacific/Auckland"), (other_firm, "Pacific/Honolulu")):
        where.organisation.time_zone = zone
        where.organisation.save()
    there = other_firm.case("The same")
    there.people.update(checklist=case.people.get().checklist)
    deadline = case.next_deadline
    at(f"{deadline}T12:30")
    refresh_cases()
    case.refresh_from_db()
    there.refresh_from_db()
    assert (case.next_deadline, there.next_deadline) == (deadline, deadline)
    assert case.organisation.today() == deadline + datetime.timedelta(days=1) == case.summarised_on
    assert there.organisation.today() == deadline == there.summarised_on


def test_an_edition_brings_the_cases_that_it_affects_to_it(firm, settings):
    """Publishing tells the affected; their cases are summarised with it, all others stay as they are."""
    publish(FIRST)
    affected, other = firm.case("Here"), firm.case("There")
    for case, here in ((affected, True), (other, False)):
        case.people.update(checklist=somebody(here=here))
    Case.objects.update(next_step="as before", summarised_on=firm.organisation.today())
    publish(SECOND)
    call_command("tell_changes")
    affected.refresh_from_db()
    other.refresh_from_db()
    assert affected.next_step != "as before"
    assert other.next_step == "as before"
