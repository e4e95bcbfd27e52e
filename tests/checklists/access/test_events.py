"""What happens at the doors of accounts is an event in the log, with the number of the account and nothing else."""

import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from checklists.access.limits import Limit, TooOften, count
from relocation.logs import logging_config
from tests.checklists.access.conftest import PASSWORD, code_in, code_of_app, sign_in
from tests.checklists.access.test_second_factor import set_up_an_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(caplog):
    """The events since the last time that they were asked for."""
    caplog.set_level(logging.INFO, "relocation.security")

    def events():
        told = [record.getMessage() for record in caplog.records if record.name == "relocation.security"]
        caplog.clear()
        return told

    return events


def test_signing_in_and_out(client, person, events):
    sign_in(client, person.email, "wrong")
    assert events() == ["sign-in refused: account unknown"]
    sign_in(client, person.email)
    assert events() == [f"signed in: account {person.pk}"]
    client.post(reverse("account_logout"))
    assert events() == [f"signed out: account {person.pk}"]


@pytest.mark.django_db(transaction=True)
def test_a_second_factor(client, person, events):
    sign_in(client, person.email)
    set_up_an_app(client)
    assert f"factor added: account {person.pk}" in events()
    other = Client()
    sign_in(other, person.email)
    other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert f"second factor refused: account {person.pk}" in events()
    other.post(reverse("mfa_authenticate"), {"code": code_of_app(person)})
    assert f"signed in: account {person.pk}" in events()


def test_a_wrong_code_of_a_mail(client, person, events):
    client.post(reverse("account_request_login_code"), {"email": person.email})
    client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    assert f"code for signing in refused: account {person.pk}" in events()
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0])})
    assert f"signed in: account {person.pk}" in events()


def test_a_new_password(client, person, events):
    sign_in(client, person.email)
    new = "another-long-sentence-8"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert f"password changed: account {person.pk}" in events()


def test_what_is_refused(client, firm, other_firm, events):
    client.force_login(firm.viewer)
    events()
    assert client.get(reverse("firms:settings", args=[firm.organisation.slug])).status_code == 403
    assert events() == [f"permission refused: account {firm.viewer.pk}"]
    assert Client(enforce_csrf_checks=True).post(reverse("account_login")).status_code == 403
    assert events() == ["form refused: account unknown"]


def test_what_a_limit_holds_back_is_named_without_whom_it_held(events):
    count("invite:ana@example.org", Limit(1, 60))
    with pytest.raises(TooOften):
        count("invite:ana@example.org", Limit(1, 60))
    assert events() == ["held back: limit invite"]


def test_they_are_written_where_routine_is_left_out():
    assert logging_config("WARNING", "line")["loggers"]["relocation.security"]["level"] == "INFO"
