"""A third country needs content and nothing else: pages, plans, search, feeds and data know it."""

import datetime
import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.models import Checklist
from guides.catalogue import checks
from guides.models import Edition
from tests.france import three_countries


@pytest.fixture
def france(db, monkeypatch):
    day = datetime.date(2026, 11, 21)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: day)
    content = three_countries().model_dump_json(exclude_defaults=True)
    Edition.objects.create(number=1, content=content, digest=hashlib.sha256(content.encode()).hexdigest())


def newcomer(**answers):
    known = {"destination": "fr", "nationalities": ["br"], "activities": ["employee"], "already_arrived": True}
    return known | {"arrival_date": "2026-11-10"} | answers


def test_its_content_is_as_sound_as_that_of_the_others():
    assert checks.check(three_countries()) == []


@pytest.mark.usefixtures("france")
class TestPages:
    def test_the_start_page_names_three_and_has_a_door_for_each(self, client):
        page = client.get("/").text
        assert "for your move to Spain, France or Portugal" in page
        for country in ("es", "pt", "fr"):
            assert f'name="destination" value="{country}"' in page

    @pytest.mark.parametrize(
        "path",
        ["/guides/france/", "/procedures/france/fr-permit/", "/documents/fr-residence-permit/", "/sources/"],
    )
    def test_has_its_pages(self, client, path):
        page = client.get(path)
        assert page.status_code == 200
        assert "France" in page.text or "Titre de séjour" in page.text

    def test_is_found_and_in_the_feed(self, client):
        assert "/procedures/france/fr-permit/" in client.get("/search/?q=prefecture").text
        feed = client.get(reverse("guides:feed")).text
        assert "First weeks in France" in feed
        assert "France" in feed.partition("<entry>")[0]

    def test_is_asked_for_and_planned(self, client):
        assert 'value="fr"' in client.get("/start/").text
        client.post("/start/", {"destination": "fr"})
        checklist = Checklist.objects.get()
        checklist.answers = newcomer()
        checklist.save()
        page = client.get(checklist.get_absolute_url()).text
        assert "Residence permit at the prefecture" in page
        assert "10 January 2027" in page or "8 Jan" in page or "11 Jan" in page
        assert "NIF" not in page

    def test_nobody_of_there_reads_of_another_country(self, client):
        """Neither on the list nor on the pages of its tasks."""
        checklist = Checklist.objects.start(answers=newcomer(), edition=1)
        for page in (checklist.get_absolute_url(), f"{checklist.get_absolute_url()}tasks/fr-permit/"):
            body = client.get(page).text.partition("<main")[2].partition("</main>")[0]
            assert "Spain" not in body
            assert "Portug" not in body


@pytest.mark.usefixtures("france")
class TestForPrograms:
    def plan(self, client, **answers):
        return client.post("/api/plan", newcomer(**answers), content_type="application/json").json()

    def test_people_from_outside_the_eu_get_the_permit_first(self, client):
        tasks = [task["key"] for task in self.plan(client)["tasks"]]
        assert tasks == ["permit", "health"]

    def test_citizens_of_the_eu_get_none(self, client):
        tasks = {task["key"]: task["status"] for task in self.plan(client, nationalities=["de"])["tasks"]}
        assert tasks == {"health": "required", "eu-citizens": "optional"}

    def test_is_in_the_open_data(self, client):
        countries = client.get("/open-data/catalogue.json").json()["countries"]
        assert {country["key"] for country in countries} == {"es", "pt", "fr"}
        assert "fr-permit" in client.get("/open-data/catalogue.jsonld").text
