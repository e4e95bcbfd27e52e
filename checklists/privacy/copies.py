"""A copy of everything that is held of one person: for programs, and to read."""

import base64
import datetime
import io
import json
import zipfile
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import capfirst

from .personal_rows import DID, rows_about, rows_done
from .readable import Part, readable
from .subject import Subject
from .tables import Kind, handed_out, kinds_of, tables_of_people

FORMAT = "relocation-checklist/personal-data/1"
# What a row is told with beside its own columns, by the way to it: whose case it is, and names for keys.
BESIDE: dict[str, dict[str, str]] = {
    "checklists.Case": {"firm": "organisation__name", "stage": "stage__name"},
    "checklists.Case_labels": {"firm": "case__organisation__name", "label_name": "label__name"},
    "checklists.CaseDeadline": {"firm": "organisation__name"},
    "checklists.CaseNote": {"firm": "case__organisation__name"},
    "checklists.CasePerson": {"firm": "case__organisation__name"},
    "checklists.FirmTask": {"firm": "person__case__organisation__name"},
    "checklists.HistoryEntry": {"firm": "organisation__name"},
    "checklists.Invitation": {"firm": "organisation__name"},
    "checklists.ReadMarker": {"firm": "case__organisation__name"},
    "checklists.Membership": {"firm": "organisation__name", "role": "role"},
    "checklists.Message": {"firm": "person__case__organisation__name", "from_client": "from_client"},
    "checklists.OutgoingMail": {"firm": "organisation__name"},
    "checklists.Request": {"firm": "person__case__organisation__name"},
    "checklists.SavedView": {"firm": "organisation__name"},
    "checklists.SharedDocument": {"firm": "case__organisation__name"},
    "checklists.User_groups": {"group_name": "group__name"},
    "checklists.Visit": {"firm": "person__case__organisation__name"},
}
# Of what somebody did for others: that it was them, and when. The texts are the others'.
OF_DEEDS = (Kind.ACTS, Kind.PERSON)


def copy_of(subject: Subject) -> list[Part]:
    """Everything that is held, without tables that have nothing."""
    about = [_about(subject, label) for label in tables_of_people() if handed_out(label)]
    done = [_done(subject, label) for label in DID]
    return [part for part in [*about, *done] if part.rows]


def as_json(parts: list[Part]) -> str:
    """The machine-readable copy; its shape is told in docs/privacy.md."""
    content = {
        "format": FORMAT,
        "site": settings.SITE_URL,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "about": {part.table: part.rows for part in parts if not part.done},
        "done": {part.table: part.rows for part in parts if part.done},
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def as_page(parts: list[Part]) -> str:
    """The copy to read, as a page that needs nothing else."""
    context = {"parts": readable(parts), "site": settings.SITE_URL, "made_at": timezone.now()}
    return render_to_string("privacy/copy.html", context)


def as_zip(parts: list[Part]) -> bytes:
    """The copy for programs, and one to read in a browser."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my-data.json", as_json(parts))
        archive.writestr("my-data.html", as_page(parts))
    return found.getvalue()


def _about(subject: Subject, label: str) -> Part:
    return _part(label, rows_about(subject, label), handed_out(label), done=False)


def _done(subject: Subject, label: str) -> Part:
    columns = [column for column, kind in kinds_of(label).items() if kind in OF_DEEDS]
    return _part(label, rows_done(subject, label), columns, done=True)


def _part(label: str, rows, columns: list[str], *, done: bool) -> Part:
    model = apps.get_model(label)
    beside = BESIDE.get(label, {})
    # A column of the table itself cannot be renamed onto itself.
    further = {name: F(way) for name, way in beside.items() if name != way}
    own = [name for name, way in beside.items() if name == way]
    names = ["id", *columns, *own] if model._meta.pk.name == "id" else [*columns, *own]
    found = rows.annotate(**{f"beside_{name}": way for name, way in further.items()}).values(
        *names, *(f"beside_{name}" for name in further)
    )
    plain = [{name.removeprefix("beside_"): _plain(value) for name, value in row.items()} for row in found.iterator()]
    words = {name: _in_words(model, name) for name in [*names, *further]}
    return Part(label, str(capfirst(model._meta.verbose_name_plural)), done, words, plain)


def _in_words(model: type[Model], column: str) -> str:
    try:
        return str(model._meta.get_field(column).verbose_name)
    except FieldDoesNotExist:
        return column.removesuffix("_name")


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value if isinstance(value, str | int | float | bool | dict | list | None) else str(value)
