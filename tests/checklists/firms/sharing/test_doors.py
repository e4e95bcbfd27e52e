"""What a firm sees of a checklist, and what it may do there."""

import re

import pytest
from django.urls import reverse

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.firms.sharing.services import take_back
from checklists.models import CasePerson, HistoryEntry, Visit
from checklists.seen import fingerprint, seen_of
from tests.checklists.pages import hidden_fields

SECRET = "Call my sister Teresa first"


def address(name, place, *rest):
    return reverse(f"checklists:{name}", args=[place.door, *rest])


def words(response):
    return " ".join(response.text.split())


@pytest.fixture
def noted(checklist):
    """A checklist with a note and a date at two lines."""
    for kind, key in (("document", "passport"), ("procedure", "empadronamiento")):
        save_item(access=Access(checklist), kind=kind, key=key, done=True, note=SECRET)
    return checklist


def share(place, **shares):
    CasePerson.objects.filter(pk=place.pk).update(**{f"shares_{name}": value for name, value in shares.items()})


@pytest.fixture
def advisor(client, firm):
    client.force_login(firm.advisor)
    return client


class TestPage:
    def test_says_whose_it_is_and_that_they_see_it(self, advisor, noted, place):
        page = words(advisor.get(address("checklist", place)))
        assert "You see <strong>Ana Silva’s</strong> checklist for Move Well." in page
        assert "Ana Silva sees that you looked and what you change." in page
        assert f'href="{place.case.get_absolute_url()}"' in page
        assert "<h1>" in page and "Ana Silva: move to Spain" in page

    def test_lacks_what_is_the_clients_alone(self, advisor, noted, place):
        page = advisor.get(address("checklist", place)).text
        assert noted.token not in page
        for part in (
            "Keep the link",
            "Tell me when the rules change",
            "Remember it in this browser",
            "Who can see this",
        ):
            assert part not in page

    def test_is_named_after_the_client_whose_own_pages_are_not_offered(self, advisor, noted, place):
        page = advisor.get(address("checklist", place)).text
        assert "Ana Silva: move to Spain" in page
        assert "arrives on 25 January" in page
        for words in ("Keep the link", "Email me changes", "Who can see this", "you arrive"):
            assert words not in page, words

    def test_papers_and_tasks_open_through_the_door(self, advisor, noted, place):
        page = advisor.get(address("checklist", place)).text
        for url in re.findall(r'<h4 class="row__name"><a [^>]*href="([^"]+)"', page):
            assert url.startswith(address("checklist", place))
            assert advisor.get(url).status_code == 200

    @pytest.mark.parametrize("name", ["answers", "all-answers", "changes"])
    def test_other_pages_have_the_bar_and_not_the_link(self, advisor, noted, place, name):
        page = advisor.get(address(name, place)).text
        assert "checklist for Move Well" in page
        assert noted.token not in page

    def test_every_look_is_written_down(self, advisor, place):
        advisor.get(address("checklist", place))
        advisor.get(address("answers", place))
        assert list(Visit.objects.order_by("pk").values_list("name", "what")) == [
            ("Adam Advisor", "checklist"),
            ("Adam Advisor", "answers"),
        ]

    @pytest.mark.parametrize("name", ["new-link", "remember", "acknowledge", "mail", "save-as-persona"])
    def test_what_is_the_clients_alone_is_not_there(self, advisor, place, name):
        assert advisor.post(address(name, place)).status_code == 404

    def test_link_and_emails_are_the_clients_alone(self, advisor, place):
        assert advisor.get(address("keep", place)).status_code == 404

    def test_of_a_client_without_a_firm_takes_one_query(self, client, checklist, django_assert_num_queries):
        client.get(checklist.get_absolute_url())
        with django_assert_num_queries(1):
            client.get(checklist.get_absolute_url())


class TestDocumentsThatAreNotShared:
    def test_are_not_on_the_page(self, advisor, noted, place):
        shown = advisor.get(address("checklist", place)).text
        assert 'id="papers"' in shown and "papers in hand" in shown and "Bring: " in shown
        share(place, documents=False)
        page = advisor.get(address("checklist", place)).text
        for part in (
            'id="papers"',
            "#papers",
            "#document",
            "/papers/",
            "is fresh enough",
            "Bring: ",
            "in hand",
        ):
            assert part not in page, part

    def test_have_no_pages(self, advisor, noted, place):
        share(place, documents=False)
        assert advisor.get(address("paper", place, "passport")).status_code == 404
        for name in ("item", "tick"):
            response = advisor.post(address(name, place, "document", "passport"), {"done": "0", "seen": fingerprint(1)})
            assert response.status_code == 404
            assert "Ana Silva does not share the documents with your firm." in response.text
        assert noted.items.get(key="passport").done

    def test_question_about_them_is_not_shown_or_asked(self, advisor, noted, place):
        share(place, documents=False)
        assert "in_hand" in noted.answers
        assert "/answers/in_hand/" not in advisor.get(address("answers", place)).text
        assert 'name="in_hand"' not in advisor.get(address("all-answers", place)).text
        for name in ("question", "change-answer"):
            assert advisor.get(address(name, place, "in_hand")).status_code == 404

    def test_answers_about_them_survive_a_save_of_all(self, advisor, noted, place):
        share(place, documents=False)
        before = noted.answers["in_hand"]
        form = advisor.get(address("all-answers", place)).context["form"]
        sent = {"seen": seen_of(noted)} | {key: value for key, value in noted.answers.items() if key in form.fields}
        advisor.post(address("all-answers", place), sent)
        noted.refresh_from_db()
        assert noted.answers["in_hand"] == before

    def test_are_not_told_in_the_history_of_the_firm(self, noted, place):
        share(place, documents=False)
        save_item(access=Access(noted), kind="document", key="photo", done=True)
        save_item(access=Access(noted), kind="procedure", key="aeat-censal-036", done=True)
        told = HistoryEntry.objects.filter(verb="ticked").values_list("details__key", flat=True)
        assert list(told) == ["aeat-censal-036"]


class TestNotesThatAreNotShared:
    def test_are_in_no_page(self, advisor, noted, place):
        assert SECRET in advisor.get(address("checklist", place)).text
        share(place, notes=False)
        for name, *rest in (["checklist"], ["item", "document", "passport"], ["answers"]):
            assert SECRET not in advisor.get(address(name, place, *rest)).text

    def test_are_kept_when_the_firm_changes_the_line(self, advisor, noted, place):
        share(place, notes=False)
        sent = {"seen": fingerprint(1), "done": "on", "date": "2026-11-20", "note": "Taken over"}
        assert advisor.post(address("item", place, "document", "passport"), sent).status_code == 302
        item = noted.items.get(key="passport")
        assert (item.note, str(item.date)) == (SECRET, "2026-11-20")

    def test_are_not_in_a_conflict(self, advisor, noted, place):
        share(place, notes=False)
        sent = {"seen": "", "done": "on", "date": "2026-11-20"}
        response = advisor.post(address("item", place, "document", "passport"), sent)
        assert response.status_code == 409
        assert SECRET not in response.text

    def test_cannot_be_guessed_from_what_the_form_carries(self, advisor, noted, place):
        share(place, notes=False)
        page = address("item", place, "document", "passport")
        before = hidden_fields(advisor.get(page))
        noted.items.update(note="Ask my brother instead")
        assert hidden_fields(advisor.get(page)) == before

    def test_client_still_has_them(self, client, noted, place):
        share(place, notes=False)
        assert SECRET in client.get(noted.get_absolute_url()).text


class TestChecklistThatIsNotShared:
    def test_says_so(self, advisor, place):
        share(place, checklist=False)
        response = advisor.get(address("checklist", place))
        assert response.status_code == 404
        assert "Ana Silva does not share the checklist with your firm at the moment." in response.text

    def test_tells_the_firm_nothing_of_what_the_client_does(self, noted, place):
        share(place, checklist=False)
        save_item(access=Access(noted), kind="procedure", key="aeat-censal-036", done=True)
        assert not HistoryEntry.objects.filter(verb="ticked").exists()


class TestViewer:
    def test_looks_at_a_list_without_buttons(self, client, noted, place, firm):
        client.force_login(firm.viewer)
        page = client.get(address("checklist", place))
        assert "As a viewer you cannot change it." in page.text
        assert "formaction" not in page.text
        for part in ("/lines/", "/questions/", "Answer now"):
            assert part not in page.text
        assert "/questions/" not in client.get(address("answers", place)).text

    def test_and_an_advisor_do_not_see_each_others_page(self, client, noted, place, firm):
        client.force_login(firm.advisor)
        assert "formaction" in client.get(address("checklist", place)).text
        client.force_login(firm.viewer)
        assert "formaction" not in client.get(address("checklist", place)).text

    @pytest.mark.parametrize(
        "page",
        [("tick", "document", "photo"), ("item", "document", "photo"), ("question", "housing"), ("all-answers",)],
    )
    def test_changes_nothing_and_reads_why(self, client, noted, place, firm, page):
        client.force_login(firm.viewer)
        response = client.post(address(page[0], place, *page[1:]), {"done": "1", "seen": ""})
        assert response.status_code == 403
        assert "As a viewer you can look at your clients" in response.text
        assert not noted.items.filter(key="photo").exists()

    @pytest.mark.parametrize("page", [("question", "housing"), ("change-answer", "housing"), ("next-question",)])
    def test_gets_no_form(self, client, noted, place, firm, page):
        client.force_login(firm.viewer)
        assert client.get(address(page[0], place, *page[1:])).status_code == 403


class TestTask:
    PAGE = ("task", "tie-ex17")

    def page(self, client, place):
        return client.get(address(self.PAGE[0], place, self.PAGE[1]))

    def test_is_the_clients_page_behind_the_door(self, advisor, noted, place):
        save_item(access=Access(noted), kind="document", key="photo", done=True)
        page = self.page(advisor, place)
        assert "Ana Silva: move to Spain" in words(page)
        assert "There is an appointment" in page.text
        assert 'aria-pressed="true"' in page.text
        assert noted.token not in page.text

    def test_an_advisor_writes_down_an_appointment(self, advisor, noted, place):
        sent = {"part": "appointment", "date": "2027-03-01", "time": "9:15", "office": "Police"}
        assert advisor.post(address("item", place, "procedure", "tie-ex17"), sent).status_code == 302
        assert "Police" in self.page(advisor, place).text
        assert HistoryEntry.objects.get(verb="noted").details["key"] == "tie-ex17"

    def test_keeps_what_is_not_shared(self, advisor, noted, place):
        save_item(access=Access(noted), kind="document", key="photo", done=True)
        save_item(access=Access(noted), kind="procedure", key="tie-ex17", note=SECRET)
        share(place, documents=False, notes=False)
        page = self.page(advisor, place).text
        assert "Passport photo" in page
        for part in (SECRET, 'id="note"', "in hand", "tick-document", "tick__box--done"):
            assert part not in page, part

    def test_a_viewer_only_looks(self, client, noted, place, firm):
        client.force_login(firm.viewer)
        page = self.page(client, place).text
        for part in ("formaction", "/lines/", "There is an appointment"):
            assert part not in page, part


class TestClosedDoor:
    @pytest.fixture(params=["get", "post", "htmx"])
    def knock(self, request, advisor):
        """Knocks again with a tab that was opened before."""

        def knock(place):
            if request.param == "get":
                return advisor.get(address("checklist", place))
            headers = {"HX-Request": "true"} if request.param == "htmx" else {}
            return advisor.post(address("tick", place, "document", "photo"), {"done": "1", "seen": ""}, headers=headers)

        return knock

    def test_after_taking_back_says_so_and_changes_nothing(self, knock, noted, place):
        take_back(place=place)
        response = knock(place)
        assert response.status_code == 404
        assert "Ana Silva has taken the access to this checklist back." in response.text
        assert "Nothing was changed just now." in response.text
        assert response.headers["HX-Refresh"] == "true"
        assert not noted.items.filter(key="photo").exists()
        assert not Visit.objects.exists()

    def test_of_a_deleted_checklist_says_so(self, knock, checklist, place):
        checklist.delete()
        response = knock(place)
        assert response.status_code == 404
        assert "Ana Silva has deleted this checklist." in response.text

    def test_is_none_for_somebody_who_has_left_the_firm(self, knock, noted, place, firm):
        firm.organisation.memberships.filter(user=firm.advisor).delete()
        response = knock(place)
        assert response.status_code == 404
        assert "This link leads to no checklist" in response.text
        assert not noted.items.filter(key="photo").exists()

    def test_is_none_for_another_firm(self, client, place, other_firm):
        client.force_login(other_firm.owner)
        response = client.get(address("checklist", place))
        assert response.status_code == 404
        assert "Ana Silva" not in response.text

    def test_leads_somebody_who_is_not_signed_in_to_sign_in(self, client, place):
        response = client.get(address("checklist", place))
        assert response.status_code == 302
        assert response.url.startswith("/account/login/?next=/c/")

    def test_takes_no_put(self, advisor, place):
        assert advisor.put(address("checklist", place)).status_code == 405
