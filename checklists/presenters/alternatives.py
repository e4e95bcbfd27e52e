"""What an office takes instead of a paper: each choice is told once, at the first paper of the best alternative."""

from checklists.planner import Paper, Plan
from checklists.planner.documents import Use
from guides.catalogue.schema import Alternative


def choices_of(plan: Plan) -> dict[str, list[Use]]:
    """By key of a paper, the uses of it that have alternatives and are told there."""
    found: dict[str, list[Use]] = {}
    told: set[str] = set()
    for paper in plan.papers:
        for use in paper.planned.uses:
            if use.group and use.group not in told:
                told.add(use.group)
                found.setdefault(paper.key, []).append(use)
    return found


def only_alternatives(plan: Plan) -> dict[str, Alternative]:
    """The documents that have no line of their own, each with the one alternative in which it can be ticked."""
    shown = {key for paper in plan.papers for key in (paper.key, *paper.covers)}
    found: dict[str, Alternative] = {}
    for uses in choices_of(plan).values():
        for use in uses:
            for option, _certain in use.need.options:
                for key in option.documents:
                    if key not in shown:
                        found.setdefault(key, option)
    return found


def told_at(plan: Plan) -> dict[str, Paper]:
    """By key of a document without a line of its own, the paper at which it can be ticked instead."""
    choices, only = choices_of(plan), only_alternatives(plan)
    return {
        key: paper
        for paper in reversed(plan.papers)
        for use in choices.get(paper.key, ())
        for option, _certain in use.need.options
        for key in option.documents
        if key in only
    }
