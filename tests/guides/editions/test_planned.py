"""Publications that hold entries back, tell nobody, wait for a second person, or wait for their hour."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from guides.editions.publications import publish_due
from guides.editions.publishing import current, edition_number, publish
from guides.editions.working_copy import snapshot
from guides.models import Edition, Fact, Fee, Guide, Procedure, Publication, Step
from tests.guides.editions.test_publishing import PUBLISH, sent

pytestmark = pytest.mark.django_db

LIST = reverse("admin:guides_edition_changelist")


@pytest.fixture
def browser(client, publisher):
    client.force_login(publisher)
    return client


@pytest.fixture
def renamed(edition):
    Procedure.objects.filter(key="nif").update(name="Get a NIF number")
    Procedure.objects.filter(key="niss").update(name="Ask for a NISS")


def page_of(row):
    return reverse("admin:guides_edition_planned", args=[row.pk])


def hour_comes():
    Publication.objects.update(publish_at=timezone.now() - datetime.timedelta(minutes=1))


def words(response):
    return " ".join(response.text.split())


class TestHoldingBack:
    def test_all_but_one(self, browser, renamed):
        seen = browser.get(PUBLISH, {"held": "procedures nif"}).context_data["form"]["seen"].value()
        browser.post(PUBLISH, {"note": "NISS", "seen": seen, "held": "procedures nif"})
        published = current().procedures
        assert (published["niss"].name, published["nif"].name) == ("Ask for a NISS", "Get a tax number")
        assert Procedure.objects.get(key="nif").name == "Get a NIF number"
        assert "Get a NIF number" in {entry.name for entry in snapshot().procedures}

    def test_the_choice_is_part_of_what_was_seen(self, browser, renamed):
        refused = browser.post(PUBLISH, sent(browser, held="procedures nif"))
        assert (refused.status_code, edition_number()) == (409, 1)
        assert 'value="procedures nif" form="publishing" checked' in refused.text
        again = {"note": "NISS", "held": "procedures nif", "seen": refused.context_data["form"]["seen"].value()}
        assert browser.post(PUBLISH, again).status_code == 302

    def test_looking_again_keeps_what_was_written(self, browser, renamed):
        page = browser.post(PUBLISH, sent(browser, held="procedures nif", note="Mine", look="1"))
        assert (page.status_code, edition_number()) == (200, 1)
        assert "1 entry is held back." in words(page)
        assert ">\nMine</textarea>" in page.text

    def test_a_new_one_is_left_out_and_a_deleted_one_stays(self, browser, renamed):
        Fact.objects.create(
            key="pt.new", country_id=Procedure.objects.first().country_id, statement="New.", confidence="official"
        )
        Guide.objects.get(key="live-in-portugal").delete()
        held = ["facts pt.new", "guides live-in-portugal"]
        seen = browser.get(PUBLISH, {"held": held}).context_data["form"]["seen"].value()
        browser.post(PUBLISH, {"note": "NISS", "seen": seen, "held": held, "word": "Fine."})
        assert "pt.new" not in current().facts
        assert "live-in-portugal" in {guide.key for guide in current().catalogue.guides}

    def test_a_broken_one_does_not_block_the_others(self, browser, renamed):
        Step.objects.filter(key="go").update(when="nobody")
        broken = browser.get(PUBLISH)
        assert broken.context_data["problems"]
        assert "Check again without what is held back" in broken.text
        mended = browser.get(PUBLISH, {"held": "procedures nif"})
        assert not mended.context_data["problems"]
        assert 'name="note"' in mended.text

    def test_what_others_need_cannot_be_held_back(self, browser, edition):
        Fact.objects.create(
            key="pt.new", country_id=Procedure.objects.first().country_id, statement="New.", confidence="official"
        )
        Step.objects.get(key="ask").facts.add(Fact.objects.get(key="pt.new"))
        page = browser.get(PUBLISH, {"held": "facts pt.new"})
        assert "There is no entry “pt.new” in facts." in page.text
        assert "hold back the entries that cause them" in page.text

    def test_everything(self, browser, renamed):
        page = browser.get(PUBLISH, {"held": ["procedures nif", "procedures niss"]})
        assert "everything is held back" in page.text
        assert 'name="note"' not in page.text

    def test_nonsense_is_ignored(self, browser, renamed):
        assert browser.get(PUBLISH, {"held": ["x", "procedures", "nothing nif", ""]}).status_code == 200


class TestTwoPeople:
    @pytest.fixture(autouse=True)
    def needs_approval(self, settings):
        settings.PUBLISH_NEEDS_APPROVAL = True

    @pytest.fixture
    def other(self, in_role):
        return in_role("Publishers", "second@example.org")

    @pytest.fixture
    def asked(self, browser, renamed):
        page = browser.get(PUBLISH, {"held": "procedures nif"})
        assert "Ask for publication" in page.text
        seen = page.context_data["form"]["seen"].value()
        browser.post(PUBLISH, {"note": "NISS", "quiet": "on", "held": "procedures nif", "seen": seen})
        return Publication.objects.get()

    def agree(self, client, row, seen=None):
        found = client.get(page_of(row)).context_data["found"]
        return client.post(page_of(row), {"agree": "1", "seen": seen or found.seen})

    def test_nothing_is_published_yet(self, browser, asked):
        assert edition_number() == 1
        for address in (LIST, reverse("admin:index")):
            assert "A second person has to agree." in browser.get(address).text

    def test_who_asked_cannot_agree(self, browser, asked):
        assert "Agree and publish" not in browser.get(page_of(asked)).text
        assert self.agree(browser, asked).status_code == 403
        assert edition_number() == 1

    def test_another_publisher_agrees(self, client, other, asked):
        client.force_login(other)
        assert "Agree and publish" in client.get(page_of(asked)).text
        assert self.agree(client, asked).status_code == 302
        edition = Edition.objects.first()
        assert (edition.number, edition.note, edition.quiet, edition.publisher) == (2, "NISS", True, other)
        assert current().procedures["nif"].name == "Get a tax number"
        assert Publication.objects.get().edition == edition

    def test_later_changes_do_not_slip_in(self, client, other, asked):
        Procedure.objects.filter(key="niss").update(name="Slipped in")
        client.force_login(other)
        self.agree(client, asked)
        assert current().procedures["niss"].name == "Ask for a NISS"

    def test_another_edition_in_between(self, client, other, asked):
        client.force_login(other)
        seen = client.get(page_of(asked)).context_data["found"].seen
        publish(actor=None, note="In between")
        assert self.agree(client, asked, seen).status_code == 409
        assert "Another edition was published since." in client.get(page_of(asked)).text
        self.agree(client, asked)
        assert edition_number() == 2
        assert "Not published" in client.get(page_of(asked)).text

    def test_withdrawn(self, browser, client, other, asked):
        browser.post(page_of(asked), {"withdraw": "1"})
        assert "Withdrawn." in browser.get(page_of(asked)).text
        client.force_login(other)
        assert client.post(page_of(asked), {"agree": "1", "seen": "x"}).status_code == 409
        assert edition_number() == 1

    def test_an_editor_asks_and_withdraws_but_never_agrees(self, client, editor, asked):
        client.force_login(editor)
        assert self.agree(client, asked).status_code == 403
        assert client.post(page_of(asked), {"withdraw": "1"}).status_code == 403
        assert client.post(PUBLISH, sent(client)).status_code == 302
        mine = Publication.objects.get(asked_by=editor)
        assert client.post(page_of(mine), {"withdraw": "1"}).status_code == 302


class TestAtAnHour:
    @pytest.fixture
    def planned(self, browser, renamed):
        hour = timezone.localtime() + datetime.timedelta(days=2)
        browser.post(PUBLISH, sent(browser, publish_at=f"{hour:%Y-%m-%dT%H:%M}"))
        return Publication.objects.get()

    def test_not_before(self, browser, planned):
        assert publish_due() == []
        assert "It goes out on" in browser.get(LIST).text
        assert edition_number() == 1

    def test_once_at_its_hour(self, planned):
        out = StringIO()
        hour_comes()
        call_command("tell_changes", stdout=out)
        call_command("publish", "--due", stdout=out)
        assert out.getvalue().count("Edition 2 is current, as planned.") == 1
        assert (edition_number(), current().procedures["nif"].name) == (2, "Get a NIF number")

    def test_in_the_time_zone_of_the_site(self, browser, renamed, settings):
        settings.TIME_ZONE = "Europe/Madrid"
        browser.post(PUBLISH, sent(browser, publish_at="2099-01-01T00:00"))
        assert Publication.objects.get().publish_at == datetime.datetime(2098, 12, 31, 23, tzinfo=datetime.UTC)

    def test_what_was_seen_goes_out(self, planned):
        Fee.objects.update(amount="8.25")
        hour_comes()
        publish_due()
        assert "8.25" not in {str(fee.amount) for fee in current().procedures["nif"].fees}

    def test_another_edition_in_between_is_not_undone(self, browser, planned, caplog):
        publish(actor=None, note="In between")
        hour_comes()
        assert [row.edition for row in publish_due()] == [None]
        assert "another edition was published" in browser.get(page_of(planned)).text
        assert "another edition was published" in browser.get(LIST).text
        assert edition_number() == 2
        assert "another edition was published" in caplog.text

    def test_withdrawn(self, browser, planned):
        browser.post(page_of(planned), {"withdraw": "1"})
        hour_comes()
        assert publish_due() == []

    def test_an_hour_that_is_over(self, browser, renamed):
        refused = browser.post(PUBLISH, sent(browser, publish_at="2020-01-01T00:00"))
        assert refused.status_code == 422
        assert "This hour is over." in refused.text
