"""Accounts in a browser: made with a code, kept with a second step or a passkey, and used with the keyboard alone."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from checklists.models import Checklist, Membership, User
from tests.people import somebody

from .signing import app_code, sign_in
from .test_keyboard import STILL, Keys
from .visitor import DESKTOP, PHONE, go_to

pytestmark = pytest.mark.browser

PASSWORD = "a-long-sentence-7"
ENTRANCE = ["login", "signup", "signup/passkey", "login/code", "password/reset"]
SETTINGS = ["", "email", "password/change", "2fa", "2fa/webauthn", "2fa/recovery-codes/generate", "sessions", "logout"]


def code_in(message):
    return re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE)[1]


def confirm_address(page):
    page.get_by_label("Code from the email").fill(code_in(mail.outbox[-1]))
    page.get_by_role("button", name="Continue").click()


def test_from_a_checklist_to_a_firm(visitor):
    person = visitor(PHONE)
    page = person.open("/start/")
    page.get_by_role("radio", name="Spain").check()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page).to_have_url(re.compile("/c/.*/questions/"))

    go_to(page, "Sign in")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Email address").fill("olga@example.org")
    page.get_by_role("button", name="Email me the code").click()
    expect(page.get_by_role("heading", name="Confirm your address")).to_be_visible()
    person.note_violations()
    confirm_address(page)
    expect(page.get_by_text("now belongs to your account")).to_be_visible()
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, once more").fill(PASSWORD)
    person.note_violations()
    page.get_by_role("button", name="Save the password").click()
    expect(page.get_by_text("Moving to Spain")).to_be_visible()
    assert Checklist.objects.get().owner.email == "olga@example.org"

    page.get_by_role("link", name="Start a firm").click()
    page.get_by_label("Name").fill("Move Well")
    page.get_by_role("button", name="Start the firm").click()
    expect(page.get_by_role("heading", name="Set up two-step sign-in")).to_be_visible()
    person.note_violations()
    set_up_an_app(person)
    slug = Membership.objects.get().organisation.slug
    expect(page).to_have_url(re.compile(f"{reverse('board:cases', args=[slug])}$"))


def set_up_an_app(person):
    page = person.page
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    secret = page.locator("ol code").inner_text()
    person.note_violations()
    person.note_sideways_scrolling()
    page.get_by_label("Code that the app shows now").fill(app_code(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    expect(page.get_by_role("main").locator("li code")).to_have_count(10)
    person.note_violations()
    page.get_by_role("link", name="I have saved them, continue").click()


def with_authenticator(person):
    """Give this browser a device that keeps passkeys and always sees its owner's finger."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_a_passkey_makes_the_account_and_signs_in(visitor):
    person = visitor(DESKTOP)
    page = person.open("/account/signup/")
    session, device = with_authenticator(person)
    page.get_by_role("link", name="Create an account with a passkey").click()
    page.get_by_label("Email address").fill("olga@example.org")
    page.get_by_role("button", name="Email me the code").click()
    confirm_address(page)
    page.get_by_label("Name of the passkey").fill("My laptop")
    person.note_violations()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    user = User.objects.get()
    assert not user.has_usable_password()
    assert str(user.authenticator_set.get()) == "My laptop"

    page.get_by_role("button", name="Sign out").click()
    go_to(page, "Sign in")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    session.send("WebAuthn.disable")
    person.open("/account/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')) }")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="The passkey did not work")).to_be_visible()


def test_a_passkey_is_added_and_stands_in_for_the_app(visitor):
    user = somebody("adam@example.org", password=PASSWORD)
    person = visitor(PHONE)
    page = person.open("/account/login/")
    with_authenticator(person)
    sign_in(page, user.email, PASSWORD)
    person.open("/account/2fa/webauthn/add/")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("link", name="I have saved them, continue").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    person.open("/account/login/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    person.note_violations()
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_pages_of_an_account(visitor, site):
    person = visitor().expect(422)
    person.look(*(f"/account/{path}/" for path in ENTRANCE))
    page = person.open("/account/signup/")
    page.get_by_label("Email address").fill("nobody")
    page.get_by_role("button", name="Email me the code").click()
    expect(page.get_by_role("alert")).to_contain_text("Correct the marked field")
    person.look()
    user = somebody("olga@example.org", password=PASSWORD)
    Checklist.objects.start(answers={"destination": "pt"}, edition=1, owner=user)
    person.open("/account/login/")
    sign_in(page, user.email, PASSWORD)
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    person.open("/account/2fa/totp/deactivate/")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    person.look()
    page.get_by_role("button", name="Continue").click()
    expect(page).not_to_have_url(re.compile("/reauthenticate/"))
    person.look(*(f"/account/{path}/".replace("//", "/") for path in SETTINGS))


def test_signing_in_needs_no_mouse_and_no_script(visitor, site):
    user = somebody("olga@example.org", password=PASSWORD, second_factor=False)
    page = visitor(PHONE, **STILL).open("/")
    keys = Keys(page)
    keys.tab_to("link", "Relocation Checklist")
    keys.press("Tab")
    keys.check_focus()
    keys.press("Enter")
    keys.tab_to("link", "Sign in")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    keys.tab_to("textbox", "Email address")
    page.keyboard.type(user.email)
    keys.tab_to("textbox", "Password")
    page.keyboard.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="My account")).to_be_visible()

    plain = visitor(PHONE, javascript=False)
    sign_in(plain.open("/account/login/"), user.email, PASSWORD)
    expect(plain.page.get_by_role("heading", name="My account")).to_be_visible()
    expect(plain.page.get_by_role("button", name="Use a passkey")).to_have_count(0)
