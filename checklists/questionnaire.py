"""Which questions come next. Nobody writes skip logic: a question is asked while its answer can change the plan."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from django.utils.translation import gettext_lazy as _

from checklists.planner import Asking, relevant_answers
from checklists.planner.alerts import in_words
from checklists.planner.holding import HOLDINGS
from checklists.planner.overtaken import without_overtaken
from checklists.planner.selection import select
from checklists.planning import typed_answers
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue, conditions_in
from guides.catalogue.schema import Document, Option, Procedure, Question
from guides.conditions import Truths
from guides.conditions.answers import Answers
from guides.conditions.evaluate import Truth, comparisons, judge, keys_in
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
    """Questions that are asked on one page: one, or several that belong together such as dates.

    ``overtaken``: what asks them again where time has overtaken the answers.
    """

    questions: tuple[Question, ...]
    overtaken: str = ""

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
    def title(self) -> str:
        """What heads the page: the question, or what several questions are about."""
        first = self.questions[0]
        return self.overtaken or (first.text if self.is_single else first.title or first.text)

    @property
    def reasons(self) -> list[str]:
        """Why these questions are asked, each reason once."""
        return list(dict.fromkeys(question.why for question in self.questions))


class Questionnaire:
    """The questions that are open for one person's raw answers on a day, in the order of asking.

    Those in ``hidden`` are neither asked nor shown; their answers count all the same. An answer that the edition does
    not understand, and one that time has overtaken, count as not given.
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
        self._typed = {**typed_answers(compiled, raw, today), "today": today}
        self.answers, self.overtaken = without_overtaken(compiled, self._typed)
        self._would: dict[tuple[str, str], bool] = {}

    @cached_property
    def questions(self) -> dict[str, Question]:
        questions = self.compiled.questions_for(self.answers.get(DESTINATION))
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
        again = self._asked_again()
        for key in self.open_keys:
            if not self.is_answered(key) and key not in self.hidden and (again is None or key not in again.keys):
                question = self.questions[key]
                grouped.setdefault(question.screen or key, []).append(question)
        return [*([again] if again else []), *(Screen(tuple(group)) for group in grouped.values())]

    def is_answered(self, key: str) -> bool:
        """ "Not sure" is an answer; what the edition no longer understands, or time has overtaken, is none."""
        return key in self.answers or (key in self.raw and self.raw[key] is None)

    def _asked_again(self) -> Screen | None:
        """All answers that time has overtaken on one page, with what is asked beside them."""
        stale = [key for key in self.questions if key in self.overtaken and key in self.open_keys]
        if not stale:
            return None
        screens = {self.questions[key].screen for key in stale} - {None}
        together = [q for q in self.questions.values() if q.key in stale or (q.screen in screens and q.key in self.raw)]
        together.sort(key=lambda question: (question.screen is None, question.order))
        first = next(question.key for question in together if question.key in stale)
        return Screen(tuple(together), self.overtaken_by(self._typed)[first])

    def overtaken_by(self, answers: Answers) -> dict[str, str]:
        """The questions whose typed answers time has overtaken, each with the words that ask it again."""
        found = without_overtaken(self.compiled, answers)[1]
        return {key: in_words(self.questions[key].stale_text, answers, self.compiled) for key in found}

    def truth_of(self, when: str) -> Truth:
        """The truth of one condition, without judging all the others."""
        return judge(self.compiled.vocabulary.parse(when), self.answers) if when else True

    def options_of(self, question: Question) -> list[Option]:
        """The answers that can be given: all of a question's options but those that other answers rule out."""
        return [option for option in question.options if self.truth_of(option.when) is not False]

    def next_screen(self) -> Screen | None:
        return next(iter(self.screens()), None)

    def screen_of(self, key: str) -> Screen | None:
        """The page that asks ``key``: with its neighbours if they are open or answered. None for an unknown key."""
        if key not in self.questions:
            return None
        question, again = self.questions[key], self._asked_again()
        if again and key in again.keys:
            return again
        if question.screen is None:
            return Screen((question,))
        beside = [q for q in self.questions.values() if q.screen == question.screen]
        together = [q for q in beside if q.key == key or self.is_answered(q.key) or q.key in self.open_keys]
        return Screen(tuple(sorted(together, key=lambda q: q.order)))

    def screen_to_change(self, key: str) -> Screen | None:
        """The page that changes one answer, with those that overtake it or are overtaken by it, and with no other."""
        screen = self.screen_of(key)
        if screen is None or screen.overtaken:
            return screen
        return Screen(tuple(q for q in screen.questions if q.key == key or self._overtake_each_other(q, key)))

    def _overtake_each_other(self, question: Question, key: str) -> bool:
        parse = self.compiled.vocabulary.parse
        stale = [(one.key, parse(one.stale_when)) for one in (question, self.questions[key]) if one.stale_when]
        return any({question.key, key} <= {own, *keys_in(node)} for own, node in stale)

    def number_of(self, screen: Screen) -> int | None:
        """How many pages were answered before this one, and one; None for a page that was answered before."""
        if all(self.is_answered(key) for key in screen.keys):
            return None
        before = [question for question in self.answered() if question.key not in screen.keys]
        return len({question.screen or question.key for question in before}) + 1

    def previous_key(self, key: str) -> str | None:
        """The answered question that was asked before ``key``, on another page."""
        unsure = {name: None for name, value in self.raw.items() if value is None}
        asked = [name for name in relevant_answers(self.compiled, {**self._typed, **unsure}) if name in self.questions]
        earlier = asked[: asked.index(key)] if key in asked else asked
        # A page stands where its first question was asked, whenever the others of it come up.
        pages: dict[str, str] = {}
        for name in earlier:
            pages.setdefault(self.questions[name].screen or name, name)
        pages.pop(self.questions[key].screen or key, None)
        return next(reversed(pages.values()), None)

    def answered(self) -> list[Question]:
        """The questions that have an answer, "not sure" included, in catalogue order."""
        found = [self.questions[key] for key in self.raw if key in self.questions and self.is_answered(key)]
        return sorted(found, key=lambda question: question.order)

    def useful_documents(self) -> list[tuple[str, str]]:
        """Documents worth asking about, with their names.

        Those that a procedure of the plan gives or reads, and those it asks for that some procedure gives, or that are
        good in the place of others from home. Left out is what another answer tells, what only procedures give that are
        not in the plan, and what is but another name for one that is offered.
        """
        documents, producers, answered = (
            self.compiled.documents,
            self.compiled.producers,
            set(self.raw.get(HOLDINGS) or ()),
        )
        selected = select(self.compiled, self.truths, frozenset(), lambda: self.truths)
        inside = {item.key for item in selected}
        wanted: set[str] = set()
        for item in selected:
            read = documents_read(self.compiled, item.procedure)
            wanted |= {
                *item.procedure.outputs,
                *(key for key in read if inside.intersection(producers.get(key, inside))),
            }
            asked = {document for need in item.needs for option, _ in need.options for document in option.documents}
            wanted |= asked & producers.keys()
            wanted |= {key for key in asked if self._is_identity(documents[key])}
            wanted |= {
                other.key
                for key in asked
                for other, when in self.compiled.covered_by.get(key, ())
                if self._is_identity(other) and self._would_do(other, when)
            }
        wanted = {key for key in wanted if not self._is_told_elsewhere(documents[key])}
        offered = (wanted - {key for key in wanted if self._is_another_name(key, wanted, inside)}) | answered
        return [(key, documents[key].name) for key in documents if key in offered]

    def _is_another_name(self, key: str, wanted: set[str], inside: set[str]) -> bool:
        """Whether nobody has this but by having something else that is asked for, which is good in its place."""
        covers = self.compiled.covered_by.get(key, ())
        better = [other.key for other, when in covers if other.key in wanted and self.truths[when]]
        makers = {maker for other in better for maker in self.compiled.producers.get(other, ())}
        return bool(better) and makers.issuperset(inside.intersection(self.compiled.producers.get(key, ())))

    def _would_do(self, document: Document, when: str) -> bool:
        """Whether this person could show it in the place of the other one, if they had it."""
        key = document.key, when
        if key not in self._would:
            holding = frozenset(self.answers.get(HOLDINGS) or ()) | {document.key}
            self._would[key] = self.compiled.truths({**self.answers, HOLDINGS: holding})[when] is not False
        return self._would[key]

    @staticmethod
    def _is_identity(document: Document) -> bool:
        """Whether it comes from home and is good in the place of what offices ask for, as a passport is."""
        return document.origin == "home_country" and document.kind == "paper" and bool(document.covers)

    def _is_told_elsewhere(self, document: Document) -> bool:
        """Whether another answer says that somebody has it, or a list of what they have asks for it."""
        if not document.held_when:
            return False
        if self.truths[document.held_when]:
            return True
        node = self.compiled.vocabulary.parse(document.held_when)
        return isinstance(node, AnyOf) and node.key != HOLDINGS and (node.key in self.raw or node.key in self.open_keys)


def documents_read(compiled: CompiledCatalogue, procedure: Procedure) -> frozenset[str]:
    """The documents that a condition of this procedure asks whether somebody holds."""
    nodes = [compiled.vocabulary.parse(text) for text in conditions_in(procedure)]
    return frozenset(
        document
        for comparison in chain.from_iterable(map(comparisons, nodes))
        if isinstance(comparison, AnyOf) and comparison.key == HOLDINGS
        for document in comparison.values
    )
