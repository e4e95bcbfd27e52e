"""Undo: restore what was deleted, revert what was changed, and old values in the history."""

import json

import pytest
from django.urls import reverse

from guides.editions.publication_state import unpublished
from guides.models import Document, Fact, Procedure, Term
from tests.guides.forms import filled_form, page


@pytest.fixture
def browser(client, editor, edition):
    client.force_login(editor)
    return client


def address(section, key):
    return reverse("entries:revert", args=[section, key])


def reverted(browser, section, key):
    """The way back, as the page offers it."""
    shown = browser.get(address(section, key))
    return browser.post(address(section, key), {"seen": shown.context_data["found"].seen})


def deleted(browser, model, key):
    row = model.objects.get(key=key)
    seen = browser.get(page(model, "delete", row.pk)).context_data["seen"]
    return browser.post(page(model, "delete", row.pk), {"post": "yes", "_seen": seen})


def test_a_deleted_entry_is_restored_from_its_list(browser):
    Procedure.objects.filter(key="nif").update(required_when="")
    assert deleted(browser, Term, "to_portugal").status_code == 302
    assert f'href="{address("terms", "to_portugal")}"' in browser.get(page(Term, "changelist")).text
    assert reverted(browser, "terms", "to_portugal").status_code == 302
    assert reverted(browser, "procedures", "nif").status_code == 302
    assert unpublished() == 0


def test_an_entry_with_parts_is_as_it_was(browser, edition):
    Procedure.objects.get(key="niss").delete()
    nif = Procedure.objects.get(key="nif")
    nif.steps.all().delete()
    nif.requirements.all().delete()
    Procedure.objects.filter(pk=nif.pk).update(summary="Something else.")
    shown = browser.get(address("procedures", "nif"))
    assert "Gives you the NIF." in shown.text
    assert nif.steps.count() == 0
    assert reverted(browser, "procedures", "nif").status_code == 302
    assert Procedure.objects.get(key="nif").pk == nif.pk
    assert nif.requirements.get().alternatives.count() == 2
    assert reverted(browser, "procedures", "niss").status_code == 302
    assert unpublished() == 1  # The guide that named the other procedure: the database took it off its list.


def test_what_it_needs_comes_first(browser):
    Document.objects.filter(key="nif-document").delete()
    Fact.objects.filter(key="nif.fee").delete()
    refused = reverted(browser, "facts", "nif.what")
    assert refused.status_code == 422
    assert f'href="{address("facts", "nif.fee")}"' in refused.text


def test_somebody_was_quicker(browser):
    Procedure.objects.filter(key="nif").update(summary="Mine.")
    seen = browser.get(address("procedures", "nif")).context_data["found"].seen
    Procedure.objects.filter(key="nif").update(summary="Theirs.")
    refused = browser.post(address("procedures", "nif"), {"seen": seen})
    assert refused.status_code == 409
    assert "Theirs." in refused.text
    assert Procedure.objects.get(key="nif").summary == "Theirs."


def test_nothing_to_do_and_nothing_there(browser):
    assert "There is nothing to do" in browser.get(address("terms", "to_portugal")).text
    assert browser.get(address("terms", "nobody")).status_code == 404
    assert browser.get(address("nothing", "nobody")).status_code == 404


def test_the_page_of_an_entry_leads_there_once_it_is_published(browser):
    row = Term.objects.get(key="to_portugal")
    assert address("terms", "to_portugal") in browser.get(page(Term, "change", row.pk)).text
    Term.objects.create(key="fresh", condition="here", phrase="a", negative_phrase="b")
    row = Term.objects.get(key="fresh")
    assert "/published/" not in browser.get(page(Term, "change", row.pk)).text


def test_the_history_shows_what_was_there_before(browser):
    row = Procedure.objects.get(key="nif")
    data = filled_form(browser.get(page(Procedure, "change", row.pk)))
    data |= {"summary": "A shorter one.", "steps-1-text": "Ask nicely."}
    assert browser.post(page(Procedure, "change", row.pk), data).status_code == 302
    told = browser.get(page(Procedure, "history", row.pk)).text
    assert all(text in told for text in ("Gives you the NIF.", "A shorter one.", "Ask.", "Ask nicely."))
    reverted(browser, "procedures", "nif")
    assert "Made again as edition 1 has it." in browser.get(page(Procedure, "history", row.pk)).text


def test_what_the_history_keeps_is_bounded(browser):
    from django.contrib.admin.models import LogEntry

    row = Procedure.objects.get(key="nif")
    data = filled_form(browser.get(page(Procedure, "change", row.pk)))
    browser.post(page(Procedure, "change", row.pk), {**data, "summary": "long " * 2000})
    [part] = [part for part in json.loads(LogEntry.objects.first().change_message) if "difference" in part]
    assert all(len(text) <= 300 for kept in part["difference"] for text in kept.values())


def test_the_publish_page_says_who_deleted_what_is_missing(browser):
    deleted(browser, Term, "to_portugal")
    Term.objects.filter(key="to_portugal").delete()
    Procedure.objects.filter(key="niss").update(required_when="to_portugal")
    told = browser.get(reverse("admin:guides_edition_add")).text
    assert "1 error keeps this from being published." in told
    assert "“to_portugal” is not there" in told
    assert "and 1 entry that uses it" in told
    assert f'href="{address("terms", "to_portugal")}"' in told


def test_who_deleted_it(browser):
    Procedure.objects.filter(key="nif").update(required_when="")
    deleted(browser, Term, "to_portugal")
    Procedure.objects.filter(key="nif").update(required_when="to_portugal")
    assert "Deleted by editor@example.org, " in browser.get(reverse("admin:guides_edition_add")).text
