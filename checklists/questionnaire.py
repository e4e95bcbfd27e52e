"""Which questions come next. Nobody writes skip logic: a question is asked while its answer can change the plan."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from django.utils.translation import gettext_lazy as _

from checklists.planner import Asking
from checklists.planner.holding import HOLDINGS
from checklists.planner.selection import select
from checklists.planning import typed_answers
from guides.catalogue.compiled import CompiledCatalogue, conditions_in
from guides.catalogue.schema import Option, Procedure, Question
from guides.conditions import Truths
from guides.conditions.evaluate import comparisons
from guides.conditions.tree import AnyOf

# Where each part of the questionnaire begins, by the order of its questions.
SECTIONS = ((0, _("You and your move")), (90, _("Work, home and insurance")), (200, _("Dates and figures")))


def in_sections(questions: Iterable[Question]) -> list[tuple[str, list[Question]]]:
    """The questions under the titles of their parts, in catalogue order; parts without questions are left out."""
    found: dict[str, list[Question]] = {}
    for question in sorted(questions, key=lambda question: question.order):
        title = [title for begin, title in SECTIONS if begin <= question.order][-1]
        found.setdefault(str(title), []).append(question)
    return list(found.items())


@dataclass(frozen=True, slots=True)
class Screen:
    """Questions that are asked on one page: one, or several that belong together such as dates."""

    questions: tuple[Question, ...]

    @property
    def key(self) -> str:
        return self.questions[0].key

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(question.key for question in self.questions)

    @property
    def is_single(self) -> bool:
        return len(self.questions) == 1

    @property
    def reasons(self) -> list[str]:
        """Why these questions are asked, each reason once."""
        return list(dict.fromkeys(question.why for question in self.questions))


class Questionnaire:
    """The questions that are open for one person's raw answers on a day, in the order of asking.

    Those in ``hidden`` are neither asked nor shown; their answers count all the same.
    """

    def __init__(
        self,
        compiled: CompiledCatalogue,
        raw: dict[str, Any],
        today: datetime.date,
        hidden: frozenset[str] = frozenset(),
    ):
        self.compiled = compiled
        self.raw = raw
        self.hidden = hidden
        self.answers = {**typed_answers(compiled, raw, today), "today": today}

    @property
    def questions(self) -> dict[str, Question]:
        questions = self.compiled.questions
        return {key: questions[key] for key in questions if key not in self.hidden} if self.hidden else questions

    @cached_property
    def truths(self) -> Truths:
        return self.compiled.truths(self.answers)

    @cached_property
    def open_keys(self) -> tuple[str, ...]:
        """The answers that the plan still waits for, in the order of asking."""
        return tuple(Asking(self.compiled, self.truths).open_keys())

    def screens(self) -> list[Screen]:
        """The open screens as things stand; answers to one may open or close others."""
        grouped: dict[str, list[Question]] = {}
        for key in self.open_keys:
            if key not in self.raw and key not in self.hidden:
                question = self.questions[key]
                grouped.setdefault(question.screen or key, []).append(question)
        return [Screen(tuple(group)) for group in grouped.values()]

    def options_of(self, question: Question) -> list[Option]:
        """The answers that can be given: all of a question's options but those that other answers rule out."""
        return [option for option in question.options if self.truths[option.when] is not False]

    def next_screen(self) -> Screen | None:
        return next(iter(self.screens()), None)

    def screen_of(self, key: str) -> Screen | None:
        """The page that asks ``key``: with its neighbours if they are open or answered. None for an unknown key."""
        if key not in self.questions:
            return None
        question = self.questions[key]
        if question.screen is None:
            return Screen((question,))
        beside = [q for q in self.questions.values() if q.screen == question.screen]
        together = [q for q in beside if q.key == key or q.key in self.raw or q.key in self.open_keys]
        return Screen(tuple(sorted(together, key=lambda q: q.order)))

    def previous_key(self, key: str) -> str | None:
        """The answered question that was asked before ``key``."""
        here = self.questions[key]
        earlier = [
            question
            for question in map(self.questions.get, self.raw)
            if question is not None and question.order < here.order and question.key != here.key
            if here.screen is None or question.screen != here.screen
        ]
        return max(earlier, key=lambda question: question.order).key if earlier else None

    def answered(self) -> list[Question]:
        """The questions that have an answer, "not sure" included, in catalogue order."""
        found = [self.questions[key] for key in self.raw if key in self.questions]
        return sorted(found, key=lambda question: question.order)

    def useful_documents(self) -> list[tuple[str, str]]:
        """Documents worth asking about, with their names.

        Those that a procedure of the plan gives or reads, and those it asks for that some procedure gives.
        """
        wanted = set(self.raw.get("in_hand") or ())
        for item in select(self.compiled, self.truths, frozenset()):
            wanted |= {*item.procedure.outputs, *documents_read(self.compiled, item.procedure)}
            asked = {document for need in item.needs for option, _ in need.options for document in option.documents}
            wanted |= asked & self.compiled.producers.keys()
        documents = self.compiled.documents
        return [(key, documents[key].name) for key in documents if key in wanted]


def documents_read(compiled: CompiledCatalogue, procedure: Procedure) -> frozenset[str]:
    """The documents that a condition of this procedure asks whether somebody holds."""
    nodes = [compiled.vocabulary.parse(text) for text in conditions_in(procedure)]
    return frozenset(
        document
        for comparison in chain.from_iterable(map(comparisons, nodes))
        if isinstance(comparison, AnyOf) and comparison.key == HOLDINGS
        for document in comparison.values
    )
