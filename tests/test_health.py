"""Probes: what they are told, to whom, and which figures raise which alarm."""

import datetime

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from checklists.models import OutgoingMail
from guides.editions import publishing
from guides.models import Edition
from relocation import health

TOLD_MORE = ["/health/ready/", "/health/work/", "/health/metrics/"]
every_page = pytest.mark.parametrize("path", TOLD_MORE)


@pytest.fixture
def database_gone(monkeypatch):
    def gone(*_args, **_more):
        raise OperationalError("connection refused")

    monkeypatch.setattr("relocation.health.MigrationRecorder.applied_migrations", gone)


@pytest.fixture
def owe(db):
    """Owes emails, due a while ago or after so many tries."""

    def owe(*, minutes=0, tries=0, count=1):
        due = timezone.now() - datetime.timedelta(minutes=minutes)
        for _number in range(count):
            OutgoingMail.objects.create(kind="hello", to="ana@example.org", next_try_at=due, tries=tries)

    return owe


class TestAlive:
    """No fixture gives it a database, and without one nothing here could ask for it."""

    @pytest.mark.parametrize("path", ["/health/", "/health"])
    def test_answers_under_any_name_by_http_and_without_a_database(self, client, settings, path):
        settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["moving.example.org"], True
        response = client.get(path, headers={"host": "10.0.0.7:8000"})
        assert (response.status_code, response.text) == (200, "ok\n")
        assert "no-store" in response.headers["Cache-Control"]
        assert not response.cookies

    def test_is_only_looked_at(self, client):
        assert client.post("/health/").status_code == 405

    @pytest.mark.django_db
    def test_nothing_else_goes_round_the_checks(self, client, settings):
        settings.ALLOWED_HOSTS = ["moving.example.org"]
        for path in ("/health/nothing/", "/healthy/", "/"):
            assert client.get(path, headers={"host": "10.0.0.7"}).status_code in (400, 404)


@pytest.mark.django_db
@every_page
class TestWhoIsToldMore:
    def test_the_machine_itself(self, client, published, path):
        assert client.get(path).status_code == 200
        assert client.get(path, REMOTE_ADDR="::1").status_code == 200

    def test_nobody_else(self, client, published, path):
        assert client.get(path, REMOTE_ADDR="10.0.0.7").status_code == 403

    @pytest.mark.parametrize("header", ["x-forwarded-for", "x-forwarded-proto", "x-real-ip", "forwarded", "via"])
    def test_nobody_who_comes_through_the_proxy_of_this_machine(self, client, published, path, header):
        assert client.get(path, headers={header: "127.0.0.1"}).status_code == 403

    def test_whoever_brings_the_token(self, client, published, settings, path):
        settings.HEALTH_TOKEN = "a-long-token"
        for given, status in (("Bearer a-long-token", 200), ("Bearer a-long", 403), ("Bearer ", 403), ("é", 403)):
            assert client.get(path, REMOTE_ADDR="10.0.0.7", headers={"authorization": given}).status_code == status

    def test_an_empty_token_opens_nothing(self, client, published, path):
        for given in ("", "Bearer", "Bearer "):
            assert client.get(path, REMOTE_ADDR="10.0.0.7", headers={"authorization": given}).status_code == 403


@pytest.mark.django_db
class TestReady:
    def test_all_is_well(self, client, published):
        response = client.get("/health/ready/")
        assert response.status_code == 200
        found = response.json()
        assert (found["ready"], found["alarms"], found["edition"], found["edition_served"]) == (True, [], 1, 1)

    def test_no_database(self, client, database_gone):
        response = client.get("/health/ready/")
        assert response.status_code == 503
        assert response.json() == {"ready": False, "alarms": ["database"]}

    def test_files_were_not_gathered(self, client, published, monkeypatch):
        def missing(name):
            raise ValueError(f"Missing staticfiles manifest entry for '{name}'")

        monkeypatch.setattr("relocation.health.staticfiles_storage.url", missing)
        response = client.get("/health/ready/")
        assert (response.status_code, response.json()["alarms"]) == (503, ["files"])

    def test_a_migration_is_missing(self, client, published, monkeypatch):
        monkeypatch.setattr(health, "_migrations", lambda: {("checklists", "9999_later")})
        response = client.get("/health/ready/")
        assert response.status_code == 503
        assert response.json() == {"ready": False, "alarms": ["migrations"], "migrations_missing": 1}

    def test_nothing_is_published(self, client):
        response = client.get("/health/ready/")
        assert response.status_code == 503
        assert response.json()["alarms"] == ["no edition"]

    def test_an_edition_that_cannot_be_read_is_no_reason_to_stop(self, client, published):
        Edition.objects.create(number=2, content='{"nothing": 1}', digest="x" * 64)
        publishing.forget()
        response = client.get("/health/ready/")
        assert (response.status_code, response.json()["alarms"]) == (200, ["old edition"])


@pytest.mark.django_db
class TestWork:
    def alarms(self, client):
        response = client.get("/health/work/")
        assert response.status_code == (503 if response.json()["alarms"] else 200)
        assert client.get("/health/ready/").status_code == 200, "the pages are served all the same"
        return response.json()["alarms"]

    def test_a_task_that_no_worker_takes(self, client, published):
        task = DBTaskResult.objects.create(args_kwargs={}, task_path="relocation.nothing", backend_name="default")
        assert self.alarms(client) == []
        DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(minutes=16))
        assert self.alarms(client) == ["tasks"]
        task.delete()
        assert self.alarms(client) == []

    @pytest.mark.parametrize(
        ("mail", "alarms"),
        [
            ({"minutes": 10}, []),
            ({"minutes": 31}, ["email waits"]),
            ({"minutes": -60}, []),
            ({"minutes": -60, "tries": 4}, []),
            ({"minutes": -60, "tries": 4, "count": 3}, ["email fails"]),
            ({"minutes": 600, "tries": 1, "count": 3}, []),
        ],
    )
    def test_mail(self, client, published, owe, mail, alarms):
        owe(**mail)
        assert self.alarms(client) == alarms


@pytest.mark.django_db
class TestMetrics:
    def figures(self, client):
        lines = client.get("/health/metrics/").text.splitlines()
        told = {line.split()[2] for line in lines if line.startswith("# TYPE")}
        found = dict(line.split(" ") for line in lines if not line.startswith("#"))
        assert told == found.keys()
        return {name: int(value) for name, value in found.items()}

    def test_each_figure(self, client, published, owe):
        owe(minutes=10, count=2)
        owe(minutes=-60, tries=4)
        OutgoingMail.objects.create(
            kind="hello", to="bo@example.org", tries=3, given_up_at=timezone.now(), given_up_for="refused"
        )
        client.get("/")
        found = self.figures(client)
        assert found["relocation_database_up"] == 1
        assert found["relocation_edition"] == found["relocation_edition_served"] == 1
        assert found["relocation_mail_owed"] == 3
        assert 590 < found["relocation_mail_waits_seconds"] < 700
        assert found["relocation_mail_failing"] == 1
        assert found["relocation_mail_given_up"] == 1
        assert found["relocation_process_peak_memory_bytes"] > 10_000_000
        assert found["relocation_cache_of_data_bytes"] > 0

    def test_without_a_database_the_process_still_tells_of_itself(self, client, database_gone):
        found = self.figures(client)
        assert found["relocation_database_up"] == 0
        assert found["relocation_process_peak_memory_bytes"] > 0
        assert "relocation_edition" not in found
