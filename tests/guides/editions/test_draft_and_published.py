"""Nothing that an editor saves reaches the public before it is published."""

import json
import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from checklists.models import Checklist
from guides.editions.mapping import sections
from guides.editions.publishing import publish
from guides.editions.working_copy import snapshot
from guides.models import Procedure
from tests.guides.editions.test_publishing import PUBLISH
from tests.guides.forms import filled_form, page

pytestmark = pytest.mark.django_db

MODELS = [mapping.model for mapping in sections().values() if admin.site.is_registered(mapping.model)]
WORDS = ("name", "title", "statement", "phrase", "text")
ADDRESSES = [
    "/",
    "/about/",
    "/guides/",
    "/guides/pt/",
    "/guides/pt/work-in-portugal/",
    "/procedures/pt/nif/",
    "/documents/passport/",
    "/sources/",
    "/search/?q=tax",
    "/search/?q=changed",
    "/feed.atom",
    "/sitemap.xml",
    "/open-data/",
    "/open-data/catalogue.json",
    "/open-data/catalogue.jsonld",
    "/start/",
]
# What differs from one answer to the next in any case.
FLEETING = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"')


@pytest.fixture
def small(full):
    return full


@pytest.fixture
def everything_public(edition):
    """Asks for all that the public can see: pages, feed, search, open data, the API, and somebody's checklist."""
    checklist = Checklist.objects.start(answers={"destination": "pt", "stay_months": 30}, edition=1)
    addresses = [*ADDRESSES, checklist.get_absolute_url(), f"{checklist.get_absolute_url()}answers/"]
    answers = json.dumps(checklist.answers)

    def ask():
        public = Client()
        found = {address: FLEETING.sub("", public.get(address).text) for address in addresses}
        found["plan"] = public.post(reverse("api:make_plan"), answers, content_type="application/json").text
        return found

    return ask


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_what_is_saved_waits_for_publication(client, editor, everything_public, small, model):
    before = everything_public()
    client.force_login(editor)
    address = page(model, "change", model.objects.first().pk)
    form = filled_form(client.get(address))
    field = next(name for name in WORDS if name in form)
    response = client.post(address, {**form, field: f"{form[field]} changed"})
    assert response.status_code == 302
    assert snapshot() != small
    client.get(PUBLISH)
    assert everything_public() == before
    publish(actor=None, note="", word="It will do.")
    assert everything_public() != before


def test_what_is_made_or_deleted_waits_too(everything_public):
    before = everything_public()
    assert "Get a tax number" in before["plan"]
    Procedure.objects.get(key="niss").delete()
    nif = Procedure.objects.get(key="nif")
    Procedure.objects.create(
        key="new", country=nif.country, authority=nif.authority, name="New", local_name="Novo", order=1
    )
    assert everything_public() == before
