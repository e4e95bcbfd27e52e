"""Deadlines and other days that count from nothing."""

import re
from collections.abc import Iterator

from guides.conditions.dates import finishes_in
from guides.conditions.tree import Node

from ..problems import Problem
from ..schema import Deadline, Procedure
from .everyone import Everyone, every

BOUNDS = {"earliest", "window_opens", "latest", "deadline", "window_closes"}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SAYS_WHEN = re.compile(rf"\d|\b(days?|weeks?|months?|quarters?|years?|before|after|until|by|{MONTHS})\b")


def anchors(everyone: Everyone) -> Iterator[Problem]:
    """Deadlines that should move a plan and have no day, or count from what is never in the same plan."""
    for procedure in everyone.catalogue.procedures:
        for deadline in procedure.deadlines:
            where = f"procedures {procedure.key} › deadlines {deadline.key}"
            if text := _complaint(procedure, deadline, everyone):
                yield Problem("warning", where, text, "no_anchor")
        for duty in procedure.recurring:
            where = f"procedures {procedure.key} › recurring {duty.key}"
            concerned = every(everyone.gets(procedure), everyone.vocabulary.parse(duty.when))
            if text := _counts_from_nothing(duty.first, concerned, everyone):
                yield Problem("warning", where, text, "no_anchor")
    for alert in everyone.catalogue.alerts:
        if text := _counts_from_nothing(alert.date, everyone.reads(alert), everyone):
            yield Problem("warning", f"alerts {alert.key}", text, "no_anchor")


def _complaint(procedure: Procedure, deadline: Deadline, everyone: Everyone) -> str:
    if not deadline.date:
        if deadline.binding:
            return "It is binding and has no date, so it moves nothing. Give it a date, or say that it is not binding."
        if deadline.kind in BOUNDS and not SAYS_WHEN.search(deadline.text):
            return "It has no date, and its text does not say when. Give it a date, or say what it counts from."
        return ""
    concerned = every(everyone.gets(procedure), everyone.vocabulary.parse(deadline.when))
    return _counts_from_nothing(deadline.date, concerned, everyone)


def _counts_from_nothing(date: str, concerned: Node, everyone: Everyone) -> str:
    for key in sorted(finishes_in(everyone.vocabulary.parse_date(date)) if date else ()):
        if everyone.is_empty(everyone.who(concerned, everyone.gets(everyone.procedures[key]))):
            return f"It counts from the finish of {key}, which is never in the same plan. Count from something else."
    return ""
