"""Every kind of page, under the guard of the visitor: nothing in the console, no other host, no sideways scrolling.

Pages of our own are looked at with axe as well, light on the phone and dark on the desktop; those to read are looked
at in ``test_reading``. The admin is not, save the queue of reviews: its stock
widgets (select2, the filters beside a list, the login page without a heading) break rules of axe themselves.
"""

import datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from checklists.models import ChecklistItem
from checklists.services import save_answers, save_item
from guides.catalogue.loading import load
from guides.models import Fact, Report
from tests.shipped import shipped_catalogue

from .answering import press
from .visitor import DESKTOP, NARROW, PHONE

pytestmark = pytest.mark.browser

EVERY_SIZE = pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"]
)
# One question of each kind, and the screens that ask several.
QUESTIONS = {
    "es": ["nationalities", "activities", "residence_basis", "worked_here_before", "housing", "in_hand"],
    "pt": ["local_clients_share", "arrival_date", "employer_country", "visa_issued"],
}
ERRORS = ["/no-such-page/", "/c/AAAAAAAAAAAAAAAAAAAAAA/", "/search/?q=" + "x" * 300]


def look(person, *paths, narrow=False):
    """Open each page, look at it with axe, and see whether it fits, also at 400 % on a phone."""
    for path in paths:
        person.open(path)
        person.note_violations()
        person.note_sideways_scrolling()
        if narrow:
            person.page.set_viewport_size(NARROW)
            person.note_sideways_scrolling()
            person.page.set_viewport_size(PHONE)


@EVERY_SIZE
def test_first_pages_and_errors(visitor, size, scheme):
    person = visitor(size, color_scheme=scheme).expect(404, 422)
    look(person, "/", "/start/", "/procedures/spain/tie-ex17/report/", *ERRORS, narrow=size is PHONE)


@EVERY_SIZE
def test_pages_of_a_questionnaire(visitor, checklist_of, size, scheme):
    person = visitor(size, color_scheme=scheme).expect(422)
    page = person.page
    for persona, keys in (("es-05", QUESTIONS["es"]), ("pt-01", QUESTIONS["pt"])):
        home = checklist_of(persona).get_absolute_url()
        look(person, *(f"{home}questions/{key}/" for key in keys), narrow=size is PHONE)
    person.open(f"{home}questions/nationalities/").get_by_label("Country 1").select_option(label="Choose a country")
    press(page, "Continue")
    page.get_by_role("alert").wait_for()
    person.note_violations()
    look(person, f"{home}answers/", f"{home}answers/all/", f"{home}answers/activities/", narrow=size is PHONE)
    press(page, "Show what this changes")
    page.get_by_role("heading", name="What this changes").wait_for()
    person.note_violations()
    person.note_sideways_scrolling()


@EVERY_SIZE
def test_pages_of_a_checklist(visitor, checklist_of, size, scheme):
    person = visitor(size, color_scheme=scheme).expect(409)
    checklist = checklist_of("es-05")
    for kind, key in ((ChecklistItem.Kind.DOCUMENT, "form-ex17"), (ChecklistItem.Kind.PROCEDURE, "empadronamiento")):
        save_item(checklist=checklist, kind=kind, key=key, version=0, done=True, note="In the blue\nfolder", date=None)
    home = checklist.get_absolute_url()
    person.open(home)
    person.note_sideways_scrolling()
    person.page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    person.note_violations()
    person.note_sideways_scrolling()

    look(person, f"{home}lines/document/form-ex17/", narrow=size is PHONE)
    save_item(checklist=checklist, kind="document", key="form-ex17", version=1, note="In the drawer")
    person.page.get_by_role("button", name="Save", exact=True).click()
    person.page.get_by_role("heading", name="Somebody changed this before you").wait_for()
    person.note_violations()
    person.note_sideways_scrolling()


def test_a_checklist_that_nobody_has_answered_for(visitor, checklist_of):
    person = visitor()
    checklist = checklist_of("es-05")
    save_answers(checklist=checklist, answers={"destination": "pt"}, version=checklist.version, edition=1)
    look(person, f"{checklist.get_absolute_url()}answers/", narrow=True)
    # Hundreds of lines of kinds that the other lists have too: axe would take half a minute for them.
    person.open(checklist.get_absolute_url())
    person.note_sideways_scrolling()


@EVERY_SIZE
def test_pages_of_the_admin(visitor, site, publisher, client, size, scheme):
    load(shipped_catalogue().catalogue)
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
    person = visitor(size, color_scheme=scheme)
    person.open("/admin/login/")
    client.force_login(publisher)
    person.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    person.open("/admin/")
    for model in apps.get_app_config("guides").get_models():
        if admin.site.is_registered(model):
            name = f"admin:guides_{model._meta.model_name}"
            person.open(reverse(f"{name}_changelist"))
            person.open(reverse(f"{name}_change", args=[model.objects.values_list("pk", flat=True).first()]))
    person.open(reverse("admin:guides_edition_add"))
    person.open(reverse("admin:guides_fact_reviews"))
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
