"""Who may open what: every address of the admin, and every address of the site in a preview, for every role.

The addresses come from the URLconf. One whose outcome nobody declared here fails.
"""

import datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from checklists.models import Checklist, Persona
from guides.editions.loading import load
from guides.editions.publishing import publish
from guides.models import Edition, Publication, Report, Source, Upload
from tests.addresses import addresses
from tests.guides.full import full_catalogue

pytestmark = pytest.mark.roles

DAY = datetime.date(2026, 11, 1)

SUPERUSERS = {"superuser"}
PUBLISHERS = {"publisher", *SUPERUSERS}
EDITORS = {"editor", *PUBLISHERS}
STAFF = {"staff", *EDITORS}
SIGNED_IN = {"client", "advisor", *STAFF}
EVERYBODY = {"anonymous", *SIGNED_IN}

# Who may open the pages of a model's rows, by Django's word for the page.
EDITED = dict.fromkeys(["changelist", "add", "history", "change", "delete", "open", "duplicate"], EDITORS)
MODELS = {
    **{model._meta.label_lower: EDITED for model in apps.get_app_config("guides").get_models()},
    "checklists.persona": EDITED,
    "guides.edition": {**EDITED, "add": EDITORS, "delete": set()},
    "guides.report": {**EDITED, "add": set(), "delete": PUBLISHERS},
}
OF_SUPERUSERS = dict.fromkeys(EDITED, SUPERUSERS)
MODELS["django_tasks_database.dbtaskresult"] = {**OF_SUPERUSERS, "add": set(), "delete": set()}
MODELS["mfa.authenticator"] = {**OF_SUPERUSERS, "add": set()}
PAGES = {
    "admin:index": STAFF,
    "admin:password_change": STAFF,
    "admin:password_change_done": STAFF,
    "admin:autocomplete": EDITORS,
    "admin:jsi18n": STAFF,
    "admin:view_on_site": set(),
    "admin:app_list": EDITORS,
    "admin:auth_user_password_change": SUPERUSERS,
    "admin:guides_edition_compare": EDITORS,
    "admin:guides_edition_restore": PUBLISHERS,
    "admin:guides_edition_planned": EDITORS,
    "admin:guides_fact_reviews": EDITORS,
    "admin:check-condition": EDITORS,
    "admin:condition-words": EDITORS,
    "admin:preview": EDITORS,
    "admin:preview-open": EDITORS,
    "admin:checklists_persona_effect": EDITORS,
    "entries:revert": EDITORS,
    "entries:used": EDITORS,
    "exchange:index": EDITORS,
    "exchange:preview": EDITORS,
    "exchange:working-copy": EDITORS,
    "exchange:edition": EDITORS,
    "exchange:sheet": EDITORS,
}
# The model and the word of each page that the admin makes by itself.
OF_MODELS = {
    f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}": (model, page)
    for model in admin.site._registry
    for page in EDITED
}
# Who may also send a form there, where that is not everybody who may open it.
POSTED = {
    "admin:guides_edition_planned": PUBLISHERS,
    "admin:guides_edition_add": PUBLISHERS,
    "admin:guides_edition_change": set(),
    "admin:django_tasks_database_dbtaskresult_change": set(),
    "admin:mfa_authenticator_change": set(),
}
# What a preview never shows: what only programs read, and the links of mails.
NOT_PREVIEWED = {"guides:feed", "guides:sitemap", "guides:robots", "checklists:confirm-mail", "checklists:stop-mail"}
MACHINES = ("guides:open-data", "guides:edition-")
REFUSALS = (403, 404)
UPLOAD = b"sources: [{key: leaflet, title: Leaflet, publisher: The state}]"
# What some pages want to know before they say anything; "post" agrees to a deletion.
SENT = {
    "get": {"app_label": "guides", "model_name": "step", "field_name": "facts", "term": "nif"},
    "post": {"post": "yes"},
}
SESSION = ("admin:login", "admin:logout")


def allowed(name, method):
    """The roles that an address is open to. Raises KeyError where nobody declared them."""
    if method == "post" and name in POSTED:
        return POSTED[name]
    if name in PAGES:
        return PAGES[name]
    model, page = OF_MODELS[name]
    return MODELS.get(model._meta.label_lower, OF_SUPERUSERS)[page]


def verdict(response):
    """Whether an answer lets somebody in; None where nobody gets in that way."""
    if response.status_code == 405:
        return None
    signs_in = response.status_code == 302 and "/login/" in response.headers["Location"]
    return not signs_in and response.status_code not in REFUSALS


def administration():
    """Without the two addresses that begin and end a session."""
    names = ("admin:", "entries:", "exchange:")
    return [found for found in addresses() if found.name.startswith(names) and found.name not in SESSION]


def public():
    return [address for address in addresses() if address.name.startswith(("guides:", "checklists:"))]


@pytest.fixture
def whoever(in_role, somebody, client):
    """The browser of somebody in this role."""

    def come(role):
        if role in ("editor", "publisher"):
            client.force_login(in_role(f"{role.title()}s", f"{role}@example.org"))
        elif role != "anonymous":
            is_super = role == "superuser"
            email = f"{role}@example.org"
            client.force_login(somebody(email, is_staff=is_super or role == "staff", is_superuser=is_super))
        return client

    return come


@pytest.fixture
def rows(somebody):
    """One row of every kind that the admin has pages for; gives the arguments of an address."""
    load(full_catalogue())
    for note in ("The first", "The second"):
        Source.objects.filter(key="blog").update(title=note)
        publish(actor=None, note=note, word="As it is")
    somebody("somebody@example.org")
    DBTaskResult.objects.create(args_kwargs={}, task_path="relocation.nothing", backend_name="default")
    Checklist.objects.start(answers={"destination": "pt"}, edition=2)
    Persona.objects.create(name="Ana", answers={"destination": "pt"})
    Report.objects.create(
        edition=1, country="pt", procedure="nif", office="Porto", month="2026-10-01", words="Other", received_on=DAY
    )

    def arguments(address):
        if not address.arguments:
            return {}
        user = get_user_model().objects.last()
        upload, _ = Upload.objects.get_or_create(user=user, name="a.yaml", content=UPLOAD)
        checklist = Checklist.objects.last()
        known = {"content_type_id": ContentType.objects.get_for_model(Checklist).pk, "object_id": checklist.pk}
        known |= {"app_label": "guides", "section": "sources", "kind": "csv", "pk": upload.pk, "id": user.pk}
        if address.name == "admin:guides_edition_planned":
            content = Edition.objects.values_list("content", flat=True).first()
            waiting, _ = Publication.objects.get_or_create(note="A fee", content=content, since=1)
            known["pk"] = waiting.pk
        known["key"] = "blog"
        if address.name != "admin:view_on_site" and "object_id" in address.arguments:
            known["object_id"] = _row_of(address.name).pk
        return {name: known[name] for name in address.arguments}

    return arguments


def _row_of(name):
    others = {"admin:guides_edition_restore": Edition, "admin:checklists_persona_effect": Persona}
    return (others.get(name) or OF_MODELS[name][0]).objects.last()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_pages_of_the_admin(whoever, rows, role, method):
    browser, wrong = whoever(role), []
    for address in administration():
        path = reverse(address.name, kwargs=rows(address))
        with transaction.atomic():
            response = getattr(browser, method)(path, SENT[method])
            transaction.set_rollback(True)
        if verdict(response) not in (None, role in allowed(address.name, method)):
            wrong.append(f"{address.name}: {response.status_code}")
    assert wrong == []


KEYS = {
    "guides:guide": "work-in-portugal",
    "guides:document": "passport",
    "checklists:paper": "passport",
    "checklists:question": "here",
    "checklists:change-answer": "here",
}


def in_preview(address, token):
    known = {"country": "pt", "token": token, "link": f"c/{token}", "kind": "procedure", "number": 1}
    known["key"] = KEYS.get(address.name, "nif")
    path = reverse(address.name, kwargs={name: known[name] for name in address.arguments})
    return f"/preview/draft/2027-05-03{path}"


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_pages_in_a_preview(whoever, rows, role):
    """Editors see what readers will see, strangers a page to sign in, and everybody else nothing at all."""
    browser, wrong = whoever(role), []
    checklist = Checklist.objects.start_preview(answers={"destination": "pt"}, edition=0)
    checklist.items.create(kind="procedure", key="nif", date=datetime.date(2027, 5, 10))
    for address in public():
        with transaction.atomic():
            response = browser.get(in_preview(address, checklist.token))
            transaction.set_rollback(True)
        shown = role in EDITORS and address.name not in NOT_PREVIEWED and not address.name.startswith(MACHINES)
        if verdict(response) not in ((False,) if role not in EDITORS else (None, shown)):
            wrong.append(f"{address.name}: {response.status_code}")
        assert role != "anonymous" or response.headers["Location"].startswith(reverse("account_login"))
    assert wrong == []
