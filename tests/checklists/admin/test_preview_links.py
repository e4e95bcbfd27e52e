"""Where the admin leads into previews."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from guides.editions.loading import load
from guides.models import Document, Fact, Guide, Procedure
from tests.guides.small import small_catalogue

pytestmark = pytest.mark.django_db

LINK = "See this in the draft"


@pytest.fixture
def working_copy(db):
    """Entries that were never published."""
    load(small_catalogue())


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


def page_of(model):
    return reverse(f"admin:guides_{model._meta.model_name}_change", args=[model.objects.order_by("key").last().pk])


@pytest.mark.parametrize("model", [Procedure, Guide, Document])
def test_an_entry_leads_to_its_page_in_the_draft(browser, working_copy, model):
    key = model.objects.order_by("key").last().key
    text = browser.get(page_of(model)).text
    address = f"/preview/?kind={model._meta.model_name}&amp;key={key}"
    assert f'<a href="{address}" class="viewsitelink">{LINK}</a>' in text
    assert "View on site" not in text
    response = browser.get(address.replace("&amp;", "&"), follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[0][0].startswith("/preview/draft/today/")


def test_an_entry_without_a_page_does_not(browser, working_copy):
    assert LINK not in browser.get(page_of(Fact)).text


def test_neither_does_any_for_those_who_may_not_see_drafts(client, working_copy, somebody):
    staff = somebody("staff@example.org", is_staff=True)
    staff.user_permissions.add(Permission.objects.get(codename="change_procedure"))
    client.force_login(staff)
    assert LINK not in client.get(page_of(Procedure)).text
    assert reverse("admin:preview") not in client.get(reverse("admin:index")).text


def test_the_start_page_of_the_admin_leads_to_all_ways(browser, working_copy):
    address = reverse("admin:preview")
    assert f'href="{address}"' in browser.get(reverse("admin:index")).text
    text = browser.get(address).text
    assert '<option value="/procedures/portugal/nif/">Get a tax number</option>' in text
    assert '<option value="/start/">Questionnaire</option>' in text


@pytest.mark.parametrize("page", ["/", "/start/", "/guides/", "/procedures/portugal/nif/", "/documents/passport/"])
def test_every_page_that_is_offered_opens(browser, working_copy, page):
    assert f'<option value="{page}"' in browser.get(reverse("admin:preview")).text
    assert browser.get("/preview/", {"page": page}, follow=True).status_code == 200
