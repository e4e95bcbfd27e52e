"""A firm and its people: somebody is invited, joins, gets another role, and is gone; and every page of it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect

from checklists.firms.members import setup
from checklists.firms.members.invitations import invite
from checklists.models import AnswerTemplate, Invitation, Label, User
from checklists.seen import seen_of
from tests.people import Firm

from .answering import press
from .visitor import DESKTOP, PHONE

pytestmark = pytest.mark.browser
NEW = "nina@new.example"


@pytest.fixture
def firm(site):
    cache.clear()
    return Firm()


def sign_in(person, user):
    """As if they had just signed in."""
    client = Client()
    client.force_login(user)
    person.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": person.origin}]
    )
    return person


def of(word, name):
    """The words on what acts on this row: the name is there for screen readers."""
    return re.compile(f"^{word} ?: {re.escape(name)}")


def home(firm):
    return f"/firms/{firm.organisation.slug}"


def test_somebody_is_invited_joins_changes_and_is_gone(visitor, firm):
    owner = sign_in(visitor(DESKTOP), firm.owner)
    page = owner.open(f"{home(firm)}/members/")
    page.get_by_label("Email address").fill(NEW)
    page.get_by_label("Viewer:").check()
    press(page, "Send the invitation")
    expect(page.get_by_text(f"The invitation to {NEW} is on its way.")).to_be_visible()

    nina = visitor(PHONE).expect(404)
    _sign_up(nina, re.search(r"/firms/invitation/\S+/", mail.outbox[-1].body)[0])
    press(nina.page, "Join Move Well")
    expect(nina.page).to_have_url(re.compile("/account/2fa/"))
    user = User.objects.get(email=NEW)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    nina.open(f"{home(firm)}/")
    expect(nina.page.get_by_role("link", name="Settings")).to_have_count(0)

    page.reload()
    page.get_by_role("link", name=of("Change", NEW)).click()
    page.get_by_label("Advisor:").check()
    press(page, "Save the role")
    expect(page.get_by_text(f"{NEW} has the role advisor now.")).to_be_visible()
    nina.page.reload()
    nina.page.get_by_role("link", name="Settings").click()
    nina.page.get_by_label("Add a label").fill("family")

    page.get_by_role("link", name=of("Change", NEW)).click()
    page.get_by_role("link", name=f"Remove {NEW}").click()
    press(page, f"Remove {NEW}")
    expect(page.get_by_text(f"{NEW} does not belong to the firm any more.")).to_be_visible()
    press(nina.page, "Add a label")
    expect(nina.page.get_by_role("heading", level=1)).to_have_text("You do not belong to this firm")
    nina.note_violations()
    assert not Label.objects.exists()


def _sign_up(person, invitation):
    """Open the link of an invitation, make an account with the code from the mail, and come back."""
    page = person.open(invitation)
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Email address").fill(NEW)
    press(page, "Email me the code")
    page.get_by_label("Code").fill(re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail.outbox[-1].body, re.M)[1])
    press(page, "Continue")
    expect(page.get_by_role("button", name="Join Move Well")).to_be_visible()


def test_stages_are_arranged_with_the_keyboard_alone(visitor, firm):
    page = sign_in(visitor(PHONE, javascript=False), firm.owner).open(f"{home(firm)}/settings/stages/")
    page.get_by_label("Add a stage").focus()
    page.keyboard.type("Hand over")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Hand over” is added.")).to_be_visible()
    page.get_by_role("button", name=of("Up", "Hand over")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=of("Down", "Hand over"))).to_be_enabled()
    page.locator("summary", has_text="Hand over").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Hand over” is removed.")).to_be_visible()


def test_every_page_of_a_firm(visitor, firm):
    owner = sign_in(visitor(DESKTOP).expect(422, 409), firm.owner)
    template = _set_up(firm)
    member = firm.organisation.memberships.get(user=firm.advisor).pk
    settings = [f"settings/{part}" for part in ("", "stages/", "labels/", "templates/", f"templates/{template.pk}/")]
    pages = [
        f"{home(firm)}/{part}" for part in ("members/", f"members/{member}/", f"members/{member}/remove/", *settings)
    ]
    owner.look("/firms/", "/firms/new/", *pages)
    visitor().look(f"/firms/invitation/{Invitation.objects.get().key}/")

    values = {"name": "Photos", "text": "Two photos."}
    setup.change(row=template, values=values, seen=seen_of(template, values), by=firm.owner)
    press(owner.page, "Save the template")
    owner.look()
    owner.open(f"{home(firm)}/settings/labels/").get_by_label("Add a label").fill("FAMILY")
    press(owner.page, "Add a label")
    owner.look()


def _set_up(firm):
    def add(kind, **values):
        return setup.add(kind=kind, organisation=firm.organisation, values=values, by=firm.owner)

    add(Label, name="family")
    invite(organisation=firm.organisation, email=NEW, role="advisor", by=firm.owner)
    return add(AnswerTemplate, name="Photo", text="Dear {client}, please send a photo by {deadline}.")
