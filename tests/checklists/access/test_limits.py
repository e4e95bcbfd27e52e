"""Limits hold for as long as they say, for all processes together, whatever else is sent to the site."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from checklists.access.limits import DAY, Limit, TooOften, count, in_words, uncount, within
from checklists.models import TimedEntry

from .conftest import PASSWORD, code_in, code_of_app, is_signed_in, sign_in

pytestmark = pytest.mark.django_db

LOGIN_CODE = "/account/login/code/"
RESET = "/account/password/reset/"
TOO_OFTEN = "wrong too often"


def network(number):
    """One of many networks, as the client of a test tells it."""
    return {"REMOTE_ADDR": f"198.51.{number // 250}.{number % 250}"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Time stands still until it is ``later``, for allauth as well: a busy machine must not let a limit end."""

    class Clock:
        ahead = datetime.timedelta()

        def later(self, **span):
            self.ahead += datetime.timedelta(**span)

    clock, start, time = Clock(), timezone.now(), ratelimit.time
    own = SimpleNamespace(time=lambda: (start + clock.ahead).timestamp(), monotonic=time.monotonic, sleep=time.sleep)
    monkeypatch.setattr(timezone, "now", lambda: start + clock.ahead)
    monkeypatch.setattr(ratelimit, "time", own)
    return clock


def at_once(times, do):
    """What ``do`` returns to each of so many threads."""

    def one(number):
        try:
            return do(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


class TestCounting:
    def test_a_day_is_a_day_however_often_something_is_counted(self, clock):
        assert [within("x", 3) for _time in range(5)] == [True, True, True, False, False]
        left = TimedEntry.objects.get().ends_at - timezone.now()
        assert left.total_seconds() == DAY
        clock.later(hours=23, minutes=59)
        assert not within("x", 3)
        clock.later(minutes=1)
        assert [within("x", 3) for _time in range(4)] == [True, True, True, False]

    def test_whoever_has_to_wait_learns_how_long(self, clock):
        count("x", Limit(1, 3600))
        clock.later(minutes=20)
        with pytest.raises(TooOften) as refusal:
            count("x", Limit(1, 3600))
        assert in_words(refusal.value.wait) == "40 minutes"
        assert in_words(datetime.timedelta(seconds=0.2)) == "1 second"
        assert in_words(datetime.timedelta(seconds=61)) == "2 minutes"
        assert in_words(datetime.timedelta(hours=23, seconds=1)) == "24 hours"

    def test_what_is_taken_back_does_not_count(self):
        for _time in range(3):
            assert within("x", 1)
            uncount("x")
        uncount("x")
        uncount("never counted")
        assert [within("x", 1), within("x", 1)] == [True, False]

    def test_the_house_is_kept_of_what_has_ended_and_of_nothing_else(self, clock, capsys):
        within("over", 1, seconds=10)
        within("live", 1)
        clock.later(seconds=10)
        call_command("keep_house")
        assert "1 ended limits deleted" in capsys.readouterr().out
        assert not within("live", 1)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_twenty_are_twenty(self):
        assert sum(at_once(20, lambda _number: within("x", 7))) == 7
        assert TimedEntry.objects.get().number == 20

    def test_after_the_end_of_the_last_ones_too(self):
        within("x", 7)
        TimedEntry.objects.update(number=7, ends_at=timezone.now() - datetime.timedelta(seconds=1))
        assert sum(at_once(20, lambda _number: within("x", 7))) == 7

    def test_one_of_twenty_adds_what_nobody_has_added(self):
        assert sum(at_once(20, lambda _number: cache.add("code", "y", 30))) == 1
        TimedEntry.objects.update(ends_at=timezone.now() - datetime.timedelta(seconds=1))
        assert sum(at_once(20, lambda _number: cache.add("code", "z", 30))) == 1
        assert cache.get("code") == "z"

    def test_wrong_passwords(self, person):
        answers = at_once(16, lambda number: Client(**network(number)).post(*guess(person.email)))
        assert 0 < sum("do not belong together" in answer.text for answer in answers) <= 5


def guess(email):
    return "/account/login/", {"login": email, "password": "wrong"}


class TestSharedCache:
    """Django's cache, in which allauth keeps its limits."""

    def test_keeps_what_is_set_until_its_end(self, clock):
        cache.set("x", [1.5, "é"], 60)
        cache.set("for ever", True, None)
        assert not cache.add("x", 2, 60)
        assert cache.get("x") == [1.5, "é"]
        clock.later(seconds=59)
        assert cache.touch("x", 60)
        clock.later(seconds=59)
        assert "x" in cache
        clock.later(seconds=1)
        assert cache.get("x", "gone") == "gone"
        assert not cache.touch("x")
        assert cache.add("x", 2)
        assert cache.get_many(["x", "for ever", "y"]) == {"x": 2, "for ever": True}
        assert [cache.delete("x"), cache.delete("x")] == [True, False]
        cache.clear()
        assert not TimedEntry.objects.exists()

    def test_counts_nothing_in_djangos_way(self):
        """Which reads, adds and writes, and forgets when it ends."""
        cache.set("x", 1)
        with pytest.raises(NotImplementedError):
            cache.incr("x")

    def test_the_table_tells_nobody_who_came(self, client, person):
        client.post(*guess(person.email), REMOTE_ADDR="203.0.113.77")
        client.post(RESET, {"email": person.email}, REMOTE_ADDR="203.0.113.77")
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM checklists_timedentry")
            stored = str(cursor.fetchall())
        assert stored != "[]"
        assert "203.0.113" not in stored
        assert "ana@" not in stored


class TestLockedAccount:
    @pytest.fixture
    def locked(self, client, person):
        for number in range(5):
            client.post(*guess(person.email), **network(number))
        return person

    def test_two_hundred_requests_of_others_unlock_nothing(self, client, locked):
        for number in range(200):
            answer = Client(**network(number)).post(RESET, {"email": f"{number}@example.com"})
            assert answer.status_code == 302
        response = sign_in(client, locked.email)
        assert TOO_OFTEN in response.text
        assert not is_signed_in(client)

    def test_for_five_minutes(self, client, locked, clock):
        clock.later(seconds=299)
        assert TOO_OFTEN in sign_in(client, locked.email).text
        clock.later(seconds=2)
        assert sign_in(client, locked.email).status_code == 302

    def test_nobody_guesses_more_than_fifty_times_a_day(self, client, person, clock):
        guesses = 0
        for number in range(75):
            guesses += TOO_OFTEN not in client.post(*guess(person.email), **network(number)).text
            clock.later(seconds=61)
        assert guesses == 50
        assert TOO_OFTEN in sign_in(client, person.email).text
        client.post(LOGIN_CODE, {"email": person.email})
        client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})
        assert is_signed_in(client)


class TestCodes:
    def test_of_an_app_are_taken_once_whatever_else_comes(self, client, somebody, client_of, clock):
        advisor = somebody("advisor@example.org", password=PASSWORD)
        code = code_of_app(advisor)
        sign_in(client, advisor.email)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client)
        for number in range(2000):
            cache.set(f"another {number}", number, 3600)
        thief = client_of()
        sign_in(thief, advisor.email)
        # It is good for three periods of half a minute.
        for _again in range(3):
            answer = thief.post(reverse("mfa_authenticate"), {"code": f" {code[:3]} {code[3:]}"})
            assert "This is not the code of the moment" in answer.text
            assert not is_signed_in(thief)
            clock.later(seconds=29)

    def test_typed_by_one_browser_at_the_same_moment_are_counted_all(self, client, person):
        """Each of them would read that it is the first."""
        client.post(LOGIN_CODE, {"email": person.email})
        [before] = Session.objects.all()
        address = reverse("account_confirm_login_code")
        for _try in range(12):
            assert client.post(address, {"code": "AAAAAA"}).status_code == 422
            before.save()
        refused = client.post(address, {"code": code_in(mail.outbox[0])})
        assert refused.status_code == 429
        assert not is_signed_in(client)


class TestEntrance:
    def test_no_address_is_flooded_from_many_networks(self, person, clock):
        for number in range(12):
            # allauth sends one in ten seconds.
            clock.later(seconds=11)
            answer = Client(**network(number)).post("/account/signup/", {"email": person.email.upper()})
            assert answer.status_code == (302 if number < 10 else 429)
        assert len(mail.outbox) == 10
        assert "Nothing was sent." in answer.text
        assert 3400 < int(answer.headers["Retry-After"]) < 3600
        assert Client(**network(1)).post("/account/signup/", {"email": "bea@example.org"}).status_code == 302

    def test_no_network_floods_the_site(self):
        answers = [
            Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}").post(LOGIN_CODE, {"email": f"{number}@example.org"})
            for number in range(61)
        ]
        assert answers[-1].status_code == 429
        assert answers[-1].headers["Retry-After"] == "3600"
        assert len(mail.outbox) == 20
        assert Client(REMOTE_ADDR="2001:db8:1:3::1").post(LOGIN_CODE, {"email": "a@example.org"}).status_code == 302

    def test_hashing_leaves_time_for_everybody_else(self, client, person, monkeypatch):
        for number in range(40):
            assert Client(**network(number)).post(*guess(f"{number}@example.org")).status_code == 422
        hashed = []
        monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *_given: hashed.append("a password"))
        refused = sign_in(client, person.email)
        assert hashed == []
        assert refused.status_code == 429
        assert "Very many people are here just now" in refused.text
        assert "Wait 10 seconds, then try again." in refused.text
        assert refused.headers["Retry-After"] == "10"
        assert client.post(LOGIN_CODE, {"email": person.email}).status_code == 302

    def test_for_ten_seconds(self, client, person, clock):
        for number in range(40):
            Client(**network(number)).post(*guess(f"{number}@example.org"))
        clock.later(seconds=10)
        assert sign_in(client, person.email).status_code == 302

    def test_whoever_is_signed_in_does_not_wait_for_strangers(self, client, person):
        client.force_login(person)
        for number in range(41):
            Client(**network(number)).post(*guess(f"{number}@example.org"))
        assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302

    def test_one_network_does_not_use_up_the_share_of_all(self, client, person):
        for number in range(60):
            Client(**network(1)).post(*guess(f"{number}@example.org"))
        assert sign_in(client, person.email).status_code == 302

    def test_an_old_address_told_as_a_new_one_is_its_own_network(self):
        for number in range(25):
            answer = Client(REMOTE_ADDR=f"::ffff:198.51.100.{number}").post("/account/signup/", {"email": "no"})
            assert answer.status_code == 422
