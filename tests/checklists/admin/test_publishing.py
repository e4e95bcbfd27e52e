"""What the publish page says about personas and live checklists."""

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.admin import publishing
from checklists.models import ChangeNotice, Checklist, OutgoingMail, Persona, Subscription
from checklists.updates import forecast
from checklists.updates.rollouts import tell_everybody
from guides.editions.loading import load
from guides.editions.publishing import publish
from guides.models import Alternative, Deadline, Document, Edition, Procedure, Step
from tests.guides.small import small_catalogue

pytestmark = pytest.mark.django_db

PUBLISH = reverse("admin:guides_edition_add")


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def edition(db):
    load(small_catalogue())
    # The small questionnaire does not ask who has arrived.
    Procedure.objects.update(place="anywhere")
    return publish(actor=None, note="")


@pytest.fixture
def people(edition):
    Persona.objects.create(name="Anna in Portugal", answers={"destination": "pt", "here": True}, day="2026-11-01")
    Persona.objects.create(name="Undecided", answers={})
    for answers in ({"destination": "pt", "here": True}, {"destination": "pt", "here": False}, {"destination": "pt"}):
        Checklist.objects.start(answers=answers, edition=1)


def shown(browser, address=PUBLISH, **query):
    """The words of the page, without its marks."""
    return " ".join(browser.get(address, query).text.split())


def test_live_checklists_gain_and_lose(browser, people):
    Procedure.objects.filter(key="niss").update(required_when="here")
    Procedure.objects.filter(key="nif").update(required_when="", recommended_when="", optional_when="")
    text = shown(browser)
    assert "3 of 3 checklists gain or lose something." in text
    rows = [" ".join(row.split("</tr>")[0].split()) for row in text.split("<tr>")]
    niss = next(row for row in rows if "procedure niss" in row)
    assert niss.endswith("<td>1</td> <td>1</td> <td>0</td> <td>0</td>")
    nif = next(row for row in rows if "procedure nif<" in row)
    assert nif.endswith("<td>0</td> <td>0</td> <td>0</td> <td>3</td>")


def test_live_checklists_that_gain_and_lose_nothing(browser, people):
    Step.objects.filter(key="ask").update(text="Ask twice.")
    assert "None of the 3 live checklists gains or loses a task or a paper." in shown(browser)


def test_personas_before_and_after(browser, people):
    Step.objects.filter(key="ask").update(text="Ask twice.")
    Alternative.objects.first().documents.set([Document.objects.get(key="nif-document")])
    Procedure.objects.filter(key="niss").update(required_when="here")
    text = shown(browser)
    anna = text.split("Anna in Portugal")[1]
    assert "new</ins> <strong>Get a Social Security number</strong>, because you are there" in anna
    assert "Ask twice." in anna


def test_days_that_move(browser, people):
    Deadline.objects.update(date="2027-01-02")
    text = shown(browser)
    assert "Get a tax number must start by" in text
    # The 2nd is a Saturday.
    assert "1 January 2027" in text


def test_personas_that_stay_the_same(browser, people):
    Procedure.objects.filter(key="niss").update(reason="You need it.")
    assert "Nothing changes for: Anna in Portugal, Undecided." in shown(browser)


def test_without_personas_the_page_says_where_to_make_them(browser, edition):
    Step.objects.filter(key="ask").update(text="Ask twice.")
    assert "No personas are saved yet." in shown(browser)


def test_a_broken_working_copy_has_no_effect_yet(browser, people):
    Step.objects.filter(key="go").update(when="nobody")
    assert "once the errors are mended" in shown(browser)


def test_many_checklists_are_counted_on_demand(browser, people, monkeypatch):
    monkeypatch.setattr(publishing, "MANY", 2)
    Procedure.objects.filter(key="niss").update(required_when="here")
    assert "Work out the effect on 3 live checklists" in shown(browser)
    assert "2 of 3 checklists gain or lose something." in shown(browser, live=1)


def test_making_an_older_edition_current_shows_the_same(client, publisher, people):
    client.force_login(publisher)
    Procedure.objects.filter(key="niss").update(required_when="here")
    publish(actor=None, note="", word="It will do.")
    address = reverse("admin:guides_edition_restore", args=[Edition.objects.get(number=1).pk])
    assert "2 of 3 checklists gain or lose something." in shown(client, address)


def test_looking_changes_no_checklist(browser, people):
    before = list(Checklist.objects.values())
    Procedure.objects.filter(key="niss").update(required_when="here")
    shown(browser)
    assert list(Checklist.objects.values()) == before


class TestWhoIsTold:
    def test_the_number_is_what_happens(self, browser, people):
        agreed = Checklist.objects.first()
        Subscription.objects.create(checklist=agreed, email="ana@example.org", confirmed_at=timezone.now())
        Step.objects.filter(key="ask").update(text="Ask twice.")
        Procedure.objects.filter(key="niss").update(required_when="here")
        page = browser.get(PUBLISH)
        foretold = page.context_data["effects"].told
        edition = publish(actor=None, note="", word="It will do.")
        tell_everybody()
        notices = ChangeNotice.objects.filter(edition=edition.number)
        mails = OutgoingMail.objects.filter(notice__in=notices)
        assert (foretold.told, foretold.mailed) == (notices.count(), mails.count()) == (3, 1)
        text = " ".join(page.text.split())
        assert "3 live checklists will be told</strong>, 1 of them by mail." in text
        assert "Ask twice." in text.split('class="told"')[1].split("</details>")[0]
        assert str(agreed.token) not in text

    def test_nobody(self, browser, people):
        Procedure.objects.filter(key="niss").update(reason="You need it.")
        assert "Nobody will be told: no live checklist changes." in shown(browser)

    def test_too_many_to_be_planned_at_once(self, browser, people, monkeypatch):
        monkeypatch.setattr(forecast, "PLANNED", 2)
        Step.objects.filter(key="ask").update(text="Ask twice.")
        assert "At most 3 live checklists will be told." in shown(browser)
        assert "3 live checklists will be told" in shown(browser, live=1)
