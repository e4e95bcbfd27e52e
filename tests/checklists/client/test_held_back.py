"""Programs that make plans or checklists without end are held back; whoever works as people do is not."""

import pytest
from django.urls import reverse

from checklists.access.limits import Limit
from checklists.client import api
from checklists.client.views import questions
from checklists.models import Checklist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

OTHER = {"REMOTE_ADDR": "198.51.100.7"}


def plan(client, **more):
    return client.post("/api/plan", {"destination": "es"}, content_type="application/json", **more)


def start(client, **more):
    client.cookies.clear()
    return client.post(reverse("checklists:start"), {"destination": "es"}, **more)


class TestPlans:
    def test_of_one_network(self, client, monkeypatch):
        monkeypatch.setattr(api, "PLANS_OF_NETWORK", Limit(2, 3600))
        assert [plan(client).status_code for _time in range(3)] == [200, 200, 429]
        assert plan(client, **OTHER).status_code == 200

    def test_of_all_together(self, client, monkeypatch):
        monkeypatch.setattr(api, "PLANS_OF_SITE", Limit(1, 60))
        assert plan(client).status_code == 200
        assert plan(client, **OTHER).status_code == 429

    def test_whoever_is_held_back_learns_it_in_the_shape_of_all_errors(self, client, monkeypatch):
        monkeypatch.setattr(api, "PLANS_OF_NETWORK", Limit(0, 3600))
        answer = plan(client)
        assert 3590 <= int(answer.headers["Retry-After"]) <= 3600
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        [problem] = answer.json()["errors"]
        assert problem["key"] == ""
        assert "Ask again in" in problem["message"]
        assert "429" in client.get("/api/openapi.json").json()["paths"]["/api/plan"]["post"]["responses"]


class TestChecklists:
    def test_of_one_network(self, client, monkeypatch):
        monkeypatch.setattr(questions, "LISTS_OF_NETWORK", Limit(1, 3600))
        assert start(client).status_code == 302
        page = start(client)
        assert page.status_code == 429
        assert "Retry-After" in page.headers
        assert "So many new checklists" in page.text
        assert "passkey" not in page.text
        assert Checklist.objects.count() == 1
        assert start(client, **OTHER).status_code == 302

    def test_of_all_together(self, client, monkeypatch):
        monkeypatch.setattr(questions, "LISTS_OF_SITE", Limit(1, 3600))
        assert start(client).status_code == 302
        assert start(client, **OTHER).status_code == 429


def test_a_school_class_is_not(client):
    assert api.PLANS_OF_NETWORK.most >= 1000
    assert {start(client).status_code for _pupil in range(40)} == {302}
