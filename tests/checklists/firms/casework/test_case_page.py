import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.firms.cases.services import archive, assign, move
from checklists.firms.casework.assignment import seen_in
from checklists.firms.casework.notes import write_note
from checklists.firms.casework.services import add_task, ask, write_message
from checklists.models import Case, HistoryEntry, ReadMarker
from tests.checklists.pages import attributes, hidden_fields


def papers_on(response):
    """What can be ticked on the page, as a form sends it."""
    boxes = map(attributes, re.findall(r'<input[^>]*name="papers"[^>]*>', response.text))
    return [box["value"] for box in boxes]


def test_the_page_says_what_to_do_next_and_why(advisor, moving, page):
    text = advisor.get(page("case")).text
    assert "What to do next" in text
    assert "Ask for these" in text
    assert f'href="/c/{moving.door}/tasks/' in text
    assert moving.checklist.token not in text


def test_without_answers_the_questionnaire_comes_first(published, advisor, ana, page):
    text = advisor.get(page("case")).text
    assert "Let Ana Silva answer the questionnaire" in text
    assert f"/c/{ana.door}/questions/" in text


def test_a_document_that_was_asked_for_is_not_asked_for_again(advisor, firm, moving, page):
    first, *others = papers_on(advisor.get(page("case")))
    ask(person=moving, text="Please", by=firm.advisor, document=first.partition(":")[2])
    response = advisor.get(page("case"))
    assert papers_on(response) == others
    assert "asked for on" in response.text


def test_the_next_step_stands_first_and_only_one_deed_is_the_main_one(advisor, moving, page):
    text = advisor.get(page("case")).text
    places = [text.index(f'id="{name}"') for name in ("next", "papers", "people", "news", "deadlines")]
    assert places == sorted(places)
    assert text.count("button--main") == 1


def test_the_papers_of_the_next_task_are_ticked_already(advisor, moving, page):
    boxes = re.findall(r'<input[^>]*name="papers"[^>]*>', advisor.get(page("case")).text)
    ticked = ["checked" in box for box in boxes]
    assert any(ticked) and ticked == sorted(ticked, reverse=True)


def test_documents_that_are_not_shared_are_not_named(advisor, moving, page):
    moving.shares_documents = False
    moving.save()
    text = advisor.get(page("case")).text
    assert "What to do next" in text
    assert 'name="papers"' not in text
    assert 'name="document"' not in advisor.get(page("ask", moving.pk)).text


def test_nothing_of_a_closed_checklist_is_told(advisor, moving, page):
    moving.revoked_at = timezone.now()
    moving.save()
    text = advisor.get(page("case")).text
    assert "Nothing can be suggested" in text
    assert moving.door not in text


def test_what_is_late_comes_first(advisor, firm, moving, page):
    request = ask(person=moving, text="Your lease", by=firm.advisor, due=datetime.date(2026, 11, 21))
    request.due = datetime.date(2026, 11, 1)
    request.save()
    write_message(person=moving, text="When?", by=None)
    text = advisor.get(page("case")).text
    places = [
        text.index(words) for words in ("Read what Ana Silva wrote", "Ana Silva has not answered yet", "Ask for these")
    ]
    assert places == sorted(places)
    assert "It was due by 1 November 2026 (Sunday), 20 days ago" in text


def test_opening_the_page_does_not_hide_what_changed(advisor, firm, moving, page):
    save_item(access=Access(moving.checklist), kind="procedure", key="empadronamiento", done=True)
    for _time in range(2):
        assert "ticked" in advisor.get(page("case")).text
    advisor.post(page("seen"), {"number": HistoryEntry.objects.first().number})
    text = advisor.get(page("case")).text
    assert "Nobody else changed anything since" in text
    write_message(person=moving, text="Hello", by=None)
    assert "wrote a message" in advisor.get(page("case")).text


def test_what_happens_after_the_page_was_read_stays_new(advisor, firm, case, ana, page):
    write_message(person=ana, text="One", by=None)
    read = HistoryEntry.objects.first().number
    write_message(person=ana, text="Two", by=None)
    advisor.post(page("seen"), {"number": read})
    assert "wrote a message" in advisor.get(page("case")).text
    advisor.post(page("seen"), {"number": "99999999"})
    assert ReadMarker.objects.get().number == HistoryEntry.objects.first().number
    advisor.post(page("seen"), {"number": "1"})
    assert ReadMarker.objects.get().number == HistoryEntry.objects.first().number


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40])
def test_a_bad_number_marks_nothing_as_seen(advisor, ana, page, number):
    write_message(person=ana, text="One", by=None)
    assert advisor.post(page("seen"), {"number": number}).status_code == 302
    assert ReadMarker.objects.get().number == 0


def test_everybody_has_a_mark_of_their_own(client, firm, ana, page):
    write_message(person=ana, text="One", by=None)
    client.force_login(firm.viewer)
    assert client.post(page("seen"), {"number": HistoryEntry.objects.first().number}).status_code == 302
    assert ReadMarker.objects.get().user == firm.viewer
    client.force_login(firm.advisor)
    assert "wrote a message" in client.get(page("case")).text


def test_all_deadlines_stand_in_one_list(advisor, firm, moving, page):
    ask(person=moving, text="Your lease", by=firm.advisor, due=datetime.date(2026, 11, 30))
    add_task(person=moving, text="Call the school", by=firm.advisor, due=datetime.date(2026, 11, 25))
    text = advisor.get(page("case")).text.partition("deadlines-heading")[2]
    places = [text.index("Call the school"), text.index("in 4 days"), text.index("Your lease"), text.index("in 9 days")]
    assert places == sorted(places)


def test_the_turn_is_changed_from_the_page(advisor, firm, case, page):
    stage = firm.organisation.stages.last()
    sent = {"stage": stage.pk, "assignee": firm.owner.pk, "waiting_for": "office", "seen": seen_in(case)}
    told = advisor.post(page("change"), sent, follow=True).text
    case.refresh_from_db()
    assert (case.stage, case.assignee, case.waiting_for) == (stage, firm.owner, "office")
    assert f"The stage is now “{stage}”. Assigned to {firm.owner}. Waiting for an office." in told


def test_what_somebody_left_alone_is_not_set_back(advisor, firm, case, page):
    first, second = firm.organisation.stages.all()[:2]
    sent = {"stage": first.pk, "assignee": "", "waiting_for": "office", "seen": seen_in(case)}
    move(cases=[case], stage=second, by=firm.owner)
    assert advisor.post(page("change"), sent).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.waiting_for) == (second, "office")


def test_two_who_change_the_same_field_are_shown_both_values(advisor, firm, case, page):
    _first, second, third = firm.organisation.stages.all()[:3]
    sent = {"stage": third.pk, "assignee": "", "waiting_for": "", "seen": seen_in(case)}
    move(cases=[case], stage=second, by=firm.owner)
    assign(cases=[case], assignee=firm.owner, by=firm.owner)
    response = advisor.post(page("change"), sent)
    assert response.status_code == 409
    assert second.name in response.text and third.name in response.text
    case.refresh_from_db()
    assert case.stage == second
    assert advisor.post(page("change"), hidden_fields(response)).status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.assignee) == (third, firm.owner)


@pytest.mark.parametrize("seen", ["", "x", "x y z 1"])
def test_a_form_that_has_not_seen_whose_turn_it_is_changes_nothing(advisor, firm, case, page, seen):
    stage = firm.organisation.stages.last()
    response = advisor.post(page("change"), {"stage": stage.pk, "assignee": "", "waiting_for": "", "seen": seen})
    assert response.status_code == 409
    case.refresh_from_db()
    assert case.stage != stage


def test_a_stage_or_an_advisor_of_another_firm_is_refused(advisor, other_firm, case, page):
    stage, seen = other_firm.organisation.stages.first(), {"seen": seen_in(case)}
    for sent in ({"stage": stage.pk}, {"stage": case.stage_id, "assignee": other_firm.advisor.pk}):
        assert advisor.post(page("change"), {**seen, **sent}).status_code == 422
    case.refresh_from_db()
    assert (case.stage.organisation, case.assignee) == (case.organisation, None)


def test_an_archived_case_says_so_and_can_be_restored(advisor, firm, case, page):
    archive(cases=[case], by=firm.advisor)
    assert "In the archive since" in advisor.get(page("case")).text


def test_an_erased_case_says_so(advisor, case, ana, page):
    Case.objects.update(erased_at=timezone.now())
    ana.checklist.delete()
    for name in ("case", "messages-with", "requests", "tasks"):
        response = advisor.get(page(name, *([ana.pk] if name == "messages-with" else [])))
        assert "erased their data" in response.text


def test_no_mail_goes_out_without_an_address(advisor, firm, page):
    case = firm.case("Ben")
    address = f"/firms/{firm.organisation.slug}/cases/{case.pk}/messages/{case.people.get().pk}/"
    assert "no email address of Ben" in advisor.get(address).text


QUERIES = {"case": 17, "messages-with": 9, "requests": 6, "tasks": 6, "notes": 5, "timeline": 10}


@pytest.mark.parametrize("name", QUERIES)
def test_the_number_of_queries_does_not_grow(advisor, firm, moving, page, name):
    """Counted from where the firm is found; what comes before belongs to signing in."""
    for _time in range(3):
        write_message(person=moving, text="Hello", by=None)
        write_message(person=moving, text="Hello", by=firm.advisor)
        ask(person=moving, text="Your lease", by=firm.advisor)
        add_task(person=moving, text="Call the school", by=firm.advisor)
        write_note(case=moving.case, text="Likes tea", by=firm.advisor)
    address = page(name, *([moving.pk] if name == "messages-with" else []))
    with CaptureQueriesContext(connection) as captured:
        advisor.get(address)
    asked = [query["sql"] for query in captured]
    first = next(place for place, sql in enumerate(asked) if sql.startswith('SELECT "checklists_membership"'))
    assert len(asked[first:]) == QUERIES[name], "\n".join(asked[first:])


def test_a_task_of_the_firm_that_is_due_first_is_what_to_do_next(advisor, firm, moving, page):
    add_task(person=moving, text="Call the landlord", by=firm.advisor, due=datetime.date(2026, 11, 22))
    text = advisor.get(page("case")).text
    assert '<h2 id="next-heading">Call the landlord</h2>' in text
    assert "Due by 22 November 2026 (Sunday), tomorrow" in text


def test_a_reminder_names_what_is_late_and_is_told_once_sent(advisor, firm, moving, page):
    asked = ask(person=moving, text="Your lease", by=firm.advisor, due=datetime.date(2026, 11, 21))
    asked.due, asked.created_at = datetime.date(2026, 11, 1), datetime.datetime(2026, 10, 20, tzinfo=datetime.UTC)
    asked.save()
    address = page("messages-with", moving.pk)
    assert f"{address}?remind=1" in advisor.get(page("case")).text
    draft = advisor.get(f"{address}?remind=1").context["form"]["text"].value()
    assert "- Your lease, by 1 November 2026 (Sunday)" in draft
    message = write_message(person=moving, text=draft, by=firm.advisor)
    message.created_at = datetime.datetime(2026, 11, 21, 10, tzinfo=datetime.UTC)
    message.save()
    text = advisor.get(page("case")).text
    assert "20 days ago; you wrote today" in text
    assert "Remind them again" in text
    assert '<h2 id="next-heading">Ana Silva has not answered yet</h2>' not in text
