"""A plan together with everything that its presenters look up: names, links, ticks, sources."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from checklists.access.access import Access
from checklists.models import ChecklistItem
from checklists.planner import Paper, Plan, PlannedDocument, PlannedProcedure, PlannedTask
from checklists.planner.documents import Use
from checklists.planner.holding import HOLDINGS
from checklists.planner.opendays import calendar_of
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Alternative, Country, Document, Procedure
from guides.conditions import Truths
from guides.reading.papers import local_name

from .alternatives import choices_of, only_alternatives
from .evidence import PlanEvidence
from .lines import Lines, papers_of


def row_of(plan: Plan) -> dict[str, PlannedTask]:
    """By key of a procedure the task to which it is a way; where it is one to several, the first that is not done."""
    ways = [(way.key, task) for task in reversed(plan.tasks) for way in (*task.other_ways, task.way)]
    return dict(sorted(ways, key=lambda pair: (pair[1].way.key == pair[0], not pair[1].done)))


class PlanView:
    """One reader's plan. ``answers`` are the typed answers with today's day under "today"."""

    def __init__(
        self,
        compiled: CompiledCatalogue,
        access: Access,
        items: Iterable[ChecklistItem],
        plan: Plan,
        answers: Mapping[str, Any],
    ):
        self.compiled, self.access, self.plan, self.answers = compiled, access, plan, answers
        self.today = plan.today
        self.lines = Lines(access, items)
        self.evidence = PlanEvidence(compiled, self.today)
        self._questions: dict[str, dict[str, str]] = {}

    @cached_property
    def procedures(self) -> dict[str, PlannedProcedure]:
        return {planned.key: planned for planned in self.plan.procedures}

    @cached_property
    def tasks(self) -> dict[str, PlannedTask]:
        return {task.key: task for task in self.plan.tasks}

    @cached_property
    def row_of(self) -> dict[str, PlannedTask]:
        return row_of(self.plan)

    @cached_property
    def papers(self) -> list[Paper]:
        """What has a line of its own; what is only to be known stands with its task."""
        return papers_of(self.plan)

    @cached_property
    def documents(self) -> dict[str, PlannedDocument]:
        return {document.key: document for document in self.plan.documents}

    @cached_property
    def choices(self) -> dict[str, list[Use]]:
        return choices_of(self.plan)

    @cached_property
    def only_alternatives(self) -> dict[str, Alternative]:
        return only_alternatives(self.plan)

    @cached_property
    def country(self) -> Country | None:
        """The destination, or None while it is not known."""
        return self.compiled.countries.get(self.answers.get(DESTINATION, ""))

    @cached_property
    def calendar(self) -> str:
        """Whose public holidays close the offices; empty if that is not known."""
        return calendar_of(self.compiled, self.answers)

    def name(self, procedure: str) -> str:
        return self.compiled.procedures[procedure].name

    def link(self, task: str) -> dict[str, str]:
        """A task of the plan as {text, url}."""
        return {"text": self.tasks[task].name, "url": self.task_url(task)}

    def task_url(self, task: str) -> str:
        """The address of its page; a page has many, and resolving each takes its time."""
        return f"{self._before_task}{task}/"

    @cached_property
    def _before_task(self) -> str:
        return self.access.url("task", "key").removesuffix("key/")

    def paper_url(self, paper: str) -> str:
        """The address of the page of a paper."""
        return f"{self._before_paper}{paper}/"

    @cached_property
    def _before_paper(self) -> str:
        return self.access.url("paper", "key").removesuffix("key/")

    def language_of(self, entry: Document | Procedure) -> str:
        """The language of an entry's local name; empty where it is known in several."""
        return self.compiled.countries[entry.country].language if entry.country else ""

    def local_name_of(self, document: Document) -> tuple[str, str]:
        """What is printed on a paper where the person goes, and its language."""
        return local_name(self.compiled, document, self.country.key if self.country else "")

    def is_answered(self, document: str) -> bool:
        """Whether the answers say that this document is held; a tick does not count."""
        return document in (self.answers.get(HOLDINGS) or ())

    def question(self, keys: Iterable[str]) -> dict[str, str] | None:
        """Of some open questions the one that settles most, as {text, url}."""
        known = [key for key in keys if key in self.compiled.questions]
        if not known:
            return None
        rank = {key: place for place, key in enumerate(self.plan.unknown)}
        return self._question(min(known, key=lambda key: rank.get(key, len(rank))))

    def _question(self, key: str) -> dict[str, str]:
        if key not in self._questions:
            url = self._question_url(key)
            asked = self.compiled.questions_for(self.answers.get(DESTINATION))[key]
            self._questions[key] = {"text": asked.text, "url": url}
        return self._questions[key]

    def _question_url(self, key: str) -> str:
        """Where it is answered; for whoever may only look, where all answers stand."""
        if not self.access.may_change or (key == HOLDINGS and not self.access.shows_documents):
            return self.access.url("answers")
        return self.access.url("change-answer" if key in self.access.checklist.answers else "question", key)

    @cached_property
    def truths(self) -> Truths:
        return self.compiled.truths(self.answers)
