"""Alerts that name what is not there, that stop nothing, or that contradict each other."""

import re
from collections.abc import Iterator
from itertools import combinations

from guides.conditions.dates import keys_of
from guides.conditions.exhaustive.diagrams import Function
from guides.conditions.tree import Not

from ..compiled import DESTINATION
from ..fields import Entry
from ..problems import Problem, walk
from ..schema import Alert, Catalogue
from .everyone import Everyone
from .places import ABOUT

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
DATE, COUNTRY = "date", "country"
WORDS_OF_AN_ALERT = ("text", "cost", "action")
WORDS_OF_A_QUESTION = ("title", "text", "hint", "why", "label")


def placeholders(alert: Alert) -> set[str]:
    """What stands in braces in the words of an alert."""
    return _in_braces(alert, *WORDS_OF_AN_ALERT)


def mentions(catalogue: Catalogue) -> Iterator[Problem]:
    """What an alert is about, and what stands in braces in alerts and questions, as far as nothing has that name."""
    known = {entry.key for section in ABOUT for entry in getattr(catalogue, section)}
    answers = {question.key for question in catalogue.questions}
    for alert in catalogue.alerts:
        for key in alert.about:
            if key not in known:
                text = f"There is no question, procedure or document “{key}”."
                yield Problem("error", f"alerts {alert.key} › about", text, "about_nothing")
        for name in sorted(placeholders(alert) - answers - ({DATE} if alert.date else set())):
            text = "It has no date." if name == DATE else "Only questions can stand in braces."
            yield Problem("error", f"alerts {alert.key}", f"“{{{name}}}” stands for nothing. {text}", "placeholder")
    for question in catalogue.questions:
        for name in sorted(_in_braces(question, "stale_text") - answers - {COUNTRY}):
            text = f"“{{{name}}}” stands for nothing. Only questions and {{country}} can stand in braces here."
            yield Problem("error", f"questions {question.key} › stale_text", text, "placeholder")
        for where, part in walk(question, f"questions {question.key}"):
            for name in sorted(_in_braces(part, *WORDS_OF_A_QUESTION) - {COUNTRY}):
                text = f"“{{{name}}}” stands for nothing. Only {{country}} can stand in braces here."
                yield Problem("error", where, text, "placeholder")


def _in_braces(entry: Entry, *fields: str) -> set[str]:
    return {name for field in fields for name in PLACEHOLDER.findall(getattr(entry, field, ""))}


def gaps(everyone: Everyone) -> Iterator[Problem]:
    """Alerts that tell an answer, or a day, that somebody who reads them has not given. Everybody says where to."""
    for alert in everyone.catalogue.alerts:
        named = placeholders(alert)
        if DATE in named and alert.date:
            named |= keys_of(everyone.vocabulary.parse_date(alert.date))
        surely, _ = everyone.space.truths(everyone.reads(alert))
        for key in sorted(named & everyone.space.questions.keys() - {DESTINATION}):
            if not everyone.is_empty(surely & ~everyone.space.answered(key)):
                text = f"Somebody can read it who has not answered “{key}”, and finds a “?” there."
                text += " Tell only what its condition needs."
                yield Problem("warning", f"alerts {alert.key}", text, "gap")


def elsewhere(everyone: Everyone) -> Iterator[Problem]:
    """Alerts of one country that people read who move to another one: only the condition keeps them away."""
    for alert in everyone.catalogue.alerts:
        when, there = everyone.vocabulary.parse(alert.when), everyone.goes_to(alert.country)
        if not everyone.is_empty(everyone.who(when, Not(there))):
            text = "People read it who move to another country than its own. Name the country in its condition."
            yield Problem(
                "error", f"alerts {alert.key}", text, "elsewhere", everyone.example((when, True), (there, False))
            )


def stops(everyone: Everyone) -> Iterator[Problem]:
    """Procedures that an alert stops although nobody who reads it has them in the plan."""
    for alert in everyone.catalogue.alerts:
        gets = {key: everyone.gets(everyone.procedures[key]) for key in alert.stops}
        needless = [key for key, node in gets.items() if everyone.is_empty(everyone.who(everyone.reads(alert), node))]
        if needless:
            text = f"Nobody who reads it has these in the plan: {', '.join(needless)}. Leave them out."
            yield Problem("warning", f"alerts {alert.key} › stops", text, "stops_nothing")


def contradictions(everyone: Everyone) -> Iterator[Problem]:
    """Two alerts that cannot stand side by side, although somebody reads both.

    There are three such pairs. Both are of one kind, about the same things and for exactly the same people: one of
    them is left over. One says that a right is lost (danger) and the other that it still stands (late), about the same
    things. Or a danger stops a procedure, and the other, which is late or a notice, is about that procedure and says
    what to do. A case that is not covered may stop what another alert is about.
    """
    for one, other in combinations(everyone.catalogue.alerts, 2):
        told = _repeated(one, other, everyone) or _against(one, other) or _against(other, one)
        if told and not everyone.is_empty(_readers(one, everyone) & _readers(other, everyone)):
            example = everyone.example((everyone.reads(one), True), (everyone.reads(other), True))
            yield Problem("warning", f"alerts {one.key}", f"{told} Some people read both.", "contradiction", example)


def _repeated(one: Alert, other: Alert, everyone: Everyone) -> str:
    if one.kind == other.kind and _same_matter(one, other) and _readers(one, everyone) == _readers(other, everyone):
        return f"It is as {other.key}, of the same kind and about the same things. Keep one of them."
    return ""


def _against(one: Alert, other: Alert) -> str:
    """How ``other`` contradicts ``one`` where somebody reads both."""
    if one.kind != "danger" or other.kind not in ("late", "notice"):
        return ""
    if other.kind == "late" and _same_matter(one, other):
        return f"{one.key} says that a right is lost, and {other.key} that it still stands."
    if other.action and (stopped := sorted({*one.stops} & {*other.about} - {*other.stops})):
        return f"{one.key} stops {', '.join(stopped)}, and {other.key} says what to do about it."
    return ""


def _same_matter(one: Alert, other: Alert) -> bool:
    return bool(one.about) and set(one.about) == set(other.about)


def _readers(alert: Alert, everyone: Everyone) -> Function:
    """All answers that show it. Conflicts are between answers that the questionnaire may not even offer."""
    group = everyone.whoever if alert.kind == "conflict" else everyone.who
    return group(everyone.reads(alert))
