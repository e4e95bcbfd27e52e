"""No text of one line holds what breaks it, controls a terminal or turns the direction in which it is read; and what
nobody sees is no reason to refuse an address, a day, an hour or a number."""

import importlib
import json

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

from checklists.access.accounts.forms import Plain
from checklists.models import Case, CaseImport, Invitation, Organisation, User
from guides.lines import one_line
from tests.checklists.pages import hidden_fields
from tests.test_layers import MODULES

# C0, C1, what Unicode calls the end of a line or a paragraph, and all that turns the direction of text.
KEPT_OUT = [
    *map(chr, [*range(0x20), *range(0x7F, 0xA0)]),
    "\u2028",
    "\u2029",
    *"\u061c\u200e\u200f",
    *map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
]
HOSTILE = f"a{'b'.join(KEPT_OUT)}c"
UNSEEN = "\u200b\u200e\u2060\ufeff"
# Typed into a field of one line, but made of words or keys that are known, or never kept.
MACHINE_MADE = {
    "checklists.CaseDeadline.procedure",
    "checklists.CaseWord.word",
    "checklists.ChecklistItem.key",
    "checklists.HistoryEntry.digest",
    "checklists.HistoryEntry.hash",
    "checklists.HistoryEntry.salt",
    "checklists.HistoryEntry.verb",
    "checklists.OutgoingMail.kind",
    "checklists.OutgoingMail.message_id",
    "checklists.Request.document",
    "checklists.SharedDocument.key",
    "checklists.TimedEntry.key",
    "checklists.User.password",
    "checklists.User.username",
    "guides.Report.country",
    "guides.Report.fact",
    "guides.Report.procedure",
    "guides.ReportSender.sender",
    "guides.Upload.section",
}
SEVERAL_LINES = {"guides.Report.words"}
SAMPLES = {
    forms.EmailField: "ana@example.org",
    forms.IntegerField: "7",
    forms.DateField: "2026-01-15",
    forms.TimeField: "10:40",
}


def is_clean(text):
    return not any(sign in text for sign in KEPT_OUT)


def forms_of_this_project():
    for name in MODULES:
        importlib.import_module(name)

    def below(cls):
        for one in cls.__subclasses__():
            yield one
            yield from below(one)

    found = {one for one in below(forms.BaseForm) if one.__module__.split(".")[0] in ("guides", "checklists")}
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))


def is_on_one_line(field):
    hidden = isinstance(field.widget, forms.HiddenInput | forms.Textarea)
    return isinstance(field.widget, forms.TextInput) or (isinstance(field, forms.CharField) and not hidden)


def fields():
    for form in forms_of_this_project():
        for name, field in form.base_fields.items():
            yield pytest.param(field, id=f"{form.__module__}.{form.__qualname__}.{name}")


FIELDS = list(fields())
# Those of allauth are tidied as a whole, below.
OURS = [one for one in FIELDS if not one.id.startswith("checklists.access.accounts.")]
ON_ONE_LINE = [one for one in OURS if is_on_one_line(one.values[0])]
TYPED = [one for one in OURS if isinstance(one.values[0], tuple(SAMPLES))]


def test_there_are_fields_to_try():
    assert len(ON_ONE_LINE) > 40
    assert len(TYPED) > 10


@pytest.mark.parametrize("field", ON_ONE_LINE)
def test_no_field_of_one_line_lets_it_in(field):
    try:
        value = field.to_python(HOSTILE)
    except ValidationError:
        return
    assert is_clean(str(value))


@pytest.mark.parametrize("field", TYPED)
def test_nothing_unseen_is_a_reason_to_refuse(field):
    text = next(sample for kind, sample in SAMPLES.items() if isinstance(field, kind))
    assert field.clean(f"{UNSEEN}{text}{UNSEEN}") == field.clean(text)


def test_the_forms_of_accounts_are_tidied_but_for_passwords():
    class Probe(Plain, forms.Form):
        name = forms.CharField()
        secret = forms.CharField(widget=forms.PasswordInput)

    probe = Probe({"name": HOSTILE, "secret": HOSTILE})
    assert probe.is_valid() is False
    assert is_clean(probe.cleaned_data["name"])
    assert probe.data["secret"] == HOSTILE
    theirs = {one for one in forms_of_this_project() if one.__module__ == Plain.__module__}
    assert len(theirs) > 10
    assert all(issubclass(one, Plain) for one in theirs)


def columns():
    for model in [*apps.get_app_config("guides").get_models(), *apps.get_app_config("checklists").get_models()]:
        for column in model._meta.concrete_fields:
            known = column.choices or not column.editable or isinstance(column, models.SlugField)
            if isinstance(column, models.CharField) and not known:
                yield pytest.param(column, id=f"{model._meta.label}.{column.name}")


COLUMNS = [one for one in columns() if one.id not in MACHINE_MADE | SEVERAL_LINES]


def test_every_exception_is_there():
    assert {one.id for one in columns()} >= MACHINE_MADE | SEVERAL_LINES


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_of_one_line_stores_it(column):
    assert is_clean(column.get_prep_value(HOSTILE))
    assert is_clean(str(column.formfield().to_python(HOSTILE)))


def test_what_people_write_stays_as_it_is():
    for text in ("Ana  Silva", "नमस्\u200dते", "می\u200cخواهم", "שלום", "👩\u200d💻", "12\u00a0€"):
        assert one_line(text) == text


@pytest.mark.django_db
class TestDoors:
    def test_the_name_of_a_firm(self, client, somebody):
        client.force_login(somebody("ana@example.org"))
        client.post(reverse("firms:new"), {"name": "Evil\nSubject: x\u202e", "time_zone": "Europe/Madrid"})
        assert Organisation.objects.get().name == "Evil Subject: x"

    def test_a_row_of_a_file(self, client, firm, published):
        client.force_login(firm.advisor)
        row = f'"Ana\nSilva\u202e";ana{UNSEEN}@example.org;Portugal;2027-01-15{UNSEEN};"R\u20281\x85"'
        content = f"Name;Email;Destination;Target date;Reference\n{row}\n".encode()
        page = reverse("cases:import", args=[firm.organisation.slug])
        client.post(page, {"file": SimpleUploadedFile("clients\u202e.csv", content, "text/csv")})
        shown = reverse("cases:import-preview", args=[firm.organisation.slug, CaseImport.objects.get().pk])
        client.post(shown, hidden_fields(client.get(shown)))
        case = Case.objects.get()
        assert (case.name, case.email, case.reference) == ("Ana Silva", "ana@example.org", "R 1")
        assert case.target_date.isoformat() == "2027-01-15"
        assert is_clean(str(firm.organisation.history.filter(verb="case-imported").get().details["file"]))

    def test_the_address_of_somebody_invited(self, client, firm):
        client.force_login(firm.owner)
        page = reverse("firms:invite-member", args=[firm.organisation.slug])
        client.post(page, {"email": f"ben{UNSEEN}@example.org", "role": "viewer"})
        assert client.post(page, {"email": '"a\x01b"@example.org', "role": "viewer"}).status_code == 422
        assert Invitation.objects.get().email == "ben@example.org"

    def test_the_address_of_an_account(self, client, published):
        client.post(reverse("account_signup"), {"email": f"ana{UNSEEN}@example.org"})
        assert User.objects.get().email == "ana@example.org"

    def test_a_row_written_past_every_form(self, firm):
        case = firm.case("Evil\r\nBcc: all@example.org\u2066")
        case.refresh_from_db()
        assert case.name == "Evil Bcc: all@example.org"

    def test_the_api(self, client, published):
        answers = {"destination": "es\u202e", "housing": "hotel\n", "nationalities": ["de\x07"]}
        response = client.post("/api/plan", json.dumps(answers), content_type="application/json")
        assert response.status_code == 422
        assert is_clean(response.text)
