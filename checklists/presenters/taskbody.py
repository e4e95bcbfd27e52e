"""What there is to do for a task and to know about it: steps, days, pitfalls, costs, dates, reasons."""

from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedProcedure, PlannedTask
from guides.catalogue.schema import Fee, Pitfall, Step

from .days import counted, deadline_row, uncounted
from .evidence import Numbers
from .lines import STEP, anchor
from .phrases import sentence, series
from .planview import PlanView

# The page about the procedure, which the card links to, has all its facts.
MOST_FACTS = 3
LONGEST_TITLE = 90


def steps_of(view: PlanView, task: PlannedTask, state: str, numbers: Numbers) -> list[dict[str, Any]]:
    return [_step(view, task, step, state, numbers) for step in task.way.steps]


def _step(view: PlanView, task: PlannedTask, step: Step, state: str, numbers: Numbers) -> dict[str, Any]:
    """One step with its tick. Steps of a task are done in any order that suits; the task itself waits for others."""
    key = f"{task.way.key}/{step.key}"
    ticked = view.lines.is_ticked(STEP, key)
    question = view.question(sorted(view.truths.open_keys(step.when)))
    state = "done" if ticked or task.done else "maybe" if question else state
    row = {
        "id": anchor(STEP, key),
        "text": step.text,
        "state": state,
        "question": question,
        "cites": numbers.cite(step.facts),
        "links": [view.compiled.links[link] for link in step.links],
    }
    if not task.done:
        row["tick"] = view.lines.tick(STEP, key, _("Done: %(step)s") % {"step": step.text})
    return row


def _fee(fee: Fee, numbers: Numbers) -> dict[str, Any]:
    return {"amount": amount_of(fee), "text": fee.text, "cites": numbers.cite(fee.facts)}


def fees_of(way: PlannedProcedure, numbers: Numbers) -> list[dict[str, Any]]:
    return [_fee(fee, numbers) for fee in way.fees]


def dates_of(view: PlanView, way: PlannedProcedure, numbers: Numbers) -> dict[str, list[dict[str, Any]]]:
    """``deadlines`` that fall on a day, and ``remarks`` on time without one."""
    return {
        "deadlines": [deadline_row(view, deadline, numbers) for deadline in counted(way)],
        "remarks": [
            {"text": item.deadline.text, "cites": numbers.cite(item.deadline.facts)} for item in uncounted(way)
        ],
    }


def ranked_pitfalls(view: PlanView, way: PlannedProcedure) -> list[Pitfall]:
    """First the one that costs most: that makes somebody miss a day that costs something.

    What is about a channel that is not taken comes last, and what is surely about this person first.
    """
    costly = {fact for one in way.deadlines if one.deadline.cost for fact in one.deadline.facts}
    channels = [set(one.channel.facts) for one in way.channels]
    taken, others = set().union(*channels[:1]), set().union(*channels[1:])

    def rank(one: Pitfall) -> tuple[bool, ...]:
        is_elsewhere = one.key in others - taken
        is_sure = bool(one.when) and view.truths[one.when] is True
        return is_elsewhere, one.key not in costly, costly.isdisjoint(one.facts), not is_sure

    return sorted(way.pitfalls, key=rank)


def pitfall_of(pitfall: Pitfall, numbers: Numbers) -> dict[str, Any]:
    """As {title, text, fix, cites}; a short first sentence is its title."""
    title, end, rest = pitfall.text.partition(". ")
    if not end or len(title) > LONGEST_TITLE:
        title, end, rest = "", "", pitfall.text
    return {
        "title": f"{title}{end.strip()}",
        "text": rest,
        "fix": pitfall.fix,
        "cites": numbers.cite(pitfall.facts),
    }


def amount_of(fee: Fee) -> str:
    """What it costs in figures; empty where none was found."""
    if fee.amount is None:
        return ""
    if fee.amount == 0 and not fee.amount_to:
        return _("Free.")
    low, high = (f"{amount:.2f}".removesuffix(".00") for amount in (fee.amount, fee.amount_to or 0))
    money = _("%(low)s to %(high)s") % {"low": low, "high": high} if fee.amount_to else low
    return f"{money} {'€' if fee.currency == 'EUR' else fee.currency}"


def reasons_of(view: PlanView, planned: PlannedProcedure, numbers: Numbers) -> list[dict[str, Any]]:
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
