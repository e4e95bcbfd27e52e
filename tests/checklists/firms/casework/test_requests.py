import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_answers
from checklists.firms.cases.household import add_person
from checklists.firms.casework.services import answer, ask, ask_for_papers, withdraw
from checklists.models import HistoryEntry, OutgoingMail, Request
from checklists.seen import fingerprint
from tests.checklists.pages import attributes, day_in
from tests.journeys.answering import answers_of

YESTERDAY, TODAY = datetime.date(2026, 11, 20), datetime.date(2026, 11, 21)


@pytest.fixture
def request_of(firm, ana):
    return ask(person=ana, text="Your lease, signed by both", by=firm.advisor)


def papers_on(response):
    """What can be ticked on the page of a case, as a form sends it."""
    boxes = map(attributes, re.findall(r'<input[^>]*name="papers"[^>]*>', response.text))
    return [box["value"] for box in boxes]


def key_of(value):
    return value.partition(":")[2]


def test_several_papers_are_asked_for_at_once(advisor, published, moving, page):
    papers = papers_on(advisor.get(page("case")))[:3]
    sent = {"papers": papers, "due": "2026-12-01"}
    response = advisor.post(page("ask-for-papers"), sent, follow=True)
    assert "Asked Ana Silva for 3 papers." in response.text
    asked = Request.objects.order_by("pk")
    assert [request.document for request in asked] == [key_of(value) for value in papers]
    assert {request.due for request in asked} == {datetime.date(2026, 12, 1)}
    assert published.documents[key_of(papers[0])].name in asked[0].text
    assert not set(papers) & set(papers_on(response))
    assert HistoryEntry.objects.filter(verb="asked").count() == 3
    assert OutgoingMail.objects.filter(kind="digest-client").count() == 1
    moving.case.refresh_from_db()
    assert moving.case.waiting_for == "client"


def test_a_paper_that_both_countries_have_is_called_as_it_is_where_the_client_goes(advisor, firm, moving, page):
    ask_for_papers(papers={moving: ["passport"]}, by=firm.advisor)
    theirs = reverse("sharing:messages", args=[moving.checklist.token])
    for path in (page("requests"), page("timeline"), theirs):
        text = advisor.get(path).text
        assert "Please get this document: Passport (Pasaporte)." in text
        assert "Passaporte" not in text


def test_papers_of_a_household_are_asked_of_who_needs_them(advisor, firm, moving, page):
    rui = add_person(case=moving.case, name="Rui Silva", by=firm.advisor)
    save_answers(access=Access(rui.checklist), answers=answers_of("es-05"), seen=fingerprint(1), edition=1)
    papers = papers_on(advisor.get(page("case")))
    mine, theirs = (next(value for value in papers if value.startswith(f"{who.pk}:")) for who in (moving, rui))
    response = advisor.post(page("ask-for-papers"), {"papers": [mine, theirs]}, follow=True)
    assert "Asked Ana Silva and Rui Silva for 2 papers." in response.text
    assert {request.person for request in Request.objects.all()} == {moving, rui}


def test_what_a_colleague_asked_for_meanwhile_is_not_asked_for_twice(advisor, firm, moving, page):
    value = papers_on(advisor.get(page("case")))[0]
    ask(person=moving, text="Please", by=firm.owner, document=key_of(value))
    response = advisor.post(page("ask-for-papers"), {"papers": [value]})
    assert response.status_code == 422
    assert "The plan changed after you had opened the page" in response.text
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"papers": []}, "Nothing was ticked"),
        ({"due": "2026-11-20"}, "This day has passed"),
        ({"papers": ["0:passport"]}, "The plan changed"),
        ({"papers": ["nonsense"]}, "The plan changed"),
    ],
)
def test_papers_are_not_asked_for_by_a_bad_form(advisor, moving, page, wrong, message):
    sent = {"papers": papers_on(advisor.get(page("case")))[:1], "due": "", **wrong}
    response = advisor.post(page("ask-for-papers"), sent)
    assert response.status_code == 422
    assert message in response.text
    assert not Request.objects.exists()


def test_papers_reach_nobody_who_took_the_access_back_just_now(advisor, moving, page, monkeypatch):
    sent = {"papers": papers_on(advisor.get(page("case")))[:1]}
    monkeypatch.setattr("checklists.firms.casework.services.can_contact", lambda person: False)
    response = advisor.post(page("ask-for-papers"), sent, follow=True)
    assert "Nothing was asked for" in response.text
    assert not Request.objects.exists()


def test_one_paper_can_be_asked_for_in_other_words(advisor, published, moving, page):
    key = key_of(papers_on(advisor.get(page("case")))[0])
    assert f'<option value="{key}">{published.documents[key].name}</option>' in advisor.get(page("ask", moving.pk)).text
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
