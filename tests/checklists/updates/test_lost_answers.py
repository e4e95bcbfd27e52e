"""Going back to an edition that lacks somebody's answer: said before, told in one line, asked again, no dead end."""

import pytest
from django.urls import reverse

from checklists.models import Checklist, Persona
from checklists.updates.rollouts import tell_everybody
from guides.catalogue.schema import Catalogue
from guides.editions.publishing import restore
from guides.models import Edition
from tests.checklists.publishing import FIRST, publish
from tests.guides.small import changed

pytestmark = pytest.mark.django_db


def with_france() -> Catalogue:
    """The small catalogue with a third country and two tasks there."""
    question = next(question for question in FIRST.questions if question.key == "destination")
    options = [option.model_dump() for option in question.options]
    options.append({"value": "fr", "label": "France", "phrase": "you move to France"})
    raw = changed(FIRST, "questions", "destination", options=options).model_dump(mode="json")
    raw["countries"].append({**raw["countries"][0], "key": "fr", "name": "France", "mark": "FR"})
    raw["authorities"].append({**raw["authorities"][0], "key": "mairie", "country": "fr"})
    niss = next(procedure for procedure in raw["procedures"] if procedure["key"] == "niss")
    raw["procedures"].append(
        {**niss, "key": "carte", "country": "fr", "authority": "mairie", "required_when": "always"}
    )
    return Catalogue.model_validate(raw)


@pytest.fixture
def parisian(db):
    """Somebody who moves to the country that the first edition does not know."""
    publish(FIRST)
    publish(with_france())
    return Checklist.objects.start(answers={"destination": "fr", "here": True}, edition=2)


def restore_page():
    return reverse("admin:guides_edition_restore", args=[Edition.objects.get(number=1).pk])


def test_the_page_says_so_before(client, publisher, parisian):
    Checklist.objects.start(answers={"destination": "pt"}, edition=2)
    client.force_login(publisher)
    text = " ".join(client.get(restore_page()).text.split())
    assert "1 live checklist has an answer that edition 1 does not know." in text
    assert "1: “France” to “Where to?”" in text
    assert "1 live checklist will be told" in text
    assert "None of the 2 live checklists gains or loses a task or a paper." in text


def test_it_is_told_in_one_line(parisian):
    restore(number=1, actor=None, note="")
    assert tell_everybody() == 1
    changes = parisian.notices.get().changes
    assert (changes["new"], changes["gone"]) == ([], [])
    assert [line["name"] for line in changes["changed"]] == [
        "Your answer “France” to “Where to?” is no longer offered. Please answer again"
    ]


def test_the_question_is_asked_again(client, parisian):
    restore(number=1, actor=None, note="")
    tell_everybody()
    assert "is no longer offered" in client.get(reverse("checklists:checklist", args=[parisian.token])).text
    page = client.get(reverse("checklists:next-question", args=[parisian.token]), follow=True)
    assert page.redirect_chain[-1][0].endswith("/questions/destination/")
    assert "Your earlier answer “France” can no longer be chosen." in page.text
    assert "“France”" in client.get(reverse("checklists:answers", args=[parisian.token])).text


def test_a_persona_is_told_the_same(client, publisher, parisian):
    Persona.objects.create(name="Paul in Paris", answers={"destination": "fr", "here": True})
    client.force_login(publisher)
    text = client.get(restore_page()).text.split("Paul in Paris")[1]
    assert "Your answer “France”" in text
    assert "no longer needed" not in text


def test_a_question_that_is_gone(client, publisher, db):
    publish(FIRST)
    raw = FIRST.model_dump(mode="json")
    raw["questions"].append(
        {"key": "has_pet", "kind": "yes_no", "text": "Any pet?", "why": "Pets travel.", "order": 99, "phrase": "pets"}
    )
    publish(Catalogue.model_validate(raw))
    checklist = Checklist.objects.start(answers={"destination": "pt", "here": True, "has_pet": True}, edition=2)
    client.force_login(publisher)
    assert "1: “Yes” to “Any pet?”" in " ".join(client.get(restore_page()).text.split())
    restore(number=1, actor=None, note="")
    tell_everybody()
    assert client.get(reverse("checklists:answers", args=[checklist.token])).status_code == 200


def test_nobody_holds_what_is_taken_out(client, publisher, parisian):
    parisian.delete()
    client.force_login(publisher)
    assert "does not know" not in client.get(restore_page()).text
