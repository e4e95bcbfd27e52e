"""Editors write tasks, alerts, recurring duties and what a document stands for, in plain words."""

import pytest
from django.urls import reverse

from guides.editions.working_copy import snapshot
from guides.models import Alert, Channel, Document, Fact, Procedure, Question, Task
from tests.guides.forms import filled_form, page


@pytest.fixture
def small(full):
    return full


@pytest.fixture
def browser(client, editor, working_copy):
    client.force_login(editor)
    return client


def address(model, key):
    return page(model, "change", model.objects.get(key=key).pk)


def save(browser, where, **changes):
    return browser.post(where, {**filled_form(browser.get(where)), **changes})


def entry(section, key):
    return next(found for found in getattr(snapshot(), section) if found.key == key)


def test_a_new_task(browser):
    ways = list(Procedure.objects.filter(key__in=["nif", "niss"]).values_list("pk", flat=True))
    country = Procedure.objects.first().country.pk
    numbers = {"key": "numbers", "country": country, "name": "Both numbers", "ways": ways}
    assert browser.post(page(Task, "add"), numbers).status_code == 302
    assert set(entry("tasks", "numbers").ways) == {"nif", "niss"}


def test_a_new_alert(browser):
    fields = {
        "key": "short-stay",
        "kind": "notice",
        "order": 3,
        "when": "here and stay_months < 3",
        "text": "You stay {stay_months} months.",
        "date": "arrival_date + 3 months",
        "about": "stay_months, nif  passport",
        "stops": [Procedure.objects.get(key="nif").pk],
        "facts": [Fact.objects.get(key="nif.what").pk],
    }
    assert browser.post(page(Alert, "add"), fields).status_code == 302
    made = entry("alerts", "short-stay")
    assert (made.kind, made.about, made.stops) == ("notice", ("stay_months", "nif", "passport"), ("nif",))


def test_an_alert_says_who_reads_it_and_on_which_day(browser):
    told = browser.get(address(Alert, "too-long")).text
    assert "If you move to Portugal, and you are there, and the answer to “When?” is before 90 days before" in told
    assert "120 days after the answer to “When?”." in told
    assert 'value="arrival_date, nif, passport"' in told


@pytest.mark.parametrize(
    ("model", "key", "field", "sentence"),
    [
        (Document, "passport", "held_when", "In no case."),
        (Document, "passport", "covers-0-when", "In every case."),
        (Question, "here", "stale_when", "In no case."),
        (Alert, "too-long", "date", "No day is counted."),
    ],
)
def test_what_an_empty_field_means(browser, model, key, field, sentence):
    where = address(model, key)
    save(browser, where, **{field: ""})
    drawn = browser.get(where).text
    assert sentence in drawn[drawn.index(f'id="id_{field}_says"') :].partition("</div>")[0]


@pytest.mark.parametrize(
    ("model", "key", "field"),
    [
        (Alert, "too-long", "when"),
        (Alert, "too-long", "date"),
        (Document, "passport", "held_when"),
        (Document, "passport", "covers-0-when"),
        (Question, "here", "stale_when"),
        (Question, "destination", "options-0-hints-0-when"),
        (Procedure, "contributions", "recurring-0-first"),
        (Procedure, "contributions", "recurring-1-when"),
    ],
)
def test_an_expression_that_does_not_parse_is_refused(browser, small, model, key, field):
    response = save(browser, address(model, key), **{field: "nowhere"})
    assert response.status_code == 200
    assert ("“nowhere” is no day" if field.endswith(("date", "first")) else "There is no question") in response.text
    assert snapshot() == small


def test_a_document_that_stands_for_another(browser):
    number = Document.objects.get(key="nif-document")
    changes = {"covers-1-document": number.pk, "covers-1-when": "here", "held_when": "stay_months > 3"}
    assert save(browser, address(Document, "passport"), **changes).status_code == 302
    passport = entry("documents", "passport")
    assert [(cover.document, cover.when) for cover in passport.covers] == [
        ("identity-document", "stay_months >= 3"),
        ("nif-document", "here"),
    ]
    assert passport.held_when == "stay_months > 3"


def test_a_document_cannot_stand_for_itself(browser, small):
    passport = Document.objects.get(key="passport")
    response = save(browser, address(Document, "passport"), **{"covers-0-document": passport.pk})
    assert "A document cannot stand for itself." in response.text
    assert snapshot() == small


def test_a_duty_on_a_day_of_some_months(browser):
    assert 'value="1, 4, 7, 10"' in browser.get(address(Procedure, "contributions")).text
    changes = {"recurring-0-months": "6 12", "recurring-0-day": "15"}
    assert save(browser, address(Procedure, "contributions"), **changes).status_code == 302
    duty = entry("procedures", "contributions").recurring[0]
    assert (duty.months, duty.day) == ((6, 12), 15)


@pytest.mark.parametrize("months", ["13", "June", "1, x"])
def test_what_is_no_month(browser, small, months):
    response = save(browser, address(Procedure, "contributions"), **{"recurring-0-months": months})
    assert "Write months by number, for example 1, 4, 7, 10." in response.text
    assert f'value="{months}"' in response.text
    assert snapshot() == small


def test_a_channel_and_a_deadline(browser):
    changes = {
        "channels-0-place": "anywhere",
        "channels-0-processing_assumed_days": "30",
        "channels-0-credentials": "",
        "deadlines-0-cost": "Twice the fee.",
    }
    assert save(browser, address(Procedure, "nif"), **changes).status_code == 302
    nif = entry("procedures", "nif")
    assert (nif.channels[0].place, nif.channels[0].credentials) == ("anywhere", ())
    assert nif.channels[0].processing.assumed_days == 30
    assert nif.deadlines[0].cost == "Twice the fee."
    assert Channel.objects.get().credentials == []


def test_a_hint_inside_an_option(browser):
    changes = {"options-1-hints-0-text": "Madrid and beyond.", "options-1-hints-0-when": "here"}
    assert save(browser, address(Question, "destination"), **changes).status_code == 302
    options = entry("questions", "destination").options
    assert [(hint.text, hint.when) for hint in options[1].hints] == [("Madrid and beyond.", "here")]


def test_a_hint_needs_its_condition(browser, small):
    response = save(browser, address(Question, "destination"), **{"options-1-hints-0-text": "Madrid and beyond."})
    assert response.status_code == 200
    assert snapshot() == small


def test_a_calendar_is_a_code(browser, small):
    response = save(browser, address(Question, "destination"), **{"options-1-calendar": "Madrid"})
    assert "Use the code of a country or of a part of one, for example PT or PT-11." in response.text
    assert snapshot() == small


@pytest.mark.parametrize(
    ("model", "words", "found"),
    [
        (Alert, "came on", {"too-long"}),
        (Alert, "a tax number", {"too-long"}),
        (Task, "pedir o nif", {"tax-number"}),
        (Document, "identity", {"passport", "identity-document"}),
        (Procedure, "mandate", {"contributions"}),
    ],
)
def test_they_are_found_by_their_words_and_by_what_they_name(browser, model, words, found):
    rows = browser.get(page(model, "changelist"), {"q": words}).context_data["cl"].result_list
    assert {row.key for row in rows} == found


@pytest.mark.parametrize(
    ("model", "key", "named"),
    [
        (Procedure, "nif", {"tax-number", "too-long", "niss", "work-in-portugal"}),
        (Document, "passport", {"too-long"}),
        (Document, "identity-document", {"passport"}),
        (Question, "arrival_date", {"too-long", "not-yet-there"}),
    ],
)
def test_what_they_name_is_not_deleted(browser, model, key, named):
    told = "".join(browser.get(page(model, "delete", model.objects.get(key=key).pk)).context_data["protected"])
    assert all(f">{name}<" in told for name in named)


def test_a_fact_says_that_an_alert_and_a_document_rest_on_it(browser):
    Fact.objects.update(verified_on=None, review_due=None)
    told = browser.get(reverse("admin:guides_fact_reviews")).text
    for where in (address(Alert, "too-long"), address(Document, "passport")):
        assert f'href="{where}"' in told


def test_two_editors_on_one_alert(browser, client):
    """Each changed another field, so both are kept."""
    where = address(Alert, "too-long")
    drawn = filled_form(browser.get(where))
    save(browser, where, about="arrival_date")
    assert browser.post(where, {**drawn, "date": "arrival_date + 90 days"}).status_code == 302
    kept = Alert.objects.get(key="too-long")
    assert (kept.about, kept.date) == (["arrival_date"], "arrival_date + 90 days")
