"""Emails in a browser, which draws them as an email program does: without a stylesheet of the site."""

import pytest
from django.core import mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
GROUNDS = {"light": "rgb(244, 246, 244)", "dark": "rgb(14, 24, 28)"}


@pytest.mark.parametrize("theme", GROUNDS)
def test_a_phone_shows_the_code_without_scrolling(chromium, client, somebody, theme):
    somebody("ana@example.org", second_factor=False)
    client.post("/account/login/code/", {"email": "ana@example.org"})
    page = chromium.new_page(viewport={"width": 360, "height": 740}, color_scheme=theme)
    page.set_content(mail.outbox[0].alternatives[0].content)
    box = page.locator(".code").bounding_box()
    assert box["y"] + box["height"] < 300
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == GROUNDS[theme]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()
