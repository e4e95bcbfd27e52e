"""The questionnaire as pages: one question each, errors that can be found, answers that are kept."""

import re

import pytest

from checklists.models import Checklist
from checklists.planner import plan
from checklists.planning import plan_answers
from checklists.questionnaire import Questionnaire
from tests.checklists.conftest import TODAY, answers_of
from tests.checklists.pages import address, day_in, hidden_fields, not_sure
from tests.shipped import shipped_catalogue


def say(client, checklist, key, **given):
    """Answer a question as the page in front of the reader would send it, and be not sure of what else is asked."""
    url = address("question", checklist, key)
    page = client.get(url)
    return client.post(url, {**hidden_fields(page), **not_sure(page, given), **given})


def stored(checklist):
    return Checklist.objects.get(pk=checklist.pk).answers


class TestQuestion:
    def test_shows_why_it_is_asked_its_number_and_the_plan_so_far(self, client, beginner):
        response = client.get(address("question", beginner, "activities"))
        assert response.status_code == 200
        assert "<h1>What will you do in Spain?</h1>" in response.text
        assert "Why we ask" in response.text
        assert "Question 2" in response.text
        assert "Your list so far" in response.text

    def test_says_by_name_what_the_last_answer_did(self, client, beginner):
        say(client, beginner, "nationalities", nationalities=["us"])
        page = client.get(address("question", beginner, "activities")).text
        [ruled_out] = re.findall(r"<strong>Ruled out:</strong> ([^<]*)<", page)
        assert "EU citizen registration certificate" in ruled_out
        assert re.search(r"<dt>sure</dt><dd>\d+</dd>", page)
        assert re.search(r"<dt>possible</dt><dd>\d+</dd>", page)
        assert re.search(r"\d+ tasks sure, \d+ possible", page), "in one line on a phone"

    def test_many_answers_stand_below_headings_in_two_columns(self, client, beginner):
        page = client.get(address("question", beginner, "activities")).text
        headings = re.findall(r'<p class="asked__group" id="(\w+)">(.*?)</p>', page)
        assert [title for _id, title in headings] == ["Work", "Study and family", "Pension and other income"]
        assert [f'role="group" aria-labelledby="{number}"' in page for number, _title in headings] == [True] * 3
        assert page.index("Study and family") < page.index("Join or accompany my family") < page.index("None of these")
        assert "choices--two" in page
        assert "choices--two" not in client.get(address("question", beginner, "housing")).text

    def test_next_question_is_the_first_open_one(self, client, beginner):
        assert client.get(address("next-question", beginner)).url == address("question", beginner, "nationalities")

    def test_answer_is_saved_and_leads_on(self, client, beginner):
        response = say(client, beginner, "activities", activities=["student", "employee"])
        assert response.url == client.get(address("next-question", beginner)).url
        assert client.get(response.url).status_code == 200
        assert stored(beginner)["activities"] == ["student", "employee"]

    def test_several_citizenships_without_scripts(self, client, beginner):
        url = address("question", beginner, "nationalities")
        page = client.get(url)
        assert page.text.count('name="nationalities"') == 1
        page = client.post(url, {**hidden_fields(page), "nationalities": ["us"], "more": "nationalities"})
        assert page.status_code == 200
        assert page.text.count('name="nationalities"') == 2
        assert 'value="United States of America"' in page.text
        assert re.search(r'<input [^>]*id="id_nationalities_1"[^>]* autofocus', page.text)
        client.post(url, {**hidden_fields(page), "nationalities": ["us", "br", ""]})
        assert stored(beginner)["nationalities"] == ["us", "br"]

    def test_not_sure_is_kept_and_not_asked_again(self, client, beginner):
        response = say(client, beginner, "nationalities", unsure="1")
        assert stored(beginner)["nationalities"] is None
        assert response.url != address("question", beginner, "nationalities")
        assert client.get(response.url).status_code == 200

    def test_destination_has_to_be_said(self, client, beginner):
        assert "I am not sure" not in client.get(address("question", beginner, "destination")).text
        assert "I am not sure" not in client.get(address("change-answer", beginner, "destination")).text

    def test_dates_that_belong_together_share_a_page(self, client, freelancer):
        page = client.get(address("question", freelancer, "activity_start"))
        assert "Dates that matter" in page.text
        assert day_in(page, "activity_start") == "15 2 2027"
        assert "15 February 2027 (Monday)" in page.text
        assert day_in(page, "permit_decision_date") == "12 1 2027"

    def test_a_day_is_typed_in_three_fields_or_pasted_into_one(self, client, freelancer):
        url = address("question", freelancer, "activity_start")
        given = {"activity_start-day": "3", "activity_start-month": "March", "activity_start-year": "2027"}
        given |= {"permit_decision_date-day": "12 January 2027", "permit_decision_date-month": ""}
        client.post(url, {**hidden_fields(client.get(url)), **given})
        assert stored(freelancer)["activity_start"] == "2027-03-03"
        assert stored(freelancer)["permit_decision_date"] == "2027-01-12"

    def test_nothing_on_a_shared_page_is_passed_over(self, client, freelancer):
        url = address("question", freelancer, "activity_start")
        given = {"activity_start": "2027-03-01", "permit_decision_date": ""}
        page = client.post(url, {**hidden_fields(client.get(url)), **given})
        assert page.status_code == 422
        assert 'href="#id_permit_decision_date-day"' in page.text
        assert "2 of 2" in page.text
        client.post(url, {**hidden_fields(page), **given, "unsure": "permit_decision_date"})
        assert stored(freelancer)["activity_start"] == "2027-03-01"
        assert stored(freelancer)["permit_decision_date"] is None

    def test_back_leads_to_the_question_before(self, client, beginner):
        page = client.get(address("question", beginner, "nationalities"))
        assert f'href="{address("question", beginner, "destination")}"' in page.text

    @pytest.mark.parametrize("persona", ["es-01", "es-05", "pt-01", "pt-23"])
    def test_back_leads_through_all_pages_as_they_were_asked(self, persona):
        compiled, answers, raw, before = shipped_catalogue(), answers_of(persona), {}, None
        while screen := (asking := Questionnaire(compiled, raw, TODAY)).next_screen():
            if before:
                assert asking.previous_key(screen.key) in before.keys
            raw |= {key: answers.get(key) for key in screen.keys}
            before = screen

    @pytest.mark.parametrize(
        ("persona", "offered"), [("es-01", True), ("pt-23", True), ("es-05", False), ("pt-01", False)]
    )
    def test_a_national_card_is_offered_where_it_is_good(self, persona, offered):
        asking = Questionnaire(shipped_catalogue(), answers_of(persona), TODAY)
        documents = [key for key, _name in asking.useful_documents()]
        assert ("national-identity-card" in documents, "passport" in documents) == (offered, True)

    def test_a_national_card_in_hand_is_the_one_identity(self):
        answers = {**answers_of("es-01"), "in_hand": ["national-identity-card"]}
        papers = plan_answers(shipped_catalogue(), answers, TODAY).papers
        [identity] = [paper for paper in papers if {"identity-document", "identity"} & {paper.key, *paper.covers}]
        assert (identity.key, identity.in_hand) == ("national-identity-card", True)

    def test_only_answers_of_the_destination_are_offered(self, client, freelancer):
        page = client.get(address("question", freelancer, "digital_id"))
        assert "FNMT digital certificate" in page.text
        assert "Chave Móvel Digital" not in page.text

    def test_papers_are_called_as_in_the_destination(self, client, freelancer):
        page = client.get(address("change-answer", freelancer, "in_hand")).text
        assert "Pasaporte" in page
        assert "Passaporte" not in page

    def test_one_of_many_answers_is_chosen_from_a_list_that_opens(self, client, freelancer):
        url = address("change-answer", freelancer, "region")
        page = client.get(url).text
        opened = re.search(r'<select [^>]*id="id_region".*?</select>', page, re.S)[0]
        assert '<label for="id_region">In which region of Spain?</label>' in page
        assert opened.count("<option") == 20
        assert '<option value="ceuta">Ceuta</option>' in opened
        assert 'value="other"' not in opened
        assert 'type="radio" name="region"' not in page

    def test_a_list_that_opens_wants_an_answer_too(self, client, beginner):
        url = address("question", beginner, "region")
        page = client.get(url)
        given = {"housing": "owner", "region": ""}
        refused = client.post(url, {**hidden_fields(page), **given})
        assert refused.status_code == 422
        assert 'href="#id_region"' in refused.text
        client.post(url, {**hidden_fields(page), **given, "region": "aragon"})
        assert stored(beginner)["region"] == "aragon"

    def test_of_a_list_that_opens_one_may_be_unsure(self, client, beginner):
        url = address("question", beginner, "region")
        page = client.get(url)
        client.post(url, {**hidden_fields(page), "housing": "owner", "region": "", "unsure": "region"})
        assert stored(beginner)["region"] is None
        assert stored(beginner)["housing"] == "owner"

    def test_queries_are_few(self, client, freelancer, django_assert_num_queries):
        url = address("question", freelancer, "housing")
        with django_assert_num_queries(1):
            client.get(url)

    @pytest.mark.parametrize(
        ("key", "given", "message"),
        [
            ("activities", {}, "Choose an answer"),
            ("activities", {"activities": ["juggler"]}, "juggler is not one of the available choices"),
            ("housing", {"housing": "igloo"}, "igloo is not one of the available choices"),
            ("nationalities", {"nationalities": ["xx"]}, "We know no country called “xx”"),
            ("family", {"family": ["none", "spouse"]}, "does not go together with other answers"),
            ("stay_months", {"stay_months": "many"}, "Enter a whole number"),
            ("stay_months", {"stay_months": "-3"}, "greater than or equal to 0"),
            ("arrival_date", {"arrival_date": "2027-02-30"}, "February 2027 has no day 30."),
            ("arrival_date", {"arrival_date": "3027-02-03"}, "must be between"),
            ("arrival_date", {"arrival_date": "0027-02-03"}, "must be between"),
            ("activities", {"activities": ["not_working", "student"]}, "does not go together with other answers"),
        ],
    )
    def test_bad_answer_is_explained_at_its_field_and_nothing_is_lost(self, client, beginner, key, given, message):
        before = stored(beginner)
        response = say(client, beginner, key, **given)
        assert response.status_code == 422
        assert response.text.count(message) == 2, "once in the summary, once at the field"
        assert f'href="#id_{key}' in response.text
        assert "<title>Error:" in response.text
        assert stored(beginner) == before

    def test_end_before_the_beginning_is_refused(self, client, freelancer):
        response = say(client, freelancer, "birth_date", birth_date="2026-11-01", arrival_date="2026-10-01")
        assert response.status_code in (302, 422)
        say(client, freelancer, "posting_start", posting_start="2027-05-01", posting_end="2027-04-01")
        assert "posting_end" not in stored(freelancer)

    def test_what_was_typed_stays_in_the_form(self, client, freelancer):
        response = say(
            client, freelancer, "activity_start", activity_start="30/2/2027", permit_decision_date="nonsense"
        )
        assert day_in(response, "activity_start") == "30 2 2027"
        assert 'value="nonsense"' in response.text

    def test_markup_in_an_answer_is_escaped(self, client, beginner):
        response = say(client, beginner, "housing", housing="<script>alert(1)</script>")
        assert "<script>alert" not in response.text

    @pytest.mark.parametrize("key", ["shoe-size", "x" * 300])
    def test_unknown_question_is_not_found(self, client, beginner, key):
        assert client.get(address("question", beginner, key)).status_code == 404

    def test_other_methods_are_refused(self, client, beginner):
        assert client.delete(address("question", beginner, "housing")).status_code == 405
        assert client.post(address("next-question", beginner)).status_code == 405


class TestWork:
    """Planning is what costs most on these pages."""

    @pytest.fixture
    def plans(self, monkeypatch):
        made = []

        def counted(*args):
            made.append(args)
            return plan(*args)

        monkeypatch.setattr("checklists.client.views.questions.plan", counted)
        return made

    def test_saving_an_answer_plans_nothing_and_the_next_page_twice(self, client, beginner, plans):
        url = address("question", beginner, "activities")
        seen = hidden_fields(client.get(url))
        plans.clear()
        response = client.post(url, {**seen, "activities": ["student"]})
        assert plans == []
        assert client.get(response.url).status_code == 200
        assert 1 <= len(plans) <= 2


class TestStaleAnswers:
    def test_fall_away_when_the_destination_changes(self, client, freelancer):
        assert "region" not in stored(freelancer)
        say(client, freelancer, "region", region="madrid")
        response = say(client, freelancer, "destination", destination="pt")
        answers = stored(freelancer)
        assert answers["destination"] == "pt"
        assert "region" not in answers
        page = client.get(response.url, follow=True).text
        line, _summary, folded = page.partition("<summary>See which ones</summary>")
        assert "answers do not matter any more and were put aside" in line
        assert "<li>In which region of Spain?</li>" in folded

    def test_an_answer_that_is_not_asked_is_dropped(self, client, freelancer):
        say(client, freelancer, "niss_state", niss_state="held")
        assert "niss_state" not in stored(freelancer)


class TestTwoBrowsers:
    def test_same_question_shows_both_answers(self, client, beginner):
        url = address("question", beginner, "housing")
        seen = hidden_fields(client.get(url))
        client.post(url, {**seen, "housing": "owner", "region": "madrid"})
        response = client.post(url, {**seen, "housing": "guest", "region": "madrid"})
        assert response.status_code == 409
        assert "My own home" in response.text
        assert "With family or friends" in response.text
        assert stored(beginner)["housing"] == "owner"

    def test_own_answer_can_be_saved_after_all(self, client, beginner):
        url = address("question", beginner, "housing")
        seen = hidden_fields(client.get(url))
        client.post(url, {**seen, "housing": "owner", "region": "madrid"})
        conflict = client.post(url, {**seen, "housing": "guest", "region": "madrid"})
        client.post(url, hidden_fields(conflict))
        assert stored(beginner)["housing"] == "guest"

    def test_different_questions_are_no_conflict(self, client, beginner):
        first, second = (address("question", beginner, key) for key in ("housing", "activities"))
        seen = hidden_fields(client.get(first))
        client.post(first, {**seen, "housing": "owner", "region": "madrid"})
        assert client.post(second, {**seen, "activities": ["student"]}).status_code == 302
        assert stored(beginner)["housing"] == "owner"
        assert stored(beginner)["activities"] == ["student"]

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 5000, "²"])
    def test_a_form_that_has_not_seen_it_overwrites_nothing(self, client, beginner, seen):
        say(client, beginner, "housing", housing="owner")
        response = client.post(address("question", beginner, "housing"), {"housing": "guest", "seen": seen})
        assert response.status_code in (409, 422)
        assert stored(beginner)["housing"] == "owner"
