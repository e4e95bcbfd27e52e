"""A plan together with everything that its presenters look up: names, links, ticks, sources."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from checklists.access.access import Access
from checklists.models import ChecklistItem
from checklists.planner import Plan, PlannedProcedure
from checklists.planner.holding import HOLDINGS
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Country, Document, Procedure
from guides.conditions import Truths

from .evidence import PlanEvidence
from .lines import PROCEDURE, Lines, anchor


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
    def numbers(self) -> dict[str, int]:
        """The place of each procedure in the order of the plan, from 1."""
        return {planned.key: place for place, planned in enumerate(self.plan.procedures, start=1)}

    @cached_property
    def country(self) -> Country | None:
        """The destination, or None while it is not known."""
        return self.compiled.countries.get(self.answers.get(DESTINATION, ""))

    def name(self, procedure: str) -> str:
        return self.compiled.procedures[procedure].name

    def names(self, procedures: Iterable[str]) -> list[str]:
        return [self.name(key) for key in procedures]

    def link(self, procedure: str) -> dict[str, str]:
        """A procedure of the plan as {text, url}, numbered as on the page."""
        place = _("%(name)s (task %(number)d)") % {"name": self.name(procedure), "number": self.numbers[procedure]}
        return {"text": place, "url": f"#{anchor(PROCEDURE, procedure)}"}

    def language_of(self, entry: Document | Procedure) -> str:
        """The language of an entry's local name; empty where it is known in several."""
        return self.compiled.countries[entry.country].language if entry.country else ""

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
            self._questions[key] = {"text": self.compiled.questions[key].text, "url": url}
        return self._questions[key]

    def _question_url(self, key: str) -> str:
        """Where it is answered; for whoever may only look, where all answers stand."""
        if not self.access.may_change or (key == HOLDINGS and not self.access.shows_documents):
            return self.access.url("answers")
        return self.access.url("change-answer" if key in self.access.checklist.answers else "question", key)

    @cached_property
    def truths(self) -> Truths:
        return self.compiled.truths(self.answers)
