"""What is written to logs opens nothing: after a journey with every mistake that is logged, and in any text."""

import io
import json
import logging
import sys

import pytest
from django.test import Client
from django.urls import reverse

from checklists.firms.sharing.services import make_code, take_code
from checklists.firms.sharing.words import written
from checklists.models import Invitation, Subscription
from relocation.logs import JsonLine, Line, hide, logging_config
from tests.addresses import addresses
from tests.checklists.pages import address, hidden_fields

KEY = "Zk3v_9Qm-1xTq7LwR2b0aA"
SHARES = {"shares_checklist": True, "shares_documents": True, "shares_notes": True}
FORMS = pytest.mark.parametrize("formatter", [Line, JsonLine])


@pytest.fixture
def written_down(request, monkeypatch):
    """Everything that the handlers of a real installation would write, in this form."""
    stream, handler = io.StringIO(), logging.StreamHandler()
    handler.setStream(stream)
    handler.setFormatter(request.getfixturevalue("formatter")())
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    return stream


@pytest.fixture
def world(freelancer, firm, other_firm):
    """A checklist with mail, a code and a firm, and an invitation; and whatever of it opens something."""
    checklist, organisation = freelancer, firm.organisation
    subscription = Subscription.objects.create(checklist=checklist, email="ana@example.org")
    place = take_code(
        code=make_code(checklist=checklist, **SHARES), organisation=organisation, by=firm.advisor, name="Ana Silva"
    )
    code = make_code(checklist=checklist, **SHARES)
    invitation = Invitation.objects.create(organisation=organisation, email="new@example.org")
    return {
        "checklist": checklist.token,
        "door": place.door,
        "subscription": subscription.key,
        "invitation": invitation.key,
        "code": code.code,
        "written code": written(code.code),
        "address": "ana@example.org",
    }


def make_mistakes(client, world, checklist, stranger):
    """One answer for each status that is logged, at each kind of address with a key in it."""
    page = client.get(address("answers", checklist))
    late = {**hidden_fields(page), "arrival_date-day": "31", "arrival_date-month": "2", "arrival_date-year": "x"}
    yield client.post(address("change-answer", checklist, "arrival_date"), late)
    yield client.post(address("mail", checklist), {"email": "ana@example", "agreed": "on"})
    yield client.get(address("checklist", checklist) + "nothing-here/?email=ana@example.org")
    yield client.get(f"/c/{world['checklist']}).")
    yield client.delete(address("checklist", checklist))
    yield client.post(address("answers", checklist), {"x": "x" * 300_000})
    yield client.post(address("tick", checklist, "document", "passport"), {"done": "yes", "seen": "older"})
    yield Client(enforce_csrf_checks=True).post(
        address("keep", checklist), headers={"referer": f"https://else.example{address('keep', checklist)}"}
    )
    yield client.get(f"/c/{world['door']}/access/")
    for path in (f"/mail/{world['subscription']}/", f"/share/{world['written code']}/nothing/"):
        yield client.get(path)
    stranger_client = Client()
    stranger_client.force_login(stranger)
    yield stranger_client.get(f"/firms/invitation/{world['invitation']}/")
    yield stranger_client.get(f"/share/{world['code']}/?case=x")
    yield stranger_client.get(f"/account/nothing/?next=%2Fc%2F{world['checklist']}%2F&code={world['code']}")
    Invitation.objects.all().delete()
    yield stranger_client.get(f"/firms/invitation/{world['invitation']}/")


@pytest.mark.django_db
@FORMS
def test_a_journey_full_of_mistakes_leaves_no_key_behind(
    formatter, written_down, monkeypatch, world, freelancer, other_firm
):
    client = Client(raise_request_exception=False)
    statuses = {answer.status_code for answer in make_mistakes(client, world, freelancer, other_firm.advisor)}
    assert {403, 404, 405, 413, 422} <= statuses

    def fails(request, token):
        raise RuntimeError(f"no plan for {token}, whose owner is ana@example.org")

    monkeypatch.setattr("checklists.client.views.checklist.find_checklist", fails)
    assert client.get(address("checklist", freelancer)).status_code == 500
    found = written_down.getvalue()
    assert "RuntimeError" in found
    assert "Traceback" in found
    assert len(found.splitlines()) > 12
    assert {name for name, secret in world.items() if secret in found} == set()
    if formatter is JsonLine:
        told = [json.loads(line) for line in found.splitlines()]
        assert {"time", "level", "logger", "process", "message"} <= told[0].keys()
        assert {404, 422, 500} <= {line.get("status") for line in told}
        assert "RuntimeError" in told[-1]["exception"]


def test_every_address_with_a_key_is_hidden():
    """A new kind of address with a key fails here until ``relocation/logs.py`` knows it."""
    keyed = [found for found in addresses() if {"token", "code"} & set(found.arguments) or "mail/<" in found.route]
    keyed += [found for found in addresses() if found.name == "firms:invitation"]
    assert len(keyed) > 30
    for found in keyed:
        kwargs = dict.fromkeys(found.arguments, "key") | {"token": "secret", "code": "secret"}
        kwargs |= {name: 1 for name in ("pk", "number") if name in found.arguments}
        if "mail/<" in found.route or found.name == "firms:invitation":
            kwargs["key"] = "secret"
        path = reverse(found.name, kwargs={name: kwargs[name] for name in found.arguments})
        assert "secret" in path
        assert "secret" not in hide(path)


@pytest.mark.parametrize(
    "text",
    [
        f"Not Found: /c/{KEY}",
        f"Not Found: /preview/draft/2027-05-03/c/{KEY}/",
        f"Not Found: /c//{KEY}.",
        f"Not Found: /c/ {KEY}/",
        f"Error handling request GET /account/login/?next=%2Fc%2F{KEY}%2Ftasks%2F",
        f"/account/login/?next=/c/{KEY}/",
        f"Referer checking failed - https://moving.example.org/mail/{KEY}/stop/ does not match",
        f"DETAIL:  Key (token)=({KEY}) already exists.",
        f"Checklist {KEY}",
        f"/share/?code={KEY}&q=x",
        f"/somewhere/?{KEY}={KEY}",
        f"could not connect to postgres://relocation:{KEY}@db.example.org/relocation",
    ],
)
def test_keys_are_hidden_wherever_they_stand(text):
    assert KEY not in hide(text)
    assert "[hidden]" in hide(text)


@pytest.mark.parametrize(
    "text",
    [
        '  File "/srv/relocation/checklists/mail/sending.py", line 60, in _send',
        '  File "/usr/share/python3/thing.py", line 1, in <module>',
        "django.core.exceptions.ImproperlyConfigured: UnorderedObjectListWarning",
        "Edition 7 cannot be read; an older one is served. Publish again.",
        "Task id=7b1c4c9e-5b0e-4c6f-9d2e-3d6f6f1f7a10 path=checklists.mail.sending.send_mail state=SUCCESSFUL",
        "Not Found: /firms/move-well/cases/7/mail",
    ],
)
def test_what_helps_to_find_a_fault_stays(text):
    assert hide(text) == text


def test_no_handler_writes_anything_else():
    """Neither Django nor gunicorn keep a handler that writes addresses as they are."""
    for form, formatter in (("line", Line), ("json", JsonLine)):
        config = logging_config("INFO", form)
        assert [made["()"] for made in config["formatters"].values()] == [formatter]
        assert {handler["formatter"] for handler in config["handlers"].values()} == set(config["formatters"])
        assert not any(logger.get("handlers") for logger in config["loggers"].values())


def test_a_record_without_arguments_and_one_with_an_exception():
    try:
        raise ValueError(f"/c/{KEY}/")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "100 % of it", None, sys.exc_info())
    for formatter in (Line, JsonLine):
        told = formatter().format(record)
        assert "100 % of it" in told
        assert KEY not in told
