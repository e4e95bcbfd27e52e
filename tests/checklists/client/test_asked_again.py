"""Answers that count no more are asked again: overtaken by time, or unknown to the edition; and those put aside."""

import datetime

import pytest
from django.utils import timezone

from checklists.models import Checklist
from checklists.updates.rollouts import tell_everybody
from tests.checklists.pages import address, hidden_fields, not_sure
from tests.checklists.publishing import FIRST, publish, somebody
from tests.guides.small import changed
from tests.shipped import shipped_catalogue

LATER = datetime.date(2027, 3, 1)


def say(client, checklist, key, **given):
    url = address("question", checklist, key)
    page = client.get(url)
    return client.post(url, {**hidden_fields(page), **not_sure(page, given), **given})


def stored(checklist):
    return Checklist.objects.get(pk=checklist.pk).answers


@pytest.fixture
def employee_in_madrid(published, today):
    """A German employee who wants to move to Madrid in January."""
    answers = {
        "destination": "es", "nationalities": ["de"], "activities": ["employee"],
        "housing": "owner", "region": "madrid", "already_arrived": False,
        "arrival_date": "2027-01-04", "contract_start": "2027-03-01",
    }  # fmt: skip
    return Checklist.objects.start(answers=answers, edition=1)


@pytest.fixture
def later(monkeypatch, today):
    """The day of arrival has passed."""

    def go():
        monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: LATER)

    return go


class TestOvertaken:
    def test_is_asked_first(self, client, employee_in_madrid, later):
        assert "already_arrived" not in client.get(address("next-question", employee_in_madrid)).url
        later()
        url = client.get(address("next-question", employee_in_madrid)).url
        page = client.get(url)
        assert url == address("question", employee_in_madrid, "already_arrived")
        assert "You wanted to arrive in Spain on 4 January 2027. Are you there?" in page.text
        assert 'value="no" checked' not in page.text
        assert client.get(address("change-answer", employee_in_madrid, "already_arrived")).status_code == 200

    def test_the_same_answer_is_no_answer(self, client, employee_in_madrid, later):
        later()
        page = say(client, employee_in_madrid, "already_arrived", already_arrived="no", arrival_date="2027-01-04")
        assert page.status_code == 422
        assert "Change this answer, or the day." in page.text

    @pytest.mark.parametrize(("arrived", "day"), [("yes", "2027-01-04"), ("no", "2027-04-01")])
    def test_a_new_one_is(self, client, employee_in_madrid, later, arrived, day):
        later()
        response = say(client, employee_in_madrid, "already_arrived", already_arrived=arrived, arrival_date=day)
        assert response.status_code == 302
        assert "already_arrived" not in response.url
        assert stored(employee_in_madrid)["arrival_date"] == day

    def test_stands_among_the_open_answers(self, client, employee_in_madrid, later):
        later()
        page = client.get(address("answers", employee_in_madrid)).text
        assert "No – this may have changed. Please answer again." in page

    def test_the_state_of_the_visa_is_asked_with_it(self, client, employee_in_madrid, later):
        employee_in_madrid.answers |= {
            "nationalities": ["us"], "residence_basis": "visa_applied_for", "permit_purpose": "work",
        }  # fmt: skip
        employee_in_madrid.save()
        later()
        page = client.get(address("question", employee_in_madrid, "residence_basis")).text
        assert 'name="already_arrived"' in page
        assert 'name="residence_basis"' in page
        assert 'value="visa_applied_for" checked' not in page


class TestUnknownToTheEdition:
    @pytest.fixture
    def islander(self, employee_in_madrid):
        """Somebody whose region was taken out of the questionnaire."""
        employee_in_madrid.answers["region"] = "atlantis"
        employee_in_madrid.save()
        catalogue = shipped_catalogue().catalogue
        region = next(question for question in catalogue.questions if question.key == "region")
        atlantis = {"value": "atlantis", "label": "Atlantis", "phrase": "you will live in Atlantis"}
        options = [*(option.model_dump() for option in region.options), atlantis]
        publish(changed(catalogue, "questions", "region", options=options))
        publish(catalogue)
        return employee_in_madrid

    def test_is_asked_again_with_its_old_words(self, client, islander):
        earlier = "Your earlier answer “Atlantis” can no longer be chosen. Please answer again."
        assert earlier in client.get(address("question", islander, "region")).text
        assert earlier in client.get(address("answers", islander)).text

    def test_is_no_dead_end(self, client, islander):
        page = client.get(address("next-question", islander), follow=True)
        while "region" not in page.redirect_chain[-1][0] and "questions" in page.redirect_chain[-1][0]:
            key = page.redirect_chain[-1][0].rstrip("/").rsplit("/", 1)[1]
            page = say(client, islander, key, unsure="1")
            page = client.get(page.url, follow=True)
            page.redirect_chain = page.redirect_chain or [(page.request["PATH_INFO"], 200)]
        assert "can no longer be chosen" in page.text

    def test_stays_while_other_answers_change(self, client, islander):
        say(client, islander, "activities", activities=["student", "employee"])
        assert stored(islander)["region"] == "atlantis"

    def test_is_told_in_one_line(self, db):
        publish(FIRST)
        checklist = somebody(stay_months=13)
        publish(changed(FIRST, "questions", "stay_months", maximum=12))
        tell_everybody()
        changes = checklist.notices.get().changes
        assert (changes["new"], changes["gone"]) == ([], [])
        [line] = changes["changed"]
        assert line["name"] == "Your answer “13 months” to “How long?” is no longer offered. Please answer again"


class TestPutAside:
    @pytest.fixture
    def retired(self, client, employee_in_madrid):
        """Somebody who changed their mind, and thereby lost an answer."""
        self.response = say(client, employee_in_madrid, "activities", activities=["retired"])
        employee_in_madrid.refresh_from_db()
        return employee_in_madrid

    def test_is_named_and_no_answer(self, client, retired):
        page = client.get(self.response.url).text
        line, _summary, folded = page.partition("<summary>See which one</summary>")
        assert "1 answer does not matter any more and was put aside." in line
        assert "<li>When does your work in Spain start?</li>" in folded
        assert "contract_start" not in retired.answers
        assert retired.put_aside["contract_start"] == "2027-03-01"

    def test_is_not_offered_while_nothing_asks_for_it(self, client, retired):
        assert "Answer the same again" not in client.get(address("answers", retired)).text

    def test_comes_back_with_one_click(self, client, retired):
        say(client, retired, "activities", activities=["employee"])
        page = client.get(address("answers", retired))
        assert "When does your work in Spain start?" in page.text
        assert "1 March 2027" in page.text
        client.post(address("take-back", retired), hidden_fields(page))
        retired.refresh_from_db()
        assert retired.answers["contract_start"] == "2027-03-01"
        assert retired.put_aside == {}

    def test_is_offered_beside_the_next_question(self, client, retired):
        response = say(client, retired, "activities", activities=["employee"])
        assert "Answer the same again" in client.get(response.url).text

    def test_a_new_answer_takes_its_place(self, client, retired):
        say(client, retired, "activities", activities=["employee"])
        say(client, retired, "contract_start", contract_start="2027-04-01")
        retired.refresh_from_db()
        assert retired.put_aside == {}

    def test_looking_brings_nothing_back(self, client, retired):
        assert client.get(address("take-back", retired)).status_code == 405
