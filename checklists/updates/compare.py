"""What is different between two plans of one person: a personal list of changes, with reasons and sources.

Both plans are of the same answers, ticks and day, so whatever differs comes from the rules and not from the calendar.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.planner import Plan, PlannedDocument, PlannedProcedure, RaisedAlert, Series
from checklists.presenters.phrases import series
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.conditions.answers import Answers

from .cited import Cited, cited
from .words import PARTS, Difference, differences, part_name

DOCUMENT, PROCEDURE, RECURRING, ALERT, ANSWER = "document", "procedure", "recurring", "alert", "answer"
Duties = dict[tuple[str, str], Series]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a checklist that is new, gone or changed.

    ``kind`` is procedure, document, recurring, alert, answer or a key of ``words.PARTS``. ``key`` is the entry's key,
    behind "procedure/" for a part; ``within`` names its procedure. ``because`` are phrases that complete "because …".
    """

    kind: str
    key: str
    name: str
    within: str = ""
    because: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    sources: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChange:
    """The lines that a plan gained, lost, and has in another form. False if there are none."""

    new: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    changed: tuple[Line, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)

    def as_json(self) -> dict[str, Any]:
        return {name: [asdict(line) for line in getattr(self, name)] for name in ("new", "gone", "changed")}


def compare(
    before: Plan, after: Plan, old: CompiledCatalogue, new: CompiledCatalogue, answers: Answers | None = None
) -> PlanChange:
    """What is different in ``after``, in plan order. What belongs to a finished procedure is left out.

    ``before`` is the plan in ``old``, ``after`` the one in ``new``. With ``answers`` (typed for ``new``, and holding
    "today"), lines that are gone say which answers rule them out.
    """
    comparison = _Comparison(before, after, old, new, answers)
    return PlanChange(tuple(comparison.gained()), tuple(comparison.lost()), tuple(comparison.altered()))


class _Comparison:
    def __init__(self, before: Plan, after: Plan, old: CompiledCatalogue, new: CompiledCatalogue, answers):
        self.old, self.new, self.answers = old, new, answers
        self.tasks_before = {planned.key: planned for planned in before.procedures}
        self.tasks = {planned.key: planned for planned in after.procedures}
        self.papers_before = {paper.key: paper for paper in before.documents}
        self.papers = {paper.key: paper for paper in after.documents}
        self.alerts_before, self.alerts = _alerts(old, before), _alerts(new, after)
        self.duties_before, self.duties = _duties(before), _duties(after)
        self.kept = [
            (self.tasks_before[key], task) for key, task in self.tasks.items()
            if key in self.tasks_before and not task.done
        ]  # fmt: skip

    def gained(self) -> Iterator[Line]:
        for key, alert in self.alerts.items():
            if key not in self.alerts_before:
                yield _alert_line(self.new, alert)
        for key, task in self.tasks.items():
            if key not in self.tasks_before and not task.done:
                yield _task_line(self.new, task, self._why_new(task))
        for was, task in self.kept:
            yield from self._only_in(self.new, task, was)
            yield from self._duties_only_in(self.new, task, self.duties, self.duties_before)
        for key, paper in self.papers.items():
            if key not in self.papers_before and not paper.in_hand:
                yield _paper_line(self.new, paper, (_asked_for(self.new, paper),))

    def lost(self) -> Iterator[Line]:
        for key, task in self.tasks_before.items():
            if key not in self.tasks:
                yield _task_line(self.old, task, self._why_gone(task))
        for was, task in self.kept:
            yield from self._only_in(self.old, was, task)
            yield from self._duties_only_in(self.old, was, self.duties_before, self.duties)
        for key, paper in self.papers_before.items():
            if key not in self.papers and self._is_asked_no_more(paper):
                yield _paper_line(self.old, paper, tuple(self._not_asked_for(paper)))
        for key, alert in self.alerts_before.items():
            if key not in self.alerts:
                yield _alert_line(self.old, alert)

    def altered(self) -> Iterator[Line]:
        names = self.tasks_before.keys() & self.tasks.keys()
        for key, alert in self.alerts.items():
            earlier = self.alerts_before.get(key)
            if earlier and (found := differences(self.old, earlier, self.new, alert)):
                yield _alert_line(self.new, alert, found)
        for was, task in self.kept:
            found = differences(self.old, was, self.new, task, names)
            if found:
                because = task.because if was.status != task.status else ()
                yield _task_line(self.new, task, because, found)
            yield from self._altered_parts(was, task)
        for key, paper in self.papers.items():
            before = self.papers_before.get(key)
            if before and (found := differences(self.old, before, self.new, paper, names)):
                yield _paper_line(self.new, paper, (), found)

    def _only_in(self, compiled: CompiledCatalogue, task: PlannedProcedure, other: PlannedProcedure) -> Iterator[Line]:
        """The parts of a procedure that the other edition's plan has not."""
        for kind, parts_of in PARTS.items():
            elsewhere = parts_of(other)
            for key, part in parts_of(task).items():
                if key not in elsewhere:
                    yield _part_line(compiled, kind, task, part)

    def _duties_only_in(
        self, compiled: CompiledCatalogue, task: PlannedProcedure, here: Duties, elsewhere: Duties
    ) -> Iterator[Line]:
        for key, duty in here.items():
            if duty.procedure == task.key and key not in elsewhere:
                yield _part_line(compiled, RECURRING, task, duty)

    def _altered_parts(self, was: PlannedProcedure, task: PlannedProcedure) -> Iterator[Line]:
        for name, duty in self.duties.items():
            before = self.duties_before.get(name) if duty.procedure == task.key else None
            if before and (found := differences(self.old, before, self.new, duty)):
                yield _part_line(self.new, RECURRING, task, duty, found)
        for kind, parts_of in PARTS.items():
            earlier = parts_of(was)
            for key, part in parts_of(task).items():
                if key in earlier and (found := differences(self.old, earlier[key], self.new, part)):
                    yield _part_line(self.new, kind, task, part, found)

    def _why_new(self, task: PlannedProcedure) -> tuple[str, ...]:
        if task.status == "provisional":
            questions = self.new.questions_for((self.answers or {}).get(DESTINATION))
            asked = [questions[key].text for key in task.settles]
            return tuple(_("it depends on your answer to “%(question)s”") % {"question": text} for text in asked)
        return task.because or (_("the rules now ask for it"),)

    def _why_gone(self, task: PlannedProcedure) -> tuple[str, ...]:
        procedure = self.new.procedures.get(task.key)
        if procedure is None:
            return (_("the rules no longer have this task"),)
        if self.answers is not None:
            texts = (procedure.required_when, procedure.recommended_when, procedure.optional_when)
            truths = self.new.truths(self.answers)
            phrases = [phrase for text in texts if text for phrase in self.new.because(text, truths)]
            if phrases:
                return tuple(dict.fromkeys(phrases))
        return (_("the rules for it have changed"),)

    def _is_asked_no_more(self, paper: PlannedDocument) -> bool:
        """Not when only its procedures count as finished now."""
        return any(key not in self.tasks or not self.tasks[key].done for key in paper.procedures)

    def _not_asked_for(self, paper: PlannedDocument) -> Iterator[str]:
        for key in paper.procedures:
            name = self.old.procedures[key].name
            if key in self.tasks:
                yield _("“%(task)s” no longer asks for it") % {"task": name}
            else:
                yield _("“%(task)s” is no longer on your list") % {"task": name}


def _asked_for(compiled: CompiledCatalogue, paper: PlannedDocument) -> str:
    names = [_("“%(task)s”") % {"task": compiled.procedures[key].name} for key in paper.procedures]
    return ngettext("%(tasks)s asks for it", "%(tasks)s ask for it", len(names)) % {"tasks": series(names)}


def _alerts(compiled: CompiledCatalogue, plan: Plan) -> dict[str, RaisedAlert]:
    """The alerts of the catalogue; those that the planner makes itself follow from the rest."""
    known = {alert.key for alert in compiled.alerts}
    return {alert.key: alert for alert in plan.alerts if alert.key in known}


def _duties(plan: Plan) -> Duties:
    return {(duty.procedure, duty.key): duty for duty in plan.recurring}


def _alert_line(compiled: CompiledCatalogue, alert: RaisedAlert, found=()) -> Line:
    return Line(ALERT, alert.key, alert.text, "", (), tuple(found), cited(compiled, alert.facts))


def _task_line(compiled: CompiledCatalogue, task: PlannedProcedure, because, found=()) -> Line:
    procedure = task.procedure
    sources = cited(compiled, procedure.facts)
    return Line(PROCEDURE, task.key, procedure.name, "", tuple(because), tuple(found), sources)


def _paper_line(compiled: CompiledCatalogue, paper: PlannedDocument, because, found=()) -> Line:
    sources = cited(compiled, [*(fact for use in paper.uses for fact in use.need.requirement.facts), *paper.facts])
    return Line(DOCUMENT, paper.key, paper.document.name, "", tuple(because), tuple(found), sources)


def _part_line(compiled: CompiledCatalogue, kind: str, task: PlannedProcedure, part, found=()) -> Line:
    entry, name = part_name(part)
    within = task.procedure.name
    return Line(kind, f"{task.key}/{entry.key}", name, within, (), tuple(found), cited(compiled, entry.facts))
