"""The page of one task: what to do by when and what to bring, to take along; the rest is folded."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.planner import PlannedTask
from checklists.planner.channels import place_of
from guides.reading.addresses import procedure_url, report_url

from .alerts import alert_id, title_of
from .appointments import appointment_of, coming_appointment, too_late_words
from .channels import KINDS, channel_of, processing_time
from .evidence import Numbers
from .firststep import first_step
from .lines import FIRM, PROCEDURE, anchor
from .phrases import series
from .planview import PlanView
from .recurring import duties_of
from .taskbody import amount_of, dates_of, fees_of, pitfall_of, ranked_pitfalls, reasons_of, steps_of
from .taskdays import by_when, days_beside, first_of, is_soon
from .taskpapers import bring_of, have_ready
from .tasks import counts, state_of
from .ways import given_by, other_ways

STATES = {
    "done": gettext_lazy("done"),
    "stopped": gettext_lazy("not possible now"),
    "maybe": gettext_lazy("depends on an answer"),
    "ready": gettext_lazy("ready to start"),
    "waiting": gettext_lazy("waits"),
    "booked": gettext_lazy("you have an appointment"),
    "ongoing": gettext_lazy("goes on without an end"),
}


def task_page(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    """What ``checklists/task.html`` takes. Made in the order in which it is read: facts are numbered so."""
    numbers, way, appointment = view.evidence.numbers(), task.way, appointment_of(view, task)
    return {
        "task": _head(view, task),
        **by_when(view, task),
        "is_soon": is_soon(view, task),
        "days": days_beside(view, task),
        "firsts": [] if task.done or task.stopped else first_of(view, task),
        "holds": _holds(view, task),
        "line": _line(view, task),
        "channel": channel_of(view, way.channels[0], numbers) if way.channels else None,
        "action": {} if appointment else first_step(view, task),
        "by_employer": way.procedure.by_employer and not task.done,
        "appointment": appointment,
        "too_late": too_late_words(view, task, appointment),
        "urls": _urls(view, task),
        **_bring(view, task),
        **_do(view, task, numbers),
        **_folded(view, task, numbers),
        "note": view.lines.note(PROCEDURE, way.key)["text"],
        "sources": numbers.sources(),
        "glance": _glance(view, task, numbers),
        "notes": view.evidence.notes,
    }


def _bring(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    bring = bring_of(view, task)
    return {"bring": bring, "in_hand": sum(row["done"] for row in bring), "have_ready": have_ready(view, task)}


def _do(view: PlanView, task: PlannedTask, numbers: Numbers) -> dict[str, Any]:
    steps = steps_of(view, task, state_of(task), numbers)
    return {"steps": steps, "duties": duties_of(view, task, numbers), "deed": _deed(view, task, steps)}


def _folded(view: PlanView, task: PlannedTask, numbers: Numbers) -> dict[str, Any]:
    """The one pitfall that stands open, and all that is folded."""
    way, folded, pitfalls = task.way, numbers.folded(), ranked_pitfalls(view, task.way)
    found = {"pitfall": pitfall_of(pitfalls[0], numbers) if pitfalls else None}
    channels = [channel_of(view, channel, folded) for channel in way.channels[1:]]
    ways = other_ways(view, task)
    return found | {
        "other_channels": channels,
        "other_ways": ways,
        "ways_count": len(channels) + len(ways),
        "pitfalls": [pitfall_of(pitfall, folded) for pitfall in pitfalls[1:]],
        "fees": fees_of(way, folded),
        **dates_of(view, way, folded),
        "reasons": reasons_of(view, way, folded),
        "doubts": numbers.doubts(),
    }


def _head(view: PlanView, task: PlannedTask) -> dict[str, Any]:
    """Its names, which of the tasks on the list it is, and its state."""
    state = state_of(task)
    return {
        "name": task.name,
        "local_name": "" if task.local_name == task.name else task.local_name,
        "lang": view.language_of(task.way.procedure),
        "id": anchor(PROCEDURE, task.way.key),
        "place": _place(view, task),
        "state": state,
        "state_words": _state_words(view, task, state),
        "reason": task.way.procedure.reason,
    }


def _place(view: PlanView, task: PlannedTask) -> str:
    """Which of the counted tasks it is, or that it is none of them."""
    if not counts(task):
        return _("optional") if task.status == "optional" else ""
    counted = [one.key for one in view.plan.tasks if counts(one)]
    return _("task %(place)d of %(count)d") % {"place": counted.index(task.key) + 1, "count": len(counted)}


def _state_words(view: PlanView, task: PlannedTask, state: str) -> str:
    if state == "waiting" and (names := [link["text"] for link in first_of(view, task)]):
        return _("waits for: %(names)s") % {"names": series(names, 2)}
    if state in ("ready", "waiting") and coming_appointment(view, task):
        return str(STATES["booked"])
    if state == "ready" and task.ongoing:
        return str(STATES["ongoing"])
    return str(STATES[state])


def _holds(view: PlanView, task: PlannedTask) -> list[dict[str, Any]]:
    """What is in the way of it, as {text, links: [{text, url}], end}."""
    if task.done:
        return []
    found: list[dict[str, Any]] = []
    if task.stopped:
        stopping = {alert.key for alert in view.compiled.alerts if task.way.key in alert.stops}
        alerts = [alert for alert in view.plan.alerts if alert.key in stopping]
        url = view.access.url()
        links = [{"text": title_of(alert, view.today), "url": f"{url}#{alert_id(alert)}"} for alert in alerts[:1]]
        return [{"text": _("Read first:"), "links": links}]
    if names := [view.compiled.documents[key].name for key in task.missing]:
        text = ngettext(
            "You need first: %(names)s. Nothing on this list gives it.",
            "You need first: %(names)s. Nothing on this list gives them.",
            len(names),
        )
        found.append({"text": text % {"names": series(names, 6)}})
    if where := _where(view, task):
        found.append({"text": where})
    if question := view.question(task.way.settles):
        found.append({"text": _("Depends on:"), "links": [question]})
    return found


def _where(view: PlanView, task: PlannedTask) -> str:
    """Where somebody has to be for it who is somewhere else now."""
    channel = task.way.channels[0] if task.way.channels else None
    # Before the first day on which it can be done, that day says enough.
    if channel is None or not channel.far or task.earliest is None or task.earliest > view.today:
        return ""
    if place_of(channel.channel, task.way.procedure) == "abroad":
        return _("It is done from abroad.")
    return _("You have to be in %(country)s for it.") % {"country": view.country.name if view.country else ""}


def _line(view: PlanView, task: PlannedTask) -> str:
    """Where, how, for how much, and whether on the spot, in one line."""
    channel, amounts = task.way.channels[0].channel if task.way.channels else None, _amounts(task)
    if channel is None:
        place = view.compiled.authorities[task.way.procedure.authority].name
    elif channel.kind == "online":
        place = channel.name
    else:
        place = f"{channel.name}, {str(KINDS[channel.kind]).lower()}"
    at_once = channel is not None and channel.processing.max_days == 0
    return " · ".join([place, *(amounts if len(amounts) == 1 else []), *([_("on the spot")] if at_once else [])])


def _urls(view: PlanView, task: PlannedTask) -> dict[str, str]:
    """Where the rest stands, and where to write; whoever may only look gets no address to write."""
    procedure, here = task.way.procedure, view.task_url(task.key)
    urls = {"here": here, "page": procedure_url(procedure), "report": report_url(procedure)}
    urls["file"] = view.access.url("appointment-file", task.key)
    if view.access.may_change:
        line = view.access.url("item", PROCEDURE, task.way.key)
        goes = not (task.done or task.stopped or task.ongoing or procedure.by_employer)
        parts = ["appointment", "note"] if goes else ["note"]
        urls |= {part: f"{line}?part={part}&next={here}" for part in parts}
    return urls


def _deed(view: PlanView, task: PlannedTask, steps: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What finishes the task, named for what it gives; None for a duty without an end.

    ``suggested`` when all its steps are ticked; {by_answers: url} where answers say that it is done.
    """
    way = task.way
    if task.ongoing:
        return None
    if task.done and not view.lines.is_ticked(PROCEDURE, way.key):
        return {"by_answers": view.access.url("answers")}
    names = series([document.name for document in given_by(view, task)], 2)
    text = _("I have it: %(names)s") % {"names": names} if names else _("It is done")
    if way.procedure.by_employer:
        text = _("My employer did it")
    suggested = bool(steps) and not task.done and all(step["state"] == "done" for step in steps)
    return {**view.lines.tick(PROCEDURE, way.key, task.name), "text": text, "suggested": suggested}


def _glance(view: PlanView, task: PlannedTask, numbers: Numbers) -> list[dict[str, str]]:
    """The facts at the side, as {title, text, local_name, lang}, the office first; what nobody knows is left out."""
    way = task.way
    channel = way.channels[0].channel if way.channels else None
    authority = view.compiled.authorities[way.procedure.authority]
    local = "" if authority.local_name == authority.name else authority.local_name
    opens = [other.name for other in view.plan.tasks if task.key in other.depends_on and other.status in FIRM]
    facts = [
        (_("How"), str(KINDS[channel.kind]) if channel else ""),
        (_("Cost"), series(_amounts(task), 3)),
        (_("Takes"), processing_time(channel.processing) if channel else ""),
        (_("Gives"), series([document.name for document in given_by(view, task)], 4)),
        (_("Then possible"), series(opens, 3)),
        (_("Verified"), numbers.verified()),
    ]
    office = {"title": _("Office"), "text": authority.name, "local_name": local}
    office["lang"] = view.compiled.countries[authority.country].language
    return [office, *({"title": title, "text": text} for title, text in facts if text)]


def _amounts(task: PlannedTask) -> list[str]:
    return [amount.rstrip(".") for fee in task.way.fees if (amount := amount_of(fee))]
