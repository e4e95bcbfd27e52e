"""Where a checklist begins: the destination, and what the browser remembers."""

import pytest
from django.urls import reverse

from checklists.models import Checklist
from tests.checklists.pages import address

START = "/start/"


@pytest.mark.usefixtures("published", "today")
class TestStart:
    def test_asks_for_the_destination_in_the_heading(self, client):
        response = client.get(START)
        assert response.status_code == 200
        assert "<legend><h1>Where are you moving?</h1></legend>" in response.text

    def test_makes_a_checklist_that_the_browser_remembers(self, client):
        response = client.post(START, {"destination": "pt"})
        checklist = Checklist.objects.get()
        assert checklist.answers == {"destination": "pt"}
        assert response.url == client.get(address("next-question", checklist)).url
        assert response.url.startswith(f"{checklist.get_absolute_url()}questions/")
        assert client.get(reverse("checklists:resume")).url == checklist.get_absolute_url()

    @pytest.mark.parametrize("given", [{}, {"destination": "fr"}, {"destination": ""}, {"destination": "es\x00"}])
    def test_wants_a_destination_that_exists(self, client, given):
        response = client.post(START, given)
        assert response.status_code == 422
        assert 'href="#id_destination_0"' in response.text
        assert not Checklist.objects.exists()

    def test_does_not_replace_the_remembered_checklist_unasked(self, client):
        client.post(START, {"destination": "pt"})
        response = client.post(START, {"destination": "es"})
        assert response.status_code == 200
        assert "already remembers a checklist" in response.text
        assert Checklist.objects.count() == 1
        client.post(START, {"destination": "es", "anew": "1"})
        assert Checklist.objects.count() == 2

    def test_without_an_edition_says_so(self, client, db, monkeypatch):
        from guides.catalogue.compiled import CompiledCatalogue
        from guides.catalogue.schema import Catalogue
        from guides.editions import publishing

        monkeypatch.setattr("checklists.client.views.questions.current", lambda: CompiledCatalogue(Catalogue()))
        assert "Nothing is published yet" in client.get(START).text
        publishing.forget()

    def test_other_methods_are_refused(self, client):
        assert client.put(START).status_code == 405
