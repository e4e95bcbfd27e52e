"""An appointment as a file that calendars read."""

import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from checklists.planner import PlannedTask
from checklists.presenters.appointments import Appointment
from checklists.presenters.planview import PlanView
from checklists.presenters.taskpapers import bring_of

if TYPE_CHECKING:
    from icalendar import Event


def calendar_file(view: PlanView, task: PlannedTask, appointment: Appointment) -> bytes:
    """One event with what to bring, without an end, which nobody told; it replaces an older one of the same task.

    The address of the checklist is a key, so it is not in it.
    """
    # It brings the names of all zones, 6 MB: not for every process that serves pages.
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//Relocation Checklist//EN")
    found.add("version", "2.0")
    found.add_component(_event(view, task, appointment))
    # Of the zone no more than the event needs.
    found.add_missing_timezones(appointment.day.replace(month=1, day=1), appointment.day.replace(month=12, day=31))
    return found.to_ical()


def _event(view: PlanView, task: PlannedTask, appointment: Appointment) -> "Event":
    from icalendar import Event

    event = Event()
    host = urlsplit(settings.SITE_URL).hostname
    event.add("uid", f"appointment-{view.access.checklist.pk}-{task.key}@{host}")
    event.add("dtstamp", datetime.datetime.combine(view.today, datetime.time(), tzinfo=datetime.UTC))
    day, time, about = appointment.day, appointment.time, []
    event.add("dtstart", datetime.datetime.combine(day, time, _zone(view)) if time else day)
    if time:
        about = [_("%(hour)s, in the time of the place") % {"hour": time_format(time, "H:i")}]
    event.add("summary", task.name)
    if appointment.place:
        event.add("location", appointment.place)
    if papers := [row["name"] for row in bring_of(view, task)]:
        about += [_("Bring:"), *papers]
    if about:
        event.add("description", "\n".join(about))
    return event


def _zone(view: PlanView) -> ZoneInfo | None:
    """That of the country. On its islands it can be another one, so the event also tells the hour in words."""
    name = _zones().get(view.calendar[:2])
    return ZoneInfo(name) if name else None


@cache
def _zones() -> dict[str, str]:
    """By ISO code of a country its zone; of several the first, which the time zone database keeps for the main part."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text().splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {row[0]: row[2] for row in reversed(rows)}
