"""A client is told when somebody of a firm acts for them: on the page, and by mail without what it was."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_answers, save_item
from checklists.firms.sharing.services import take_back
from checklists.mail.sending import send_owed
from checklists.models import CasePerson, OutgoingMail
from checklists.seen import fingerprint, seen_of

BANNER = "Somebody worked on your list for you"


def words(response):
    return " ".join(response.text.split())


@pytest.fixture
def act(checklist, place, firm):
    """The advisor ticks a line of the plan for the client."""

    def act(key="empadronamiento", done=True, seen=""):
        save_item(access=Access(checklist, place, firm.advisor), kind="procedure", key=key, seen=seen, done=done)

    return act


class TestBanner:
    def test_names_who_did_what(self, client, checklist, act, firm, place):
        act()
        checklist.refresh_from_db()
        answers = checklist.answers | {"arrival_date": "2027-03-01"}
        save_answers(access=Access(checklist, place, firm.owner), answers=answers, seen=seen_of(checklist), edition=1)
        page = words(client.get(checklist.get_absolute_url()))
        assert BANNER in page
        assert "<strong>Adam Advisor</strong> (Move Well) ticked “" in page
        assert "<strong>Olga Owner</strong> (Move Well) answered questions: “" in page

    def test_is_put_away_with_what_it_showed_only(self, client, checklist, act):
        act()
        page = client.get(checklist.get_absolute_url())
        act("aeat-censal-036")
        seen = page.context["deeds"]["seen"]
        address = f"{reverse('sharing:read-deeds', args=[checklist.token])}?seen={seen[0]}"
        assert address in page.text
        page = words(client.post(address, follow=True))
        assert page.count("ticked “") == 1
        for text in ("", "?seen=x", "?seen=1-99999999999999999999", f"?seen={'9' * 30}-1", "?seen=-"):
            response = client.post(reverse("sharing:read-deeds", args=[checklist.token]) + text)
            assert response.status_code == 302
        assert BANNER in client.get(checklist.get_absolute_url()).text

    def test_says_nothing_of_what_the_client_did(self, client, checklist, place):
        save_item(access=Access(checklist), kind="procedure", key="empadronamiento", done=True)
        assert BANNER not in client.get(checklist.get_absolute_url()).text

    def test_counts_what_does_not_fit(self, client, checklist, act):
        for number in range(9):
            act(done=number % 2 == 0, seen=fingerprint(number) if number else "")
        assert "and 3 things more" in words(client.get(checklist.get_absolute_url()))

    def test_stays_when_the_access_is_taken_back_before_it_was_read(self, client, checklist, act, place):
        act()
        take_back(place=place)
        assert BANNER in client.get(checklist.get_absolute_url()).text

    def test_is_not_for_the_firm(self, client, act, place, firm):
        act()
        client.force_login(firm.advisor)
        assert BANNER not in client.get(reverse("checklists:checklist", args=[place.door])).text

    def test_is_put_away_by_the_client_alone(self, client, act, place, firm):
        act()
        client.force_login(firm.advisor)
        address = reverse("sharing:read-deeds", args=[place.door])
        assert client.post(address, query_params={"seen": f"{place.pk}-999"}).status_code == 404
        assert client.get(reverse("sharing:read-deeds", args=[place.checklist.token])).status_code == 405
        place.refresh_from_db()
        assert place.told_until < 999


class TestLetter:
    @pytest.fixture
    def send(self):
        def send():
            OutgoingMail.objects.update(next_try_at=timezone.now())
            mail.outbox.clear()
            send_owed()
            return mail.outbox

        return send

    @pytest.fixture(autouse=True)
    def known_address(self, place):
        CasePerson.objects.filter(pk=place.pk).update(email="ana@example.org")

    def test_says_that_something_was_done_and_not_what(self, act, send):
        act()
        sent = send()
        assert [(one.to, one.subject) for one in sent] == [(["ana@example.org"], "Move Well worked on your checklist")]
        assert "mpadron" not in sent[0].body

    def test_holds_no_link_where_only_the_client_knows_it(self, act, send, checklist):
        act()
        [sent] = send()
        assert checklist.token not in sent.body + str(sent.alternatives)
        assert "Open your checklist with the link that you keep." in sent.body

    def test_holds_the_link_for_the_account_that_owns_the_checklist(self, act, send, checklist, somebody):
        checklist.owner = somebody("real@example.org")
        checklist.save()
        act()
        [sent] = send()
        assert sent.to == ["real@example.org"]
        assert f"/c/{checklist.token}/access/" in sent.body

    def test_holds_the_link_that_was_sent_before(self, firm, send, published):
        case = firm.case(email="ana@example.org", destination="es")
        place = case.people.get()
        checklist = place.checklist
        tick = {
            "kind": "procedure",
            "key": "empadronamiento",
            "done": True,
            "access": Access(checklist, place, firm.advisor),
        }
        save_item(**tick)
        assert not OutgoingMail.objects.exists(), "nobody knows of this checklist yet"
        CasePerson.objects.filter(pk=place.pk).update(sent_at=timezone.now())
        save_item(seen=fingerprint(1), **tick)
        [sent] = send()
        assert f"/c/{checklist.token}/access/" in sent.body

    def test_goes_once_a_day(self, act):
        act()
        act("aeat-censal-036")
        assert OutgoingMail.objects.filter(kind="acted").count() == 1
        OutgoingMail.objects.update(created_at=timezone.now() - datetime.timedelta(hours=25))
        act("aeat-censal-036", done=False, seen=fingerprint(1))
        assert OutgoingMail.objects.filter(kind="acted").count() == 2

    def test_is_dropped_once_the_client_has_read_it(self, client, checklist, act, send):
        act()
        seen = client.get(checklist.get_absolute_url()).context["deeds"]["seen"]
        client.post(reverse("sharing:read-deeds", args=[checklist.token]), query_params={"seen": seen})
        assert send() == []
