"""The summary of answers, a changed answer with its effect, and all questions at once."""

from checklists.models import Checklist
from tests.checklists.pages import address, day_in, hidden_fields


def stored(checklist):
    return Checklist.objects.get(pk=checklist.pk).answers


def preview(client, checklist, key, **given):
    url = address("change-answer", checklist, key)
    return client.post(url, {**hidden_fields(client.get(url)), **given})


class TestSummary:
    def test_holds_every_answer_in_words_with_change(self, client, freelancer):
        page = client.get(address("answers", freelancer)).text
        assert "United States of America" in page
        assert "My permit is granted, I have no card yet" in page
        assert "25 January 2027 (Monday)" in page
        assert f'href="{address("change-answer", freelancer, "housing")}"' not in page
        assert f'href="{address("change-answer", freelancer, "activities")}"' in page

    def test_marks_what_is_open(self, client, freelancer):
        page = client.get(address("answers", freelancer)).text
        assert "3 questions are still open" in page
        assert page.count("Not answered yet") == 3
        assert f'href="{address("question", freelancer, "housing")}"' in page

    def test_shows_not_sure(self, client, freelancer):
        freelancer.answers["housing"] = None
        freelancer.save()
        page = client.get(address("answers", freelancer)).text
        assert "Not sure" in page
        assert f'href="{address("change-answer", freelancer, "housing")}"' in page

    def test_leads_to_the_checklist(self, client, freelancer):
        assert f'href="{freelancer.get_absolute_url()}"' in client.get(address("answers", freelancer)).text

    def test_shows_stored_values_that_no_edition_knows(self, client, freelancer):
        freelancer.answers |= {"housing": "<b>igloo</b>", "arrival_date": "soon", "shoe_size": 44}
        freelancer.save()
        response = client.get(address("answers", freelancer))
        assert response.status_code == 200
        assert "&lt;b&gt;igloo" in response.text

    def test_queries_are_few(self, client, freelancer, django_assert_num_queries):
        url = address("answers", freelancer)
        with django_assert_num_queries(1):
            client.get(url)

    def test_other_methods_are_refused(self, client, freelancer):
        assert client.post(address("answers", freelancer)).status_code == 405


class TestChange:
    def test_shows_what_it_brings_before_anything_is_saved(self, client, freelancer):
        before = stored(freelancer)
        page = preview(client, freelancer, "activities", activities=["student"])
        assert page.status_code == 200
        added, _middle, removed = page.text.partition("No longer on your list")
        assert "Social Security for students and interns" in added.partition("New on your list")[2]
        assert "Registration as self-employed with Social Security (RETA)" in removed
        assert stored(freelancer) == before

    def test_names_the_answers_that_fall_away(self, client, freelancer):
        page = preview(client, freelancer, "family", family=["none"])
        assert "Answers that no longer matter" in page.text
        assert "When do they move to Spain?" in page.text

    def test_says_when_the_list_stays_the_same(self, client, freelancer):
        page = preview(client, freelancer, "activities", activities=["self_employed"])
        assert "keeps the same tasks and documents" in page.text

    def test_tells_which_warning_goes_and_what_becomes_possible(self, client, freelancer):
        freelancer.answers |= {"residence_basis": "permit_expired", "permit_expires": "2026-01-01"}
        freelancer.save()
        page = preview(client, freelancer, "residence_basis", residence_basis="permit_granted").text
        gone = page.partition("No longer in the way")[2].partition("</ul>")[0]
        assert "Your permit ended on 1 January 2026." in gone
        assert "Social Security" in page.partition("Can be done now")[2] or "No longer impossible" in page

    def test_is_saved_when_confirmed(self, client, freelancer):
        page = preview(client, freelancer, "family", family=["none"])
        response = client.post(address("change-answer", freelancer, "family"), hidden_fields(page))
        assert response.url == freelancer.get_absolute_url()
        assert "Your change is saved, and this list follows it." in client.get(response.url).text
        assert stored(freelancer)["family"] == ["none"]
        assert "family_moves" not in stored(freelancer)

    def test_can_become_not_sure(self, client, freelancer):
        page = preview(client, freelancer, "permit_purpose", unsure="1")
        client.post(address("change-answer", freelancer, "permit_purpose"), hidden_fields(page))
        assert stored(freelancer)["permit_purpose"] is None

    def test_several_citizenships(self, client, freelancer):
        url = address("change-answer", freelancer, "nationalities")
        page = client.post(url, {**hidden_fields(client.get(url)), "nationalities": ["us"], "more": "nationalities"})
        assert page.text.count('name="nationalities"') == 2
        page = preview(client, freelancer, "nationalities", nationalities=["us", "ie"])
        client.post(url, hidden_fields(page) | {"nationalities": ["us", "ie"]})
        assert stored(freelancer)["nationalities"] == ["us", "ie"]

    def test_keeps_ticks_of_what_leaves_the_list(self, client, freelancer):
        freelancer.items.create(kind="procedure", key="reta-registration", done=True)
        page = preview(client, freelancer, "activities", activities=["student"])
        client.post(address("change-answer", freelancer, "activities"), hidden_fields(page))
        assert freelancer.items.get().done

    def test_bad_answer_is_explained(self, client, freelancer):
        page = preview(client, freelancer, "activities", activities=["juggler"])
        assert page.status_code == 422
        assert "juggler is not one of the available choices" in page.text

    def test_somebody_elses_newer_answer_is_shown(self, client, freelancer):
        page = preview(client, freelancer, "activities", activities=["student"])
        url = address("change-answer", freelancer, "activities")
        other = preview(client, freelancer, "activities", activities=["self_employed", "intern"])
        client.post(url, hidden_fields(other))
        response = client.post(url, hidden_fields(page))
        assert response.status_code == 409
        assert "Do an internship" in response.text
        client.post(url, hidden_fields(response))
        assert stored(freelancer)["activities"] == ["student"]

    def test_unknown_question_is_not_found(self, client, freelancer):
        assert client.get(address("change-answer", freelancer, "shoe-size")).status_code == 404

    def test_other_methods_are_refused(self, client, freelancer):
        assert client.put(address("change-answer", freelancer, "housing")).status_code == 405


class TestAllAnswers:
    def test_shows_what_is_answered(self, client, freelancer):
        page = client.get(address("all-answers", freelancer))
        assert page.status_code == 200
        assert 'value="self_employed"' in page.text
        assert day_in(page, "arrival_date") == "25 1 2027"

    def test_saves_everything_at_once(self, client, beginner):
        url = address("all-answers", beginner)
        given = {
            "destination": "pt",
            "nationalities": ["br", "", ""],
            "activities": ["employee"],
            "residence_basis": "residence_visa",
        }
        response = client.post(url, {**hidden_fields(client.get(url)), **given})
        assert response.url == beginner.get_absolute_url()
        answers = stored(beginner)
        assert answers["nationalities"] == ["br"]
        assert answers["residence_basis"] == "residence_visa"
        assert "housing" not in answers, "what was left empty is still open"

    def test_emptied_answer_becomes_not_sure(self, client, freelancer):
        url = address("all-answers", freelancer)
        given = {"destination": "es", "activities": ["self_employed"], "nationalities": ["us"], "activity_start": ""}
        client.post(url, {**hidden_fields(client.get(url)), **given})
        assert stored(freelancer)["activity_start"] is None

    def test_errors_lead_to_their_fields_and_nothing_is_lost(self, client, beginner):
        url = address("all-answers", beginner)
        given = {"destination": "es", "arrival_date": "2027-02-30", "stay_months": "x", "housing": "owner"}
        response = client.post(url, {**hidden_fields(client.get(url)), **given})
        assert response.status_code == 422
        assert 'href="#id_arrival_date-day"' in response.text
        assert 'href="#id_stay_months"' in response.text
        assert day_in(response, "arrival_date") == "30 02 2027"
        assert "housing" not in stored(beginner)

    def test_conflict_shows_only_what_differs(self, client, beginner):
        url = address("all-answers", beginner)
        seen = hidden_fields(client.get(url))
        client.post(url, {**seen, "destination": "es", "housing": "owner", "region": "madrid"})
        response = client.post(url, {**seen, "destination": "es", "housing": "guest", "region": "madrid"})
        assert response.status_code == 409
        assert "Where do you live in Spain, or will you live at first?" in response.text
        assert "Which region of Spain?" not in response.text

    def test_queries_are_few(self, client, freelancer, django_assert_num_queries):
        url = address("all-answers", freelancer)
        with django_assert_num_queries(1):
            client.get(url)
