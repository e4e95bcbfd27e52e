import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client

PASSWORD = "a-long-sentence-7"


@pytest.fixture
def person(somebody):
    """Somebody with an account and a password, and no second factor."""
    return somebody("ana@example.org", second_factor=False, password=PASSWORD)


def code_in(mail):
    """The code that a mail holds on a line of its own."""
    return re.search(r"^([A-Z0-9-]{6,})$", mail.body, re.MULTILINE)[1]


def code_of_app(user):
    """What the authenticator app of this person shows now."""
    return app_code(decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"]))


def app_code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/account/login/", {"login": email, "password": password, **more})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def client_of():
    """Another browser."""
    return Client
