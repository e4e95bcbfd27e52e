"""Answers that cannot all be true are asked back where they are given."""

import pytest

from checklists.models import Checklist
from tests.checklists.pages import address, hidden_fields, not_sure

ANSWERS = {"destination": "es", "nationalities": ["us"], "activities": ["employee"]}


@pytest.fixture
def american(published, today):
    """An American employee who moves to Spain."""
    return Checklist.objects.start(answers=dict(ANSWERS), edition=1)


def say(client, checklist, name, key, **given):
    url = address(name, checklist, key)
    page = client.get(url)
    return client.post(url, {**hidden_fields(page), **not_sure(page, given), **given})


def stored(checklist):
    return Checklist.objects.get(pk=checklist.pk).answers


class TestConflict:
    def test_is_asked_back_and_nothing_is_saved(self, client, american):
        page = say(client, american, "question", "residence_basis", residence_basis="none_needed")
        assert page.status_code == 422
        assert "Citizens of United States of America need a permit to live in Spain" in page.text
        assert "Did you mean that you have not applied yet?" in page.text
        assert "residence_basis" not in stored(american)

    def test_it_is_so(self, client, american):
        url = address("question", american, "residence_basis")
        given = {"residence_basis": "none_needed"}
        page = say(client, american, "question", "residence_basis", **given)
        assert 'name="so" value="permit-needed"' in page.text
        response = client.post(url, {**hidden_fields(page), **given, "so": "permit-needed"})
        assert response.status_code == 302
        assert stored(american)["residence_basis"] == "none_needed"
        again = say(client, american, "question", "residence_basis", **given)
        assert again.status_code == 302, "what was confirmed is not asked again"

    def test_what_was_confirmed_is_asked_again_of_other_answers(self, client, american):
        american.answers["residence_basis"] = "none_needed"
        american.confirmed = {"permit-needed": {"residence_basis": "none_needed", "nationalities": ["us"]}}
        american.save()
        page = say(client, american, "change-answer", "nationalities", nationalities=["br"])
        assert page.status_code == 422
        assert "Citizens of Brazil need a permit" in page.text

    def test_is_confirmed_through_the_preview_of_a_change(self, client, american):
        american.answers["residence_basis"] = "not_started"
        american.save()
        given = {"residence_basis": "none_needed", "so": "permit-needed"}
        page = say(client, american, "change-answer", "residence_basis", **given)
        assert page.status_code == 200
        response = client.post(address("change-answer", american, "residence_basis"), hidden_fields(page))
        assert response.status_code == 302
        american.refresh_from_db()
        assert american.confirmed["permit-needed"] == {"residence_basis": "none_needed", "nationalities": ["us"]}

    def test_all_questions_on_one_page(self, client, american):
        url = address("all-answers", american)
        given = {
            **hidden_fields(client.get(url)),
            **ANSWERS,
            "eu_family_member": "no",
            "residence_basis": "none_needed",
        }
        page = client.post(url, given)
        assert page.status_code == 422
        assert 'form="all-answers"' in page.text
        assert client.post(url, {**given, "so": "permit-needed"}).status_code == 302

    def test_nobody_else_is_asked(self, client, american):
        response = say(client, american, "question", "residence_basis", residence_basis="not_started")
        assert response.status_code == 302


class TestImpossible:
    def test_is_refused_at_both_answers(self, client, american):
        url = address("question", american, "arrival_date")
        given = {"already_arrived": "yes", "arrival_date": "2027-06-01"}
        page = client.post(url, {**hidden_fields(client.get(url)), **given})
        assert page.status_code == 422
        assert "arrive on 1 June 2027, which is still to come" in page.text
        assert 'href="#id_arrival_date-day"' in page.text
        assert 'name="so"' not in page.text
        assert client.post(url, {**hidden_fields(page), **given, "so": "arrived-in-the-future"}).status_code == 422
