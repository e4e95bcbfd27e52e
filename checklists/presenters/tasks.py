"""The procedures of a plan as the tasks of a checklist, in order, with their state and steps."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.planner import PlannedProcedure
from checklists.planner.notices import Notice
from guides.catalogue.schema import Fee, Step
from guides.reading.addresses import procedure_url, report_url

from .days import counted, deadline_row, uncounted
from .evidence import Numbers
from .lines import DOCUMENT, PROCEDURE, STEP, anchor
from .phrases import long_date, sentence, series
from .planview import PlanView
from .ways import ways_of

# The page about the procedure, which the card links to, has all its facts.
MOST_FACTS = 3

NOTICES = {
    "loop": gettext_lazy(
        "This cannot be started: %(procedures)s wait for each other, and no other document does. Ask the office."
    ),
    "late": gettext_lazy(
        "There is too little time: the latest day to start is %(latest)s, but it cannot start before %(earliest)s."
    ),
}


def tasks_of(view: PlanView, next_key: str | None) -> list[dict[str, Any]]:
    """Every task as ``components/procedure_card.html`` takes it. The one to do next stands open."""
    return [_task(view, planned, planned.key == next_key) for planned in view.plan.procedures]


def state_of(planned: PlannedProcedure) -> str:
    if planned.done:
        return "done"
    if planned.status == "provisional":
        return "maybe"
    return "ready" if planned.ready else "waiting"


def waits_for(view: PlanView, planned: PlannedProcedure) -> list[str]:
    """The names of the unfinished tasks that come first."""
    return view.names(key for key in planned.depends_on if not view.procedures[key].done)


def window_of(view: PlanView, planned: PlannedProcedure) -> str:
    """When it can be started, in one line."""
    if planned.earliest is None:
        item = view.lines.item(PROCEDURE, planned.key)
        return _("Done on %(day)s") % {"day": long_date(item.date)} if item and item.date else ""
    days = {"first": long_date(planned.earliest), "last": planned.latest and long_date(planned.latest)}
    if planned.earliest <= view.today and not planned.ready:
        return _("Not later than %(last)s") % days if planned.latest else ""
    if planned.earliest <= view.today:
        return _("Now, and not later than %(last)s") % days if planned.latest else _("You can start now")
    if planned.latest is None or planned.latest < planned.earliest:
        return _("From %(first)s") % days
    if planned.latest == planned.earliest:
        return _("On %(first)s") % days
    return _("Between %(first)s and %(last)s") % days


def notice_text(view: PlanView, notice: Notice) -> str:
    values = dict(notice.values)
    if "procedures" in values:
        values["procedures"] = series(view.names(values["procedures"]), 9)
    values |= {name: long_date(values[name]) for name in ("latest", "earliest") if name in values}
    return NOTICES[notice.kind] % values


def _task(view: PlanView, planned: PlannedProcedure, is_open: bool) -> dict[str, Any]:
    procedure, state, numbers = planned.procedure, state_of(planned), view.evidence.numbers()
    steps = [_step(view, planned, step, numbers) for step in planned.steps]
    task = {
        "id": anchor(PROCEDURE, planned.key),
        "name": procedure.name,
        "local_name": procedure.local_name,
        "lang": view.language_of(procedure),
        "state": state,
        "tags": _tags(planned, state),
        "window": window_of(view, planned),
        "page": procedure_url(procedure),
        "report": report_url(procedure),
        "note": view.lines.note(PROCEDURE, planned.key, date_told=planned.done),
        "finish": _finish(view, planned, steps),
    }
    if planned.done:
        return task
    return task | {
        **_body(view, planned, numbers),
        "steps": steps,
        "lasts": _lasts(planned),
        "waits_for": waits_for(view, planned),
        "question": view.question(planned.settles),
        "notices": [notice_text(view, notice) for notice in planned.notices],
        "open": is_open or bool(planned.notices),
    }


def _body(view: PlanView, planned: PlannedProcedure, numbers: Numbers) -> dict[str, Any]:
    """What only somebody who is about to do the task needs."""
    procedure = planned.procedure
    authority = view.compiled.authorities[procedure.authority]
    return {
        "reason": procedure.reason,
        "office": authority.name,
        "office_local": "" if authority.local_name == authority.name else authority.local_name,
        "by_employer": procedure.by_employer,
        "papers": _papers(view, planned),
        "ways": ways_of(view, planned, numbers),
        "fees": [_fee(fee, numbers) for fee in planned.fees],
        "deadlines": [deadline_row(view, deadline, numbers) for deadline in counted(planned)],
        "remarks": [
            {"text": item.deadline.text, "cites": numbers.cite(item.deadline.facts)} for item in uncounted(planned)
        ],
        "pitfalls": [
            {"text": pitfall.text, "fix": pitfall.fix, "cites": numbers.cite(pitfall.facts)}
            for pitfall in planned.pitfalls
        ],
        "why": {"reasons": _reasons(view, planned, numbers), "doubts": numbers.doubts()},
    }


def _papers(view: PlanView, planned: PlannedProcedure) -> list[dict[str, Any]]:
    """The documents that the task asks for, each leading to its row; of alternatives the recommended one.

    Where documents are not shared, only their names are told.
    """
    return [
        {
            "name": paper.document.name,
            "url": f"#{anchor(DOCUMENT, paper.key)}" if view.access.shows_documents else "",
            "done": paper.in_hand and view.access.shows_documents,
            "maybe": all(use.status in ("provisional", "conditional") for use in uses),
        }
        for paper in view.plan.documents
        if (uses := [use for use in paper.uses if use.procedure == planned.key and use.recommended])
    ]


def _tags(planned: PlannedProcedure, state: str) -> list[dict[str, str]]:
    tags = [{"kind": state}]
    if planned.status in ("recommended", "optional") and not planned.done:
        tags.append({"kind": planned.status})
    if any(notice.kind == "late" for notice in planned.notices):
        tags.append({"kind": "late", "text": _("Too little time")})
    return tags


def _lasts(planned: PlannedProcedure) -> str:
    if planned.earliest is None or planned.finish <= planned.earliest:
        return ""
    return _("finished about %(day)s") % {"day": long_date(planned.finish)}


def _step(view: PlanView, planned: PlannedProcedure, step: Step, numbers: Numbers) -> dict[str, Any]:
    """One step with its tick. Steps of a task are done in any order that suits; the task itself waits for others."""
    key = f"{planned.key}/{step.key}"
    ticked = view.lines.is_ticked(STEP, key)
    question = view.question(sorted(view.truths.open_keys(step.when)))
    state = "done" if ticked or planned.done else "maybe" if question else state_of(planned)
    row = {
        "id": anchor(STEP, key),
        "text": step.text,
        "state": state,
        "question": question,
        "cites": numbers.cite(step.facts),
    }
    if not planned.done:
        row["tick"] = view.lines.tick(STEP, key, _("Done: %(step)s") % {"step": step.text})
    return row


def _fee(fee: Fee, numbers: Numbers) -> dict[str, Any]:
    return {"amount": amount_of(fee), "text": fee.text, "cites": numbers.cite(fee.facts)}


def amount_of(fee: Fee) -> str:
    """What it costs in figures; empty where none was found."""
    if fee.amount is None:
        return ""
    if fee.amount == 0 and not fee.amount_to:
        return _("Free.")
    low, high = (f"{amount:.2f}".removesuffix(".00") for amount in (fee.amount, fee.amount_to or 0))
    money = _("%(low)s to %(high)s") % {"low": low, "high": high} if fee.amount_to else low
    return f"{money} {'€' if fee.currency == 'EUR' else fee.currency}"


def _finish(view: PlanView, planned: PlannedProcedure, steps: list[dict[str, Any]]) -> dict[str, Any]:
    """The button that finishes a task. ``suggested`` when all its steps are ticked; none if answers say it is done."""
    ticked = view.lines.is_ticked(PROCEDURE, planned.key)
    if planned.done and not ticked:
        url = view.access.url("answers")
        return {"by_answers": url}
    tick = view.lines.tick(PROCEDURE, planned.key, _("Finished: %(task)s") % {"task": planned.procedure.name})
    gives = [view.compiled.documents[key].name for key in planned.procedure.outputs]
    suggested = bool(steps) and not planned.done and all(step["state"] == "done" for step in steps)
    return {**tick, "name": planned.procedure.name, "suggested": suggested, "gives": series(gives, 3)}


def _reasons(view: PlanView, planned: PlannedProcedure, numbers: Numbers) -> list[dict[str, Any]]:
    """The answers that decide, with the first facts that no line of the task cites, and what has to come first."""
    if planned.because:
        decisive = _("It is on your list because %(reasons)s.") % {"reasons": series(planned.because, 9)}
    elif planned.settles:
        decisive = _("It may apply to you; an open question settles it.")
    else:
        decisive = _("Everybody who moves there does this.")
    reasons = [{"text": decisive, "cites": numbers.cite(numbers.not_cited(planned.procedure.facts)[:MOST_FACTS])}]
    for dependency in planned.procedure.requires:
        if dependency.procedure in planned.depends_on and dependency.why:
            first = _("%(task)s comes first") % {"task": view.name(dependency.procedure)}
            text = f"{first}: {sentence(dependency.why)}"
            reasons.append({"text": text, "cites": numbers.cite(dependency.facts)})
    return reasons
