"""A reader reports that an office did it differently; nobody learns who it was, and a few a day are enough."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from guides.models import Report, ReportSender
from guides.reading.reporting import MOST_A_DAY, TooManyReports, send_report
from tests.guides.reading_pages import publish, reading_catalogue

ADDRESS = "/procedures/portugal/nif/report/"
THANKS = f"{ADDRESS}thanks/"
REPORT = {
    "office": "Finanças Lisboa 3",
    "month": "2026-10",
    "words": "They want\r\nan invoice.",
    "fact": "",
    "website": "",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue():
    publish(reading_catalogue())


@pytest.fixture
def clock(monkeypatch):
    """A clock to turn: ``clock.now`` is what time it is."""

    class Clock:
        now = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)

    monkeypatch.setattr(timezone, "now", lambda: Clock.now)
    return Clock


def send(client, **changes):
    return client.post(ADDRESS, {**REPORT, **changes})


def test_page_asks_for_nothing_personal(client):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Tell nothing about yourself." in page.text
    assert "It is free." in page.text
    assert not set(page.context["form"].fields) & {"name", "email", "phone"}


def test_report_is_kept_and_thanked_for(client):
    response = send(client, fact="nif.fee")
    assert (response.status_code, response.url) == (302, THANKS)
    assert "Thank you" in client.get(THANKS).text
    report = Report.objects.get()
    assert (report.country, report.procedure, report.fact, report.edition) == ("pt", "nif", "nif.fee", 1)
    assert (report.office, report.words, report.state) == ("Finanças Lisboa 3", "They want\nan invoice.", "new")
    assert report.month == datetime.date(2026, 10, 1)


@pytest.mark.parametrize("month", ["10/2026", "10.2026", "2026-10", "October 2026", "outubro 2026"])
def test_month_may_be_written_in_several_ways(client, month):
    send(client, month=month)
    assert Report.objects.get().month == datetime.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("office", "", "This field is required."),
        ("office", "x" * 201, "at most 200 characters"),
        ("month", "October", "The year is missing."),
        ("month", "2026-13", "Write month and year in numbers, for example 10 and 2026."),
        ("month", "2999-01", "Give a month that has already begun"),
        ("month", "1999-12", "Give a month that has already begun"),
        ("words", "", "This field is required."),
        ("words", "x" * 2001, "at most 2000 characters"),
        ("words", "a\x00b", "Null characters are not allowed."),
        ("fact", "nif.nonsense", "Select a valid choice."),
    ],
)
def test_bad_input_is_explained_and_kept(client, field, value, complaint):
    response = send(client, **{field: value})
    assert response.status_code == 422
    assert complaint in response.text
    assert "Finanças Lisboa 3" in response.text or field == "office"
    assert not Report.objects.exists()


def test_line_ends_count_once(client):
    assert send(client, words="x\r\n" * 999).status_code == 302


def test_program_that_fills_in_everything_is_thanked_and_ignored(client):
    assert send(client, website="https://example.org").url == THANKS
    assert not Report.objects.exists()


@pytest.mark.parametrize("path", ["/procedures/portugal/gone/report/", "/procedures/atlantis/nif/report/"])
def test_only_for_procedures_of_the_edition(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, REPORT).status_code == 404
    assert client.get(f"{path}thanks/").status_code == 404


def test_other_methods(client):
    assert client.put(ADDRESS).status_code == 405
    assert client.post(THANKS).status_code == 405


def test_procedure_leads_to_it_and_shows_no_report(client):
    send(client, words="A secret")
    page = client.get("/procedures/portugal/nif/").text
    assert f'<a href="{ADDRESS}">My office did it differently</a>' in page
    assert "A secret" not in page


class TestLimit:
    def test_one_a_minute(self, client, clock):
        send(client)
        clock.now += datetime.timedelta(seconds=20)
        refused = send(client, words="And another thing")
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "60"
        assert "Wait 1 minute and send it again." in refused.text
        assert "And another thing" in refused.text
        clock.now += datetime.timedelta(seconds=41)
        assert send(client).status_code == 302

    def test_a_few_a_day(self, client, clock):
        for _number in range(MOST_A_DAY):
            assert send(client).status_code == 302
            clock.now += datetime.timedelta(minutes=2)
        assert "Send it again tomorrow" in send(client).text
        assert Report.objects.count() == MOST_A_DAY
        clock.now += datetime.timedelta(days=1)
        assert send(client).status_code == 302

    def test_bad_input_does_not_count(self, client, clock):
        send(client, month="")
        assert send(client).status_code == 302

    def test_each_address_has_its_own(self, client, clock):
        send(client)
        assert client.post(ADDRESS, REPORT, REMOTE_ADDR="203.0.113.7").status_code == 302
        assert client.post(ADDRESS, REPORT, REMOTE_ADDR="2001:db8:1:2::1").status_code == 302
        assert client.post(ADDRESS, REPORT, REMOTE_ADDR="2001:db8:1:2:9::9").status_code == 429

    def test_behind_a_proxy_the_last_address_counts(self, client, clock, settings):
        settings.CLIENT_ADDRESS = "HTTP_X_FORWARDED_FOR"
        for number, status in [(1, 302), (2, 429)]:
            headers = {"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"}
            assert client.post(ADDRESS, REPORT, headers=headers).status_code == status

    def test_no_address_is_kept_and_the_hash_is_gone_with_the_next_day(self, client, clock):
        client.post(ADDRESS, REPORT, REMOTE_ADDR="203.0.113.7")
        first = ReportSender.objects.get()
        with connection.cursor() as cursor:
            for model in (Report, ReportSender):
                cursor.execute(f"SELECT * FROM {model._meta.db_table}")
                assert "203.0.113.7" not in str(cursor.fetchall())
        clock.now += datetime.timedelta(days=1)
        client.post(ADDRESS, REPORT, REMOTE_ADDR="203.0.113.7")
        second = ReportSender.objects.get()
        assert second.sender != first.sender
        assert second.count == 1


@pytest.mark.django_db(transaction=True)
def test_of_those_sent_at_the_same_time_one_is_kept():
    values = {"edition": 1, "country": "pt", "procedure": "nif", "office": "A", "words": "?"}
    month = datetime.date(2026, 10, 1)

    def send(_number):
        try:
            send_report(network="203.0.113.7", month=month, **values)
        except TooManyReports:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send, range(8))) == 1
    assert Report.objects.count() == 1
