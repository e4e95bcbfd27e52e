"""An appointment as a file that calendars read."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from checklists.planner import PlannedTask
from checklists.presenters.appointments import Appointment
from checklists.presenters.planview import PlanView
from checklists.presenters.taskpapers import bring_of


def calendar_file(view: PlanView, task: PlannedTask, appointment: Appointment) -> bytes:
    """One event with what to bring, in the hours of the place; it replaces an older one of the same task.

    The address of the checklist is a key, so it is not in it.
    """
    event = Event()
    host = urlsplit(settings.SITE_URL).hostname
    event.add("uid", f"appointment-{view.access.checklist.pk}-{task.key}@{host}")
    event.add("dtstamp", datetime.datetime.combine(view.today, datetime.time(), tzinfo=datetime.UTC))
    day, time = appointment.day, appointment.time
    event.add("dtstart", datetime.datetime.combine(day, time) if time else day)
    event.add("summary", task.name)
    if appointment.place:
        event.add("location", appointment.place)
    if papers := [row["name"] for row in bring_of(view, task)]:
        event.add("description", "\n".join([_("Bring:"), *papers]))
    found = Calendar()
    found.add("prodid", "-//Relocation Checklist//EN")
    found.add("version", "2.0")
    found.add_component(event)
    return found.to_ical()
