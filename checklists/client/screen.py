"""A form of questions as the template draws it: each question once, with its answer cards or its input."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from checklists.client.forms.screen import ALONE, ScreenForm
from checklists.presenters.answers import earlier_answer
from checklists.presenters.phrases import sentence
from guides.catalogue.compiled import DESTINATION
from guides.catalogue.schema import Question
from guides.reading.papers import local_name

CARDS = {"choice": "radio", "yes_no": "radio", "choices": "checkbox", "documents": "checkbox"}

# From this many answers on they stand in two columns where there is room.
TWO_COLUMNS = 8


@dataclass(slots=True)
class AskedQuestion:
    """One question of a page. ``part`` says what draws it: cards, several, country, date or integer.

    ``groups``: answers as ``components/answer_card.html`` takes them, by the heading above them, which may be empty.
    ``unsure``: the card that takes an answer back; None where a button of the page does.
    ``first_id`` is where an error leads to.
    ``earlier``: what was answered before and cannot be chosen any more.
    """

    question: Question
    bound: BoundField
    part: str
    groups: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    unsure: dict[str, Any] | None = None
    earlier: str = ""

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def errors(self) -> list[str]:
        return list(self.bound.errors)

    @property
    def is_long(self) -> bool:
        return sum(map(len, self.groups.values())) >= TWO_COLUMNS

    @property
    def value(self) -> Any:
        """What stands in a number input, as text."""
        return self.bound.field.widget.format_value(self.bound.value()) or ""

    @property
    def first_id(self) -> str:
        if self.part == "several":
            return f"id_{self.key}_{self.bound.field.widget.first_unclear(self.bound.value() or [])}"
        if self.part == "cards":
            return f"id_{self.key}_0"
        return self.bound.id_for_label

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for a screen reader."""
        parts = [("helptext", self.question.hint), ("earlier", self.earlier), ("error", self.errors)]
        return " ".join(f"id_{self.key}_{name}" for name, there in parts if there)


def asked_questions(form: ScreenForm) -> list[AskedQuestion]:
    """The questions of a form in their order."""
    return [_asked(form, question) for question in form.screen.questions]


def _asked(form: ScreenForm, question: Question) -> AskedQuestion:
    bound, earlier = form[question.key], earlier_answer(form.questionnaire, question)
    unsure = None if form.screen.is_single else _unsure(form, question, bound.value())
    if question.kind in CARDS:
        return AskedQuestion(question, bound, "cards", _cards(form, question, bound), unsure, earlier)
    part = "several" if question.kind == "countries" else question.kind
    return AskedQuestion(question, bound, part, {}, unsure, earlier)


def _cards(form: ScreenForm, question: Question, bound: BoundField) -> dict[str, list[dict[str, Any]]]:
    """One card for each answer, by group in the order in which the groups begin."""
    kind, value = CARDS[question.kind], bound.value()
    chosen = set(value) if isinstance(value, list) else {value}
    hints = _hints(form, question)
    named = {option.value: option.group for option in question.options}
    groups: dict[str, list[dict[str, Any]]] = {}
    for place, (choice, label) in enumerate(bound.field.choices):
        card = {"id": f"id_{question.key}_{place}", "name": question.key, "type": kind, "value": choice}
        card |= {"label": label, "checked": choice in chosen, **hints.get(choice, {})}
        card["alone"] = kind == "checkbox" and choice in ALONE
        groups.setdefault(named.get(choice, ""), []).append(card)
    return groups


def _unsure(form: ScreenForm, question: Question, value: Any) -> dict[str, Any]:
    """The card that takes an answer back, or says that there is none."""
    card = {"id": f"id_{question.key}_unsure", "label": _("I am not sure"), "quiet": True}
    if CARDS.get(question.kind) == "radio":
        taken_back = value == "" or (value is None and question.key in form.initial)
        return card | {"name": question.key, "type": "radio", "value": "", "checked": taken_back}
    card |= {"name": "unsure", "type": "checkbox", "value": question.key, "checked": question.key in form.unsure}
    return card | {"alone": question.kind in CARDS}


def _hints(form: ScreenForm, question: Question) -> dict[str, dict[str, str]]:
    """For each answer its hint, and the language of the hint where that is another."""
    compiled, truth_of = form.questionnaire.compiled, form.questionnaire.truth_of
    if question.kind == "documents":
        country = form.questionnaire.answers.get(DESTINATION, "")
        names = {key: local_name(compiled, document, country) for key, document in compiled.documents.items()}
        return {key: {"hint": name, "hint_lang": language} for key, (name, language) in names.items()}
    found = {}
    for option in question.options:
        special = (hint.text for hint in option.hints if truth_of(hint.when))
        found[option.value] = {"hint": sentence(option.hint, *special).removesuffix(".")}
    return found
