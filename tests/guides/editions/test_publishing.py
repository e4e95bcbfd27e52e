"""The pages about editions: what would be published, what was, and back again."""

import json

import pytest
from django.urls import reverse
from django.utils.html import escape

from guides.editions.publishing import current, edition_number, publish
from guides.editions.working_copy import snapshot
from guides.models import Alternative, Edition, Fact, Fee, Guide, Procedure, Step
from tests.guides.editions.test_editions import insert

pytestmark = pytest.mark.django_db

PUBLISH = reverse("admin:guides_edition_add")
LIST = reverse("admin:guides_edition_changelist")
COMPARE = reverse("admin:guides_edition_compare")


def page_of(edition):
    return reverse("admin:guides_edition_change", args=[edition.pk])


def restore_page(edition):
    return reverse("admin:guides_edition_restore", args=[edition.pk])


@pytest.fixture
def browser(client, publisher):
    client.force_login(publisher)
    return client


@pytest.fixture
def renamed(edition):
    Procedure.objects.filter(key="nif").update(name="Get a NIF number")


def sent(browser, address=PUBLISH, **fields):
    """What the form on the page sends, with other values in some fields."""
    form = browser.get(address).context_data["form"]
    return {"note": "Fees of 2027", "word": "", "seen": form["seen"].value(), **fields}


class TestPublishing:
    def test_the_page_shows_the_difference(self, browser, renamed):
        Fee.objects.update(amount="8.25")
        Guide.objects.get(key="live-in-portugal").delete()
        text = " ".join(browser.get(PUBLISH).text.split())
        assert 'Get a<del><span class="visually-hidden">removed: </span> tax</del>' in text
        assert '<del><span class="visually-hidden">removed: </span>7.50</del>' in text
        assert reverse("admin:guides_procedure_change", args=[Procedure.objects.get(key="nif").pk]) in text
        assert "Live there" in text
        assert "Publish edition 2" in text

    def test_publishing(self, browser, publisher, renamed):
        response = browser.post(PUBLISH, sent(browser), follow=True)
        edition = Edition.objects.first()
        assert response.redirect_chain == [(page_of(edition), 302)]
        assert (edition.number, edition.publisher, edition.note) == (2, publisher, "Fees of 2027")
        assert current().procedures["nif"].name == "Get a NIF number"

    def test_a_note_is_needed(self, browser, renamed):
        assert browser.post(PUBLISH, sent(browser, note=" ")).status_code == 422
        assert edition_number() == 1

    def test_errors_leave_no_form(self, browser, renamed):
        fields = sent(browser)
        Fact.objects.get(key="nif.fee").delete()
        text = browser.get(PUBLISH).text
        assert "There is no fact “nif.fee”." in text
        assert reverse("admin:guides_guide_change", args=[Guide.objects.get(key="work-in-portugal").pk]) in text
        assert 'name="note"' not in text
        fresh = browser.get(PUBLISH).context_data["found"].seen
        assert browser.post(PUBLISH, {**fields, "seen": fresh}).status_code == 422
        assert edition_number() == 1

    def test_an_example_of_an_error_opens_as_a_preview(self, browser, renamed):
        Step.objects.filter(key="go").update(when="here and not here")
        [row] = browser.get(PUBLISH).context_data["problems"]
        answers = json.loads(row.example)
        assert answers == row.problem.example
        text = browser.get(PUBLISH).text
        assert f'action="{reverse("admin:preview-open")}"' in text
        assert f'name="answers" value="{escape(row.example)}"' in text
        opened = browser.post(reverse("admin:preview-open"), {"answers": row.example, "edition": "draft", "day": ""})
        assert opened.status_code == 302

    def test_rows_that_do_not_fit_the_schema(self, browser, renamed):
        Alternative.objects.all().delete()
        text = browser.get(PUBLISH).text
        assert "procedures nif › requirements identity › alternatives" in text
        assert 'name="note"' not in text

    def test_warnings_need_a_word(self, browser, renamed):
        Step.objects.get(key="ask").facts.clear()
        refused = browser.post(PUBLISH, sent(browser))
        assert refused.status_code == 422
        assert "There are warnings." in refused.text
        assert "procedures nif › steps ask" in refused.text
        browser.post(PUBLISH, sent(browser, word="The page is down."))
        assert Edition.objects.first().word == "The page is down."

    def test_nothing_to_publish(self, browser, edition):
        text = browser.get(PUBLISH).text
        assert "There is nothing to publish" in text
        assert 'name="note"' not in text

    def test_another_editor_saved_in_between(self, browser, renamed):
        fields = sent(browser, note="Mine")
        Procedure.objects.filter(key="niss").update(name="Theirs")
        refused = browser.post(PUBLISH, fields)
        assert (refused.status_code, edition_number()) == (409, 1)
        assert "Theirs" in refused.text
        assert "Mine" in refused.text
        again = {"note": "Mine", "seen": refused.context_data["form"]["seen"].value()}
        assert browser.post(PUBLISH, again).status_code == 302
        assert current().procedures["niss"].name == "Theirs"

    def test_the_first_edition(self, browser, working_copy):
        browser.post(PUBLISH, sent(browser))
        assert edition_number() == 1

    def test_an_edition_that_cannot_be_read_is_told(self, browser, edition):
        insert(2, "{")
        assert "Edition 2 cannot be read any more" in browser.get(PUBLISH).text


class TestRestoring:
    @pytest.fixture
    def first(self, edition, renamed):
        publish(actor=None, note="A better name")
        return edition

    def test_restoring(self, browser, first, small):
        page = browser.get(restore_page(first)).text
        assert "Make Edition 1 current again" in page
        assert "The working copy stays as it is" in page
        browser.post(restore_page(first), sent(browser, restore_page(first)))
        third = Edition.objects.first()
        assert (third.number, third.restored, current().catalogue) == (3, 1, small)
        assert snapshot() != small
        assert "edition 1 again" in browser.get(LIST).text

    def test_somebody_published_in_between(self, browser, first):
        fields = sent(browser, restore_page(first))
        publish(actor=None, note="")
        assert browser.post(restore_page(first), fields).status_code == 409
        assert edition_number() == 3

    def test_an_edition_that_is_not_accepted_any_more(self, browser, first, small):
        insert(3, '{"procedures": [{"key": "nif"}]}')
        insert(4, small.model_dump_json())
        address = restore_page(Edition.objects.get(number=3))
        assert "no longer accept it" in browser.get(address).text
        assert browser.post(address, {"note": "Back", "seen": "4-x"}).status_code == 422
        assert edition_number() == 4

    def test_the_current_edition_is_not_offered(self, browser, first):
        newest = Edition.objects.first()
        assert restore_page(newest) not in browser.get(page_of(newest)).text
        assert restore_page(first) in browser.get(page_of(first)).text
        assert "There is nothing to do" in browser.get(restore_page(newest)).text


class TestReading:
    @pytest.fixture
    def second(self, edition, renamed):
        Step.objects.get(key="ask").facts.clear()
        return publish(actor=None, note="A better name", word="The page is down.")

    def test_the_list_tells_how_much_changed(self, browser, second):
        text = browser.get(LIST).text
        assert "A better name" in text
        assert "0 added, 1 changed, 0 removed" in text

    def test_an_edition_shows_what_it_says_and_changed(self, browser, second):
        text = browser.get(page_of(second)).text
        for words in (
            "A better name",
            "The page is down.",
            "2 procedures",
            "What changed since Edition 1",
            " NIF number",
        ):
            assert words in text

    def test_the_first_edition_has_nothing_before_it(self, browser, edition):
        assert "It is the first edition" in browser.get(page_of(edition)).text

    def test_any_two_are_compared(self, browser, second):
        text = browser.get(COMPARE, {"from": 2, "to": 1}).text
        assert "From Edition 2 to Edition 1" in text
        assert '<ins><span class="visually-hidden">added: </span> tax</ins>' in " ".join(text.split())
        assert "say the same" in browser.get(COMPARE, {"from": 2, "to": 2}).text

    @pytest.mark.parametrize("numbers", [{}, {"from": "1"}, {"from": "1", "to": "7"}, {"from": "x", "to": "1"}])
    def test_comparing_asks_for_two_that_exist(self, browser, edition, numbers):
        response = browser.get(COMPARE, numbers)
        assert response.status_code == 200
        assert "From Edition" not in response.text

    def test_two_can_be_picked_in_the_list(self, browser, second):
        rows = {"action": "compare_selected", "_selected_action": list(Edition.objects.values_list("pk", flat=True))}
        assert browser.post(LIST, rows).url == f"{COMPARE}?from=1&to=2"
        only = {**rows, "_selected_action": [second.pk]}
        assert "Select two editions" in browser.post(LIST, only, follow=True).text

    def test_an_edition_that_cannot_be_read(self, browser, edition):
        insert(2, '{"procedures": [{"key": "nif"}]}')
        broken = Edition.objects.first()
        assert "edition 2 › procedures nif › country" in browser.get(page_of(broken)).text
        assert "cannot be read any more" in browser.get(COMPARE, {"from": 1, "to": 2}).text

    def test_no_such_edition(self, browser, edition):
        for name in ("change", "restore"):
            assert browser.get(reverse(f"admin:guides_edition_{name}", args=[999])).status_code == 404


class TestPermissions:
    @pytest.fixture
    def addresses(self, edition):
        return [LIST, PUBLISH, COMPARE, page_of(edition)]

    def test_editors_read_and_do_not_publish(self, client, editor, renamed, addresses, edition):
        client.force_login(editor)
        assert {client.get(address).status_code for address in addresses} == {200}
        page = client.get(PUBLISH)
        assert "NIF number" in page.text
        assert 'name="note"' not in page.text
        fields = {"note": "Fees of 2027", "seen": page.context_data["found"].seen}
        assert client.post(PUBLISH, fields).status_code == 403
        assert client.get(restore_page(edition)).status_code == 403
        assert client.post(restore_page(edition), fields).status_code == 403
        assert "See what would be published" in client.get(LIST).text
        assert edition_number() == 1

    def test_staff_without_a_role_sees_nothing(self, client, somebody, addresses, edition):
        client.force_login(somebody("clerk@example.org", is_staff=True))
        for address in [*addresses, restore_page(edition)]:
            assert client.get(address).status_code == 403
            assert client.post(address, {"note": "x", "seen": "x"}).status_code == 403

    def test_others_are_sent_to_sign_in(self, client, somebody, addresses, edition):
        for user, sign_in in ((None, "account_login"), (somebody("reader@example.org"), "admin:login")):
            if user:
                client.force_login(user)
            for address in [*addresses, restore_page(edition)]:
                for answer in (client.get(address), client.post(address)):
                    assert answer.status_code == 302
                    assert answer.url.startswith(reverse(sign_in))

    def test_editions_are_never_changed_or_deleted(self, browser, edition):
        assert browser.post(page_of(edition), {"note": "Never mind"}).status_code == 403
        delete = reverse("admin:guides_edition_delete", args=[edition.pk])
        assert browser.post(delete, {"post": "yes"}).status_code == 403
