"""The channels to an office compared: what each still needs, how long it takes, and which is recommended."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.planner import PlannedProcedure
from checklists.planner.channels import OpenChannel
from guides.catalogue.schema import Processing

from .evidence import Numbers
from .phrases import series
from .planview import PlanView

KINDS = {
    "online": gettext_lazy("Online"),
    "in_person": gettext_lazy("In person"),
    "post": gettext_lazy("By post"),
    "phone": gettext_lazy("By phone"),
    "employer": gettext_lazy("Through your employer"),
    "representative": gettext_lazy("Through somebody who acts for you"),
    "automatic": gettext_lazy("Happens by itself"),
}


def channels_of(view: PlanView, planned: PlannedProcedure, numbers: Numbers, others: Numbers) -> list[dict[str, Any]]:
    """The open channels, best first: {name, kind, url, how, time, missing, files, recommended, why, cites}.

    ``numbers`` are those of the best one, ``others`` those of the rest.
    """
    several, shown = len(planned.channels) > 1, view.access.shows_documents
    return [
        {
            "name": way.channel.name,
            "kind": str(KINDS[way.channel.kind]),
            "url": way.channel.url,
            "how": way.channel.how,
            "time": processing_time(way.channel.processing),
            "missing": series([view.compiled.documents[key].name for key in way.missing if shown], 4),
            "files": way.channel.file_limits,
            "recommended": several and place == 0,
            "why": _advantage(planned.channels) if several and place == 0 else "",
            "cites": (numbers if place == 0 else others).cite(way.channel.facts),
        }
        for place, way in enumerate(planned.channels)
    ]


def processing_time(processing: Processing) -> str:
    """How long it takes, in the words of the source where there are any."""
    if processing.text or processing.max_days is None:
        return processing.text
    low, high = processing.min_days or 0, processing.max_days
    if high == 0:
        return _("On the spot")
    if low in (0, high):
        return ngettext("Up to %(high)d day", "Up to %(high)d days", high) % {"high": high}
    return _("%(low)d to %(high)d days") % {"low": low, "high": high}


def _advantage(ways: tuple[OpenChannel, ...]) -> str:
    """Why the first way is recommended over the others; empty where they are equal."""
    best, others = ways[0], ways[1:]
    if len(best.missing) < max(len(way.missing) for way in others):
        return (
            _("It asks for no access that you do not have yet")
            if not best.missing
            else _("It asks for the fewest accesses")
        )
    days = [way.channel.processing.max_days for way in ways]
    if days[0] is not None and any(day is None or day > days[0] for day in days[1:]):
        return _("The quickest one whose time is known")
    return ""
