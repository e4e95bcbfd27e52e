"""A form of questions as the template draws it: each question once, with its answer cards or its input."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from checklists.client.forms.screen import ScreenForm
from guides.catalogue.schema import Question

CARDS = {"choice": "radio", "yes_no": "radio", "choices": "checkbox", "documents": "checkbox"}


@dataclass(slots=True)
class AskedQuestion:
    """One question of a page. ``part`` says what draws it: cards, several, country, date or integer.

    ``cards`` are answers as ``components/answer_card.html`` takes them. ``first_id`` is where an error leads to.
    """

    question: Question
    bound: BoundField
    part: str
    cards: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def errors(self) -> list[str]:
        return list(self.bound.errors)

    @property
    def value(self) -> Any:
        """What stands in a date or number input, as text."""
        return self.bound.field.widget.format_value(self.bound.value()) or ""

    @property
    def first_id(self) -> str:
        if self.part == "several":
            return f"id_{self.key}_{self.bound.field.widget.first_unclear(self.bound.value() or [])}"
        return f"id_{self.key}_0" if self.part == "cards" else f"id_{self.key}"

    @property
    def described_by(self) -> str:
        """The ids of hint and error, for a screen reader."""
        parts = [("helptext", self.question.hint), ("error", self.errors)]
        return " ".join(f"id_{self.key}_{name}" for name, there in parts if there)


def asked_questions(form: ScreenForm) -> list[AskedQuestion]:
    """The questions of a form in their order."""
    return [_asked(form, question) for question in form.screen.questions]


def title_of(form: ScreenForm) -> str:
    """The heading of the page: the question, or what several questions are about."""
    questions = form.screen.questions
    if len(questions) == 1:
        return questions[0].text
    titles = {
        "holdings": _("What you have already"),
        "family": _("Your family"),
        "work": _("About your work"),
        "home": _("Your home"),
        "posting": _("About the posting"),
        "arrival": _("Your arrival"),
        "dates": _("Dates that matter"),
        "contributions": _("What you have paid in so far"),
    }
    return titles.get(questions[0].screen, _("A few questions that belong together"))


def _asked(form: ScreenForm, question: Question) -> AskedQuestion:
    bound = form[question.key]
    if question.kind in CARDS:
        return AskedQuestion(question, bound, "cards", list(_cards(form, question, bound)))
    return AskedQuestion(question, bound, "several" if question.kind == "countries" else question.kind)


def _cards(form: ScreenForm, question: Question, bound: BoundField) -> Iterator[dict[str, Any]]:
    """One card for each answer; among several radio questions also "not sure", which takes an answer back."""
    kind, value = CARDS[question.kind], bound.value()
    chosen = set(value) if isinstance(value, list) else {value}
    hints = {option.value: option.hint for option in question.options}
    compiled = form.questionnaire.compiled
    for place, (choice, label) in enumerate(bound.field.choices):
        card = {"id": f"id_{question.key}_{place}", "name": question.key, "type": kind, "value": choice}
        card |= {"label": label, "hint": hints.get(choice, ""), "checked": choice in chosen}
        if question.kind == "documents":
            document = compiled.documents[choice]
            card["hint"] = document.local_name
            card["hint_lang"] = compiled.countries[document.country].language if document.country else ""
        yield card
    if kind == "radio" and len(form.screen.questions) > 1:
        unsure = value == "" or (value is None and question.key in form.initial)
        quiet = {"id": f"id_{question.key}_unsure", "name": question.key, "type": kind, "value": "", "quiet": True}
        yield quiet | {"label": _("I am not sure"), "checked": unsure}
