"""Signing in, as people do it."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page

from .visitor import Visitor


def app_code(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(page: Page, email: str, password: str) -> None:
    """Fill in the page to sign in, and the second step if this account has one."""
    page.get_by_label("Email address").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    app = Authenticator.objects.filter(user__email=email, type=Authenticator.Type.TOTP).first()
    if app:
        # A code works once, and journeys are faster than half a minute.
        cache.clear()
        page.get_by_label("Code").fill(app_code(decrypt(app.data["secret"])))
        page.get_by_role("main").get_by_role("button", name="Sign in").click()


def let_in(person: Visitor, user) -> Visitor:
    """As if they had just signed in with everything that is asked of them."""
    client = Client()
    client.force_login(user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": person.origin}
    person.context.add_cookies([session])
    return person
