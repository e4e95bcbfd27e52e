"""The frame of a firm's pages: its tabs, and the way to somebody's other firms."""

import pytest
from django.urls import reverse

from checklists.models import Membership

pytestmark = pytest.mark.django_db


def cases_of(organisation):
    return reverse("board:cases", args=[organisation.slug])


def test_the_tab_of_the_page_is_marked(client, firm):
    client.force_login(firm.viewer)
    page = client.get(cases_of(firm.organisation))
    assert f'<a href="{cases_of(firm.organisation)}" aria-current="page">Cases</a>' in page.text


def test_somebody_of_two_firms_finds_the_other(client, firm, other_firm):
    Membership.objects.create(organisation=other_firm.organisation, user=firm.viewer, role="viewer")
    client.force_login(firm.viewer)
    assert cases_of(other_firm.organisation) in client.get(cases_of(firm.organisation)).text


def test_others_see_only_their_own_firm(client, firm, other_firm):
    client.force_login(firm.owner)
    page = client.get(cases_of(firm.organisation)).text
    assert "Far Away" not in page
    assert "your other firms" not in page
