"""Accounts are kept in the admin; checklists, which belong to their owners, are not in it."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_superuser_makes_an_account(admin_client):
    fields = {"username": "editor@example.org", "password1": "a-long-sentence-7", "password2": "a-long-sentence-7"}
    fields["usable_password"] = "true"
    response = admin_client.post(reverse("admin:checklists_user_add"), fields)
    assert response.status_code == 302
    assert get_user_model().objects.get(username="editor@example.org").check_password("a-long-sentence-7")


def test_an_editor_sees_no_accounts(client, somebody):
    editor = somebody("editor@example.org", is_staff=True)
    client.force_login(editor)
    assert client.get(reverse("admin:checklists_user_changelist")).status_code == 403


def test_checklists_are_not_in_the_admin(admin_client):
    assert "checklist/" not in admin_client.get(reverse("admin:index")).text
