"""The channels to an office: how to use each, what it still needs, and how long it takes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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


def channel_of(view: PlanView, open_one: OpenChannel, numbers: Numbers) -> dict[str, Any]:
    """An open channel as {name, kind, url, how, time, missing, files, cites}; ``missing``: what it still needs."""
    channel = open_one.channel
    shown = open_one.missing if view.access.shows_documents else ()
    return {
        "name": channel.name,
        "kind": str(KINDS[channel.kind]),
        "url": channel.url,
        "how": channel.how,
        "time": processing_time(channel.processing),
        "missing": series([view.compiled.documents[key].name for key in shown], 4),
        "files": channel.file_limits,
        "cites": numbers.cite(channel.facts),
    }


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
