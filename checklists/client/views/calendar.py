"""All days of a checklist: its tasks drawn on a calendar, every date, and the duties that come again."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from checklists.access.links import by_link, find_checklist
from checklists.client.page import view_of
from checklists.presenters.bars import timeline_of
from checklists.presenters.days import all_days
from checklists.presenters.lines import is_certain
from checklists.presenters.recurring import recurring_of
from guides import clock
from guides.editions.publishing import current


@by_link
@require_safe
def show(request, token):
    access = find_checklist(request, token)
    view = view_of(current(), access, clock.today())
    days = all_days(view)
    context = {
        "access": access,
        "country": view.country,
        "days": [day for day in days if day["binding"] or not day["past"]],
        "earlier": [day for day in days if day["past"] and not day["binding"]],
    }
    # While nothing is certain, nothing is on the list.
    if is_certain(view.plan):
        context |= {
            "timeline": timeline_of(view),
            "duties": recurring_of(view),
            # Of what the duties have cited by now.
            "notes": view.evidence.notes,
        }
    return render(request, "checklists/calendar.html", context)
