"""Every kind of page, under the guard of the visitor: nothing in the console, no other host, no sideways scrolling.

Each page of our own is opened once and looked at in all sizes and both themes, with axe as well; those to read are
looked at in ``test_reading``. The admin is not, save the queue of reviews: its stock
widgets (select2, the filters beside a list, the login page without a heading) break rules of axe themselves.
"""

import datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from checklists.access.access import Access
from checklists.access.codes import MOST_BY_ONE
from checklists.client.services import save_answers, save_item
from checklists.firms.casework.services import ask, withdraw
from checklists.firms.members.invitations import accept, invite
from checklists.firms.members.services import start_firm
from checklists.firms.sharing.services import make_code, take_code
from checklists.models import ChecklistItem
from checklists.seen import fingerprint, seen_of
from guides.editions.loading import load
from guides.models import Fact, Report
from tests.guides.small import small_catalogue
from tests.people import Firm, somebody

from .answering import press
from .signing import let_in
from .visitor import DESKTOP

pytestmark = pytest.mark.browser

# One question of each kind, and the screens that ask several.
QUESTIONS = {
    "es": ["nationalities", "activities", "residence_basis", "worked_here_before", "housing", "in_hand"],
    "pt": ["local_clients_share", "arrival_date", "employer_country", "visa_issued"],
}
ERRORS = ["/no-such-page/", "/c/AAAAAAAAAAAAAAAAAAAAAA/", "/search/?q=" + "x" * 300]


def test_first_pages_and_errors(visitor):
    person = visitor().expect(404, 422)
    person.look("/", "/start/", "/procedures/spain/tie-ex17/report/", *ERRORS)


def test_pages_of_a_questionnaire(visitor, checklist_of):
    person = visitor().expect(422)
    page = person.page
    for persona, keys in (("es-05", QUESTIONS["es"]), ("pt-01", QUESTIONS["pt"])):
        home = checklist_of(persona).get_absolute_url()
        person.look(*(f"{home}questions/{key}/" for key in keys))
    person.open(f"{home}questions/nationalities/").get_by_label("Country 1", exact=True).fill("Korea")
    press(page, "Continue")
    page.get_by_role("alert").wait_for()
    person.look()
    person.look(f"{home}answers/", f"{home}answers/all/", f"{home}answers/activities/")
    press(page, "Show what this changes")
    page.get_by_role("heading", name="What this changes").wait_for()
    person.look()


def test_pages_of_a_checklist(visitor, checklist_of):
    person = visitor().expect(409)
    checklist = checklist_of("es-05")
    for kind, key in ((ChecklistItem.Kind.DOCUMENT, "form-ex17"), (ChecklistItem.Kind.PROCEDURE, "empadronamiento")):
        save_item(access=Access(checklist), kind=kind, key=key, done=True, note="In the blue\nfolder", date=None)
    home = checklist.get_absolute_url()
    person.open(home)
    person.note_sideways_scrolling()
    person.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    person.look()

    person.open(home).get_by_role("link", name="Passport", exact=True).click()
    person.page.get_by_role("link", name="Close").first.wait_for()
    person.look()
    person.look(f"{home}papers/form-ex17/", f"{home}keep/", f"{home}lines/document/form-ex17/")
    save_item(access=Access(checklist), kind="document", key="form-ex17", seen=fingerprint(1), note="In the drawer")
    person.page.get_by_role("button", name="Save", exact=True).click()
    person.page.get_by_role("heading", name="Somebody changed this before you").wait_for()
    person.look()


def test_a_checklist_that_nobody_has_answered_for(visitor, checklist_of):
    person = visitor()
    checklist = checklist_of("es-05")
    save_answers(access=Access(checklist), answers={"destination": "pt"}, seen=seen_of(checklist), edition=1)
    person.look(f"{checklist.get_absolute_url()}answers/")
    # Hundreds of lines of kinds that the other lists have too: axe would take half a minute for them.
    person.open(checklist.get_absolute_url())
    person.note_sideways_scrolling()


def test_pages_of_an_invitation(visitor, site):
    firm = Firm()
    nina = somebody("nina@new.example")
    used = invite(organisation=firm.organisation, email=nina.email, role="advisor", by=firm.owner)
    accept(invitation=used, by=nina)
    late = invite(organisation=firm.organisation, email="late@new.example", role="viewer", by=firm.owner)
    late.expires_at = timezone.now()
    late.save()
    there = invite(organisation=firm.organisation, email="there@new.example", role="viewer", by=firm.owner)
    person = visitor().expect(403, 404, 410)
    person.look(f"/firms/invitation/{late.key}/", "/firms/invitation/no-such-key/")
    let_in(person, nina).look(*(f"/firms/invitation/{one.key}/" for one in (used, there)))
    let_in(person, somebody("else@new.example")).look(
        f"/firms/invitation/{there.key}/", f"/firms/{firm.organisation.slug}/cases/"
    )


def test_pages_of_a_code(visitor, checklist_of):
    firm, olga = Firm(), somebody("olga@new.example")
    checklist = checklist_of("es-05")
    everything = {"shares_checklist": True, "shares_documents": True, "shares_notes": True}
    take_code(
        code=make_code(checklist=checklist, **everything), organisation=firm.organisation, by=firm.advisor, name="Ana"
    )
    path = f"/share/{make_code(checklist=checklist, **everything).code}/"
    person = visitor().expect(403, 404, 422, 429)
    person.look("/share/", path)
    press(person.open("/share/"), "Look what it opens")
    person.page.get_by_role("alert").wait_for()
    person.look()
    let_in(person, firm.viewer).look(path)
    let_in(person, firm.advisor).look(path)
    for name in ("Here", "There"):
        start_firm(name=name, by=olga)
    let_in(person, olga)
    person.look(path, "/share/AAAA-BBBB-CCCC/?firm=here")
    for _time in range(MOST_BY_ONE):
        person.open("/share/AAAA-BBBB-CCCC/?firm=here")
    person.page.get_by_role("heading", name="Too many wrong codes").wait_for()
    person.look(path)


def test_a_request_that_ended_and_a_checklist_of_an_account(visitor, site):
    firm = Firm()
    place = firm.case(destination="es").people.get()
    home = place.checklist.get_absolute_url()
    asked = ask(person=place, text="Send us your lease, please.", by=firm.advisor)
    person = visitor().expect(403, 409)
    page = person.open(f"{home}messages/")
    page.get_by_label("Your answer").fill("It is in the post.")
    withdraw(request=asked, by=firm.advisor)
    page.get_by_label("Your answer").press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="This request has ended").wait_for()
    person.look()
    place.checklist.owner = somebody("ana@new.example")
    place.checklist.save()
    person.look(f"{home}data/erase/")


def test_pages_of_the_admin(visitor, site, publisher):
    """On the small catalogue, which has an entry of every kind."""
    load(small_catalogue())
    Fact.objects.update(review_due=datetime.date(2026, 11, 21))
    Report.objects.create(
        edition=1,
        country="es",
        procedure="tie-ex17",
        office="Getafe",
        month=datetime.date(2026, 10, 1),
        words="They asked for the lease.",
        received_on=datetime.date(2026, 11, 21),
    )
    person = visitor()
    person.open("/admin/login/")
    let_in(person, publisher).open("/admin/")
    for model in apps.get_app_config("guides").get_models():
        if admin.site.is_registered(model):
            name = f"admin:guides_{model._meta.model_name}"
            person.open(reverse(f"{name}_changelist"))
            person.open(reverse(f"{name}_change", args=[model.objects.values_list("pk", flat=True).first()]))
    person.open(reverse("admin:guides_edition_add"))
    person.open(reverse("admin:guides_fact_reviews"))
    person.note_violations()
    person.page.set_viewport_size(DESKTOP)
    person.page.emulate_media(color_scheme="dark")
    person.page.reload()
    person.note_violations()


def test_a_form_from_elsewhere_is_refused_on_a_page_of_ours(visitor):
    """A form without the token of this browser: what another site would send."""
    person = visitor().expect(403)
    page = person.open("/start/")
    person.context.clear_cookies()
    page.get_by_role("radio", name="Spain").check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_text("403").wait_for()
    person.note_violations()
