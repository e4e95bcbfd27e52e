"""Who may open what outside the admin: every address × nine roles × looking, sending and other methods.

The addresses come from the URLconf; one whose outcome nobody declared in ``declared.py`` fails. Addresses of a
checklist are tried with its link and with the door of a firm's case. Whoever is refused leaves every row
as it was. The admin has its own table in ``test_permissions``.
"""

import datetime

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from checklists.firms.casework.services import add_task, ask
from checklists.models import (
    AnswerTemplate,
    CaseImport,
    CaseNote,
    Checklist,
    Invitation,
    Label,
    SavedView,
    ShareCode,
    Subscription,
)
from tests.addresses import addresses
from tests.checklists.publishing import publish
from tests.declared import DECLARED, EVERYBODY, FORMS, MEMBERS, NOBODY, OF_THEIR_OWN, ONLY_BY_LINK, WORKING
from tests.guides.small import small_catalogue

# The admin has a table of its own; guides and the API are public, and the last two are a developer's and an editor's.
ELSEWHERE = ("admin:", "entries:", "exchange:", "guides:", "api:", "components", "preview")
SENT = {"firms:move-stage": {"to": "up"}, "board:bulk": {"verb": "archive"}, "board:export": {"format": "csv"}}
KEYS = {
    "checklists:question": "stay_months",
    "checklists:change-answer": "stay_months",
    "checklists:task": "nif",
    "checklists:appointment-file": "nif",
}
# What a refused request may leave behind: Django's own book-keeping.
BOOKKEEPING = {"checklists.TimedEntry", "sessions.Session", "usersessions.UserSession"}


def ours():
    return [address for address in addresses() if address.name and not address.name.startswith(ELSEWHERE)]


def let_in(response):
    """Whether an answer lets somebody in; None where nobody gets in that way."""
    if response.status_code == 405:
        return None
    to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))
    return not to_sign_in and response.status_code not in (403, 404)


def everything():
    """Every row of every table, by table."""
    models = [model for model in apps.get_models() if model._meta.label not in BOOKKEEPING]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in models}


class World:
    """A firm with a case, whose client owns the checklist; another firm, another client, an editor, a superuser."""

    def __init__(self, firm, other_firm, in_role, somebody):
        self.firm, self.case = firm, firm.case(destination="pt", email="ana@example.org")
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
        checklist = self.person.checklist
        checklist.owner = self.people["client"]
        checklist.save()
        checklist.items.create(kind="procedure", key="nif", date=datetime.date(2027, 1, 12))
        Checklist.objects.start(answers={"destination": "pt"}, edition=1)
        organisation = firm.organisation
        self.rows = {
            "board:forget-view": SavedView.objects.create(
                organisation=organisation, user=firm.advisor, name="Mine", query="q=ana"
            ),
            "firms:member": organisation.memberships.get(user=firm.viewer),
            "firms:stage": organisation.stages.last(),
            "firms:label": Label.objects.create(organisation=organisation, name="VIP"),
            "firms:template": AnswerTemplate.objects.create(organisation=organisation, name="Hello", text="Hello"),
            "firms:invitation": Invitation.objects.create(organisation=organisation, email="new@example.org"),
            "sharing:code": ShareCode.objects.create(checklist=checklist),
            "cases:import-preview": CaseImport.objects.create(
                organisation=organisation, user=firm.advisor, name="clients.csv", content=b"name\nBea Blanco\n"
            ),
            "request": ask(person=self.person, text="Which flight?", by=firm.advisor),
            "task": add_task(person=self.person, text="Call the bank", by=firm.advisor),
            "note": CaseNote.objects.create(case=self.case, author=firm.advisor, text="Nice people"),
            "account-let-go": checklist,
            "checklists:mail": Subscription.objects.create(checklist=checklist, email="ana@example.org"),
        }


pytestmark = pytest.mark.roles


@pytest.fixture
def world(firm, other_firm, in_role, somebody, settings):
    """On the small catalogue: what it says lets nobody in, and its pages are drawn some thousand times."""
    cache.clear()
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    publish(small_catalogue())
    return World(firm, other_firm, in_role, somebody)


def arguments(address, world, key):
    """What stands in the address: rows of the firm, of its case, of its client."""
    rows = world.rows
    known = {
        "slug": world.firm.organisation.slug,
        "token": key,
        "kind": "document",
        "key": KEYS.get(address.name, "passport"),
        "code": rows["sharing:code"].code,
        "pk": _row(address.name, world).pk,
        "person": world.person.pk,
        "number": _row_in_case(address.name, world).pk,
        "link": f"c/{key or 'x' * 22}",
    }
    if address.name == "firms:invitation":
        known["key"] = rows["firms:invitation"].key
    if address.name in ("checklists:confirm-mail", "checklists:stop-mail"):
        known["key"] = rows["checklists:mail"].key
    return {name: known[name] for name in address.arguments}


def _row(name, world):
    """The row that the address speaks of: the case, where nothing else is told."""
    kinds = {"member": "firms:member", "stage": "firms:stage", "label": "firms:label", "template": "firms:template"}
    room, _colon, page = name.partition(":")
    if "invitation" in page:
        return world.rows["firms:invitation"]
    if room == "firms" and (kind := next((key for word, key in kinds.items() if word in page), None)):
        return world.rows[kind]
    if room == "sharing":
        rows = {"end-code": "sharing:code", "answer": "request", "tick-task": "task"}
        return world.rows[rows[page]] if page in rows else world.person
    return world.rows.get(name, world.case)


def _row_in_case(name, world):
    kind = next((kind for kind in ("task", "note") if kind in name), "request")
    return world.rows[kind]


def outcomes(address, through_door):
    """Who may look and who may send. Raises KeyError where nobody declared it."""
    look, send = DECLARED[address.name]
    if not through_door:
        return look, send
    if address.name in ONLY_BY_LINK:
        return NOBODY, NOBODY
    return look & (WORKING if address.name in FORMS else MEMBERS), send & WORKING


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
    session = dict(client.cookies)
    wrong, before = [], everything()
    for address, path, through_door in tried(world):
        own = address.name.startswith(OF_THEIR_OWN)
        allowed = own or role in outcomes(address, through_door)[method == "post"]
        # Some addresses end the session, or have the browser remember something.
        client.cookies.clear()
        client.cookies.update(session)
        with transaction.atomic():
            response = getattr(client, method)(path, SENT.get(address.name))
            # What a refused request did would stay, and be found below.
            transaction.set_rollback(allowed)
        if not own and let_in(response) not in (None, allowed):
            wrong.append(f"{address.name} {path}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
    assert everything() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_address_takes_other_methods(world, client, method):
    """Allauth's own views answer some of them as if they were looked at; pages that ask who it is do that first."""
    client.force_login(world.people["owner"])
    before = everything()
    for address, path, _through_door in tried(world):
        response = getattr(client, method)(path)
        assert address.name.startswith(OF_THEIR_OWN) or response.status_code in (302, 404, 405), path
    assert everything() == before
