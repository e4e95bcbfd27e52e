"""The first thing to do for a task: a number to call, a page to open, or its first step."""

import re
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedTask
from guides.catalogue.schema import Step

from .lines import STEP
from .planview import PlanView

# Only what a text says to call: other numbers are forms, fees and faxes.
CALL = re.compile(r"\b(?:[Cc]all|[Bb]y phone)\b[^.]*?(\+?\d[\d ]{7,14}\d)")


def first_step(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    """{url, text} of a button, with the number to call, or {step}; nothing for what somebody else does."""
    way = task.way
    if task.done or task.stopped or task.ongoing or way.procedure.by_employer:
        return {}
    steps = open_steps(view, task)
    link = next((view.compiled.links[key] for step in steps[:1] for key in step.links), None)
    channel = way.channels[0].channel if way.channels else None
    number = phone_in(*([channel.how] if channel else []), *(step.text for step in steps))
    if number:
        url = f"tel:{number.replace(' ', '')}"
        return {"url": url, "text": _("Call %(number)s") % {"number": number}, "number": number}
    if link:
        words = _("Call: %(name)s") if link.kind == "phone" else _("Open: %(name)s")
        return {"url": link.url, "text": words % {"name": link.name}}
    if channel and channel.url and channel.kind == "online":
        return {"url": channel.url, "text": _("Open %(site)s") % {"site": channel.name.partition(",")[0]}}
    return {"step": steps[0].text} if steps else {}


def open_steps(view: PlanView, task: PlannedTask) -> list[Step]:
    """The steps that are not ticked; what depends on an open answer only where nothing else is left."""
    left = [step for step in task.way.steps if not view.lines.is_ticked(STEP, f"{task.way.key}/{step.key}")]
    sure = [step for step in left if view.truths[step.when]]
    return sure or left


def phone_in(*texts: str) -> str:
    """The first number that one of the texts says to call; empty if none does."""
    found = (CALL.search(text) for text in texts)
    return next((match[1] for match in found if match), "")
