"""Every page of a list leads back to it in the same words."""

import pytest

from tests.checklists.pages import address


@pytest.mark.parametrize("page", ["answers", "calendar", "keep"])
def test_pages_of_a_list_lead_back_to_it_by_its_name(client, freelancer, page):
    text = client.get(address(page, freelancer)).text
    assert f'<p class="back"><a href="{freelancer.get_absolute_url()}">‹ Your move to Spain</a></p>' in text


def test_the_pages_of_firms_and_of_privacy_do_too(client, freelancer):
    back = f'<a href="{freelancer.get_absolute_url()}">‹ Your move to Spain</a>'
    for path in ("access/", "messages/", "data/"):
        page = client.get(f"{freelancer.get_absolute_url()}{path}")
        assert page.status_code == 200
        assert back in page.text
