"""Passwords made of the names of the site, or of a firm that one belongs to, are refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.checklists.access.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password", ["Relocation-2027", "relocation.checklist!", "Move-Well-2027", "M0ving moving 77 x"]
)
def test_with_little_else(firm, password, settings):
    settings.SITE_URL = "https://moving.example.org"
    with pytest.raises(ValidationError, match="name of this site"):
        validate_password(password, firm.advisor)


@pytest.mark.parametrize("password", ["Far-Away-2027-xyz", "relocation harbour tides", "a-long-sentence-7"])
def test_others_are_taken(firm, password):
    validate_password(password, firm.advisor)


def test_the_page_says_why(client, person):
    sign_in(client, person.email)
    given = {"oldpassword": PASSWORD, "password1": "Checklist-2027", "password2": "Checklist-2027"}
    page = client.post(reverse("account_change_password"), given)
    assert page.status_code == 422
    assert "name of this site" in page.text
