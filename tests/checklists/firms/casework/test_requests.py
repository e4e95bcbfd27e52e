import datetime

import pytest
from django.utils import timezone

from checklists.firms.casework.services import answer, ask, withdraw
from checklists.models import HistoryEntry, Request
from tests.checklists.pages import day_in

YESTERDAY, TODAY = datetime.date(2026, 11, 20), datetime.date(2026, 11, 21)


@pytest.fixture
def request_of(firm, ana):
    return ask(person=ana, text="Your lease, signed by both", by=firm.advisor)


def first_paper(response):
    return response.text.partition("?document=")[2].partition('"')[0]


def test_from_a_suggestion_to_a_request(advisor, published, moving, page):
    key = first_paper(advisor.get(page("case")))
    form = advisor.get(f"{page('ask', moving.pk)}?document={key}")
    assert f'<option value="{key}" selected>' in form.text
    assert f"Please get this document: {published.documents[key].name}" in form.text
    sent = {"document": key, "text": "Please bring it", "due": "2026-12-01"}
    response = advisor.post(page("ask", moving.pk), sent, follow=True)
    assert "Asked. Ana Silva finds it on the checklist." in response.text
    asked = Request.objects.get()
    assert (asked.document, asked.text, asked.due) == (key, "Please bring it", datetime.date(2026, 12, 1))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": ""}, "required"),
        ({"text": "x" * 4001}, "4000"),
        ({"text": "By {deadline}"}, "Replace {deadline} first"),
        ({"due": "2026-11-20"}, "This day has passed"),
        ({"due": "soon"}, "This is no date"),
        ({"document": "no-such-document"}, "valid choice"),
    ],
)
def test_bad_requests_are_refused_and_kept(advisor, moving, page, wrong, message):
    sent = {"text": "Your lease", "due": "2026-11-21", "document": "", **wrong}
    response = advisor.post(page("ask", moving.pk), sent)
    assert response.status_code == 422
    assert message in response.text
    assert "21 November 2026 (Saturday)" in response.text or "due" in wrong
    assert not Request.objects.exists()


def test_today_is_not_too_late(advisor, moving, page):
    assert advisor.post(page("ask", moving.pk), {"text": "Now", "due": str(TODAY)}).status_code == 302


def test_today_is_the_day_where_the_firm_works(advisor, firm, ana, page, monkeypatch):
    late = datetime.datetime(2026, 11, 21, 11, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: late)
    type(firm.organisation).objects.update(time_zone="Pacific/Auckland")
    assert advisor.post(page("ask", ana.pk), {"text": "Now", "due": "2026-11-21"}).status_code == 422
    type(firm.organisation).objects.update(time_zone="Pacific/Honolulu")
    assert advisor.post(page("ask", ana.pk), {"text": "Now", "due": "2026-11-21"}).status_code == 302


def test_a_document_of_no_plan_is_left_out(advisor, moving, page):
    text = advisor.get(f"{page('ask', moving.pk)}?document=no-such-document").text
    assert "no-such-document" not in text


def test_what_was_answered_stands_below_what_is_open(advisor, firm, ana, request_of, page):
    other = ask(person=ana, text="The school's name", by=firm.advisor)
    answer(request=request_of, text="It is <signed>")
    withdraw(request=other, by=firm.advisor)
    ask(person=ana, text="Your phone number", by=firm.advisor)
    text = advisor.get(page("requests")).text
    words = [
        "Open requests",
        "Your phone number",
        "Answered and withdrawn",
        "The school&#x27;s name",
        "Your lease",
        "It is &lt;signed&gt;",
    ]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_withdrawing(advisor, request_of, page):
    response = advisor.post(page("withdraw", request_of.pk), follow=True)
    assert "Withdrawn. Ana Silva no longer sees it as open." in response.text
    assert Request.objects.get().withdrawn_at


def test_marking_as_received(advisor, request_of, page):
    assert "Received: Your lease" in advisor.get(page("received", request_of.pk)).text
    assert advisor.post(page("received", request_of.pk), {"text": "x" * 4001}).status_code == 422
    response = advisor.post(page("received", request_of.pk), {"text": "Came by post"}, follow=True)
    assert "Marked as received." in response.text
    assert Request.objects.get().answer == "Came by post"


def test_a_request_that_was_answered_meanwhile_is_not_withdrawn(advisor, request_of, page):
    answer(request=request_of, text="Signed on Monday")
    before = HistoryEntry.objects.count()
    response = advisor.post(page("withdraw", request_of.pk))
    assert response.status_code == 409
    assert "This request was answered before you" in response.text
    assert "Signed on Monday" in response.text
    assert (Request.objects.get().withdrawn_at, HistoryEntry.objects.count()) == (None, before)


def test_what_was_received_meanwhile_is_not_overwritten(advisor, firm, request_of, page):
    answer(request=request_of, text="Signed on Monday")
    response = advisor.post(page("received", request_of.pk), {"text": "Came by post"})
    assert response.status_code == 409
    assert "Signed on Monday" in response.text and "Came by post" in response.text
    assert Request.objects.get().answer == "Signed on Monday"


def test_what_was_withdrawn_meanwhile_is_not_received(advisor, firm, request_of, page):
    withdraw(request=request_of, by=firm.advisor)
    response = advisor.post(page("received", request_of.pk), {"text": "Came by post"})
    assert response.status_code == 409
    assert "This request was withdrawn before you" in response.text and "Came by post" in response.text


def test_somebody_who_took_the_access_back_is_not_asked(advisor, request_of, ana, page):
    ana.revoked_at = timezone.now()
    ana.save()
    assert "Ask Ana Silva for something" not in advisor.get(page("requests")).text
    assert "took your access back" in advisor.get(page("ask", ana.pk)).text
    response = advisor.post(page("ask", ana.pk), {"text": "Something"})
    assert response.status_code == 409
    assert "Something" in response.text
    assert Request.objects.count() == 1
    assert advisor.post(page("withdraw", request_of.pk)).status_code == 302


def test_the_form_says_which_day_was_typed(advisor, ana, page):
    response = advisor.post(page("ask", ana.pk), {"text": "", "due": "2030-01-02"})
    assert day_in(response, "due") == "2 1 2030"
