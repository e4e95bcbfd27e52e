"""Cases as files: a table for spreadsheets, as CSV or XLSX, and their days for a calendar, as ICS."""

import datetime
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.firms.history.chain import Event, record
from checklists.models import Case, CasePerson, Visit
from guides.sheets import Cells, csv_bytes, xlsx_bytes

from .context import BoardContext
from .days import CaseDay, days_of

ROWS_AT_ONCE = 2000


class Format(NamedTuple):
    """``most``: how many cases one file holds."""

    name: str
    content_type: str
    most: int
    write: Callable[[BoardContext, list[Case]], bytes]


def table(board: BoardContext, cases: list[Case]) -> Iterator[Cells]:
    """A row of titles, and one for each case."""
    yield [
        str(title)
        for title in (
            _("Reference"),
            _("Client"),
            _("Email"),
            _("Destination"),
            _("Stage"),
            _("Assigned to"),
            _("Waiting for"),
            _("Priority"),
            _("Labels"),
            _("Next deadline"),
            _("Next step"),
            _("Tasks done"),
            _("Tasks"),
            _("Target date"),
            _("Opened on"),
            _("Archived on"),
        )
    ]
    names = board.names({case.assignee_id for case in cases})
    prefetch_related_objects(cases, "labels")
    for case in cases:
        yield [
            case.reference,
            case.name,
            case.email,
            board.destinations.get(case.destination, case.destination),
            board.stages[case.stage_id],
            names.get(case.assignee_id, ""),
            str(case.get_waiting_for_display()),
            str(case.get_priority_display()),
            ", ".join(label.name for label in case.labels.all()),
            case.next_deadline,
            case.next_step,
            str(case.tasks_done),
            str(case.tasks_total),
            case.target_date,
            case.created_at.date(),
            case.archived_at.date() if case.archived_at else None,
        ]


def calendar(board: BoardContext, days: list[CaseDay]) -> bytes:
    """All-day events with identifiers that stay the same, so that a calendar replaces what it has of them."""
    # It brings the names of all zones, 6 MB: not for every process that serves pages.
    from icalendar import Calendar
    from icalendar import Event as CalendarEvent

    host = urlsplit(settings.SITE_URL).hostname
    found = Calendar()
    found.add("prodid", "-//Relocation Checklist//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", board.organisation.name)
    stamp = datetime.datetime.combine(board.today, datetime.time(), tzinfo=datetime.UTC)
    for day in days:
        event = CalendarEvent()
        event.add("uid", f"{day.uid}@{host}")
        event.add("dtstamp", stamp)
        event.add("dtstart", day.day)
        event.add("dtend", day.day + datetime.timedelta(days=1))
        event.add("summary", f"{day.client}: {day.text}")
        event.add("url", settings.SITE_URL + reverse("casework:case", args=[board.organisation.slug, day.case]))
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    return found.to_ical()


FORMATS = {
    "csv": Format(
        gettext_lazy("Download a table (CSV)"),
        "text/csv; charset=utf-8",
        20_000,
        lambda board, cases: csv_bytes(table(board, cases)),
    ),
    "xlsx": Format(
        gettext_lazy("Download a spreadsheet (XLSX)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        10_000,
        lambda board, cases: xlsx_bytes(_("Cases"), table(board, cases)),
    ),
    "ics": Format(
        gettext_lazy("Download the deadlines for a calendar (ICS)"),
        "text/calendar; charset=utf-8",
        2_000,
        lambda board, cases: calendar(board, days_of(cases)),
    ),
}


@transaction.atomic
def export_cases(*, board: BoardContext, cases: list[Case], form: str) -> bytes:
    """These cases as a file of a form in FORMATS, written down like every export."""
    content = FORMATS[form].write(board, cases)
    note_export(board=board, cases={case.pk for case in cases}, form=form)
    return content


@transaction.atomic
def note_export(*, board: BoardContext, cases: set[int], form: str) -> None:
    """The firm's history says that these cases left as a file, and so does the log of each client who shares a plan."""
    people = CasePerson.objects.open().filter(case__in=cases, shares_checklist=True).values_list("pk", flat=True)
    visits = (
        Visit(person_id=person, user=board.user, name=str(board.user), what=Visit.What.EXPORT) for person in people
    )
    details = {"count": len(cases), "format": form.upper()}
    record(board.organisation, Event("cases-exported", by=board.user, details=details))
    Visit.objects.bulk_create(visits, batch_size=ROWS_AT_ONCE)
