"""Who may open what outside the admin: every address × nine roles × looking, sending and other methods.

The addresses come from the URLconf; one whose outcome nobody declared in ``declared.py`` fails. Addresses of a
checklist are tried with its link and with the door of a firm's case. Whoever is refused leaves every row
as it was. The admin has its own table in ``test_permissions``.
"""

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from checklists.accounts.claiming import claim
from checklists.services import start_checklist
from tests.addresses import addresses
from tests.declared import DECLARED, EVERYBODY, MEMBERS, NOBODY, ONLY_BY_LINK, WORKING
from tests.test_permissions import verdict

ELSEWHERE = ("admin:", "exchange:", "guides:", "api:")
OTHER_METHODS = ("put", "patch", "delete")
# What a refused request may leave behind: Django's own book-keeping.
BOOKKEEPING = {"sessions.Session", "usersessions.UserSession"}


def ours():
    return [address for address in addresses() if address.name and not address.name.startswith(ELSEWHERE)]


def everything():
    """Every row of every table, by table."""
    models = [model for model in apps.get_models() if model._meta.label not in BOOKKEEPING]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


class World:
    """A firm with a case, whose client owns the checklist; another firm, another client, an editor, a superuser."""

    def __init__(self, firm, other_firm, in_role, somebody):
        self.firm, self.case = firm, firm.case(destination="es", email="ana@example.org")
        self.person = self.case.people.get()
        self.people = {
            "anonymous": None,
            "client": somebody("ana@example.org", second_factor=False),
            "other client": somebody("bo@example.org", second_factor=False),
            "advisor": firm.advisor,
            "other advisor": other_firm.advisor,
            "viewer": firm.viewer,
            "owner": firm.owner,
            "staff editor": in_role("Editors", "editor@example.org"),
            "superuser": somebody("root@example.org", is_staff=True, is_superuser=True),
        }
        claim(checklist=self.person.checklist, user=self.people["client"])
        start_checklist(answers={"destination": "pt"}, edition=1)


@pytest.fixture
def world(published, firm, other_firm, in_role, somebody):
    cache.clear()
    return World(firm, other_firm, in_role, somebody)


def arguments(address, world, key):
    known = {
        "slug": world.firm.organisation.slug,
        "token": key,
        "kind": "document",
        "key": "passport",
        "pk": world.case.pk,
        "person": world.person.pk,
    }
    known |= {"checklists:question": {"key": "housing"}, "checklists:change-answer": {"key": "housing"}}.get(
        address.name, {}
    )
    return {name: known[name] for name in address.arguments}


def outcomes(address, through_door):
    """Who may look and who may send. Raises KeyError where nobody declared it."""
    look, send = DECLARED[address.name]
    if not through_door:
        return look, send
    if address.name in ONLY_BY_LINK:
        return NOBODY, NOBODY
    return look & MEMBERS, send & WORKING


def tried(world):
    """Every address with its arguments, and whether it is tried through the door."""
    for address in ours():
        keys = [world.person.checklist.token, world.person.door] if "token" in address.arguments else [""]
        for through_door, key in enumerate(keys):
            yield address, reverse(address.name, kwargs=arguments(address, world, key)), bool(through_door)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_every_address_for_every_role(world, client, role, method):
    if world.people[role]:
        client.force_login(world.people[role])
    wrong, before = [], everything()
    for address, path, through_door in tried(world):
        allowed = outcomes(address, through_door)[method == "post"]
        with transaction.atomic():
            answer = verdict(getattr(client, method)(path))
            touched = everything() != before if answer is False else False
            transaction.set_rollback(True)
        if answer not in (None, role in allowed) or touched:
            wrong.append(f"{address.name} {path}: {answer}{', and changed something' if touched else ''}")
    assert wrong == []


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_no_address_takes_other_methods(world, client, method):
    client.force_login(world.people["owner"])
    before = everything()
    for _address, path, _through_door in tried(world):
        assert getattr(client, method)(path).status_code in (404, 405), path
    assert everything() == before
