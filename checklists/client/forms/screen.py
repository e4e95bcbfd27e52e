"""The form of one screen, made from its questions."""

import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from checklists.forms import DayField
from checklists.planner.alerts import RaisedAlert, conflicts_of
from checklists.questionnaire import Questionnaire, Screen
from checklists.seen import SeenForm
from guides.catalogue.compiled import DESTINATION
from guides.catalogue.schema import Question
from guides.conditions import read_answers
from guides.conditions.answers import PERIODS
from guides.lines import WholeNumberField

from .countries import CountryField, SeveralCountriesField

BEGINNINGS = {end: start for start, end in PERIODS}
# The card that says that none of the documents is held.
NOTHING = "none"
# Answers that mean none of the others.
ALONE = frozenset({NOTHING, "not_working"})
RADIOS = ("choice", "yes_no")
# From this many answers on, one is chosen from a list that opens. Headings keep longer ones readable as cards.
LONG_LIST = 16


class YesNo(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        choices = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=choices, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class ScreenForm(SeenForm):
    """Asks the questions of ``screen``. ``answers()`` gives raw answers by key; an empty field means "not sure".

    Every question wants an answer. On a screen with one, "not sure" is a button of its own, which the view handles;
    where several are asked, each has a card that says so (``unsure``), and none is passed over unseen.
    ``so`` are the conflicts of which the reader says that it is so.
    """

    spare_countries = 1
    wants_all = True

    def __init__(self, *args, screen: Screen, questionnaire: Questionnaire, today: datetime.date, **kwargs):
        initial = {**_initial(questionnaire, screen), **kwargs.pop("initial", {})}
        self.confirmed = kwargs.pop("confirmed", {})
        super().__init__(*args, initial=initial, use_required_attribute=False, **kwargs)
        self.screen, self.questionnaire, self.today = screen, questionnaire, today
        self.conflicts: list[RaisedAlert] = []
        for question in screen.questions:
            self.fields[question.key] = field_for(question, questionnaire, screen.is_single, self.spare_countries)

    @property
    def may_be_unsure(self) -> bool:
        """Whether a button says so. Where several are asked, a field is left empty; and a list needs a destination."""
        return self.screen.is_single and self.screen.key != DESTINATION

    @property
    def so(self) -> list[str]:
        """The keys of the conflicts of which the reader says that it is so."""
        return self.data.get("so", "").split() if self.is_bound else []

    def clean(self):
        cleaned = super().clean()
        self._refuse_others_beside_none(cleaned)
        answered = {key: value for key, value in self.raw_from(cleaned).items() if value is not None}
        others = {key: value for key, value in self.questionnaire.raw.items() if key not in self.screen.keys}
        given = {**others, **answered}
        vocabulary = self.questionnaire.compiled.vocabulary
        typed, problems = read_answers(given, vocabulary, today=self.today)
        for problem in problems:
            begins = BEGINNINGS.get(problem.key)
            if begins in given and problem.value < given[begins]:
                self._say_wrong_order(begins, problem.key, answered)
            elif problem.key in answered:
                self.add_error(problem.key, problem.message)
        if self.wants_all and not self.screen.is_single:
            self._want_all(answered)
        if not self.errors:
            self._ask_back(given, {**typed, "today": self.today})
        return cleaned

    def _refuse_others_beside_none(self, cleaned: dict[str, Any]) -> None:
        for question in self.screen.questions:
            chosen = cleaned.get(question.key)
            if isinstance(chosen, list) and len(chosen) > 1 and (alone := ALONE.intersection(chosen)):
                labels = dict(self.fields[question.key].choices)
                text = _("“%(none)s” does not go together with other answers.")
                self.add_error(question.key, text % {"none": labels[min(alone)]})

    @property
    def unsure(self) -> list[str]:
        """The questions of which the reader says, or said before, that they are not sure."""
        if self.is_bound:
            return self.data.getlist("unsure")
        return [key for key in self.screen.keys if key in self.initial and self.initial[key] is None]

    def _want_all(self, answered: dict[str, Any]) -> None:
        for question in self.screen.questions:
            on_cards = question.kind in RADIOS and not chosen_from_list(question)
            key, says_unsure = question.key, on_cards and question.key in self.data
            if not says_unsure and key not in [*answered, *self.errors, *self.unsure]:
                self.add_error(key, self.fields[key].error_messages["required"])

    def _ask_back(self, given: dict[str, Any], typed: dict[str, Any]) -> None:
        """Answers that time has overtaken already, and those that cannot all be true."""
        compiled, keys = self.questionnaire.compiled, set(self.screen.keys)
        for key, text in self.questionnaire.overtaken_by(typed).items():
            if key in keys and not self.screen.is_single:
                self.add_error(key, _("%(question)s Change this answer, or the day.") % {"question": text})
        if self.errors:
            return
        for alert in conflicts_of(compiled, typed):
            about = [key for key in alert.about if key in keys]
            if alert.impossible:
                for key in about:
                    self.add_error(key, f"{alert.text} {alert.action}".strip())
            elif about and alert.key not in self.so and self.confirmed.get(alert.key) != answers_about(alert, given):
                self.conflicts.append(alert)
                self.add_error(None, ValidationError(alert.text, code="conflict"))

    @property
    def confirming(self) -> str:
        """What the button "it is so" sends: what it says now, and what was said before."""
        return " ".join(dict.fromkeys([*self.so, *(alert.key for alert in self.conflicts)]))

    @cached_property
    def says_so(self) -> dict[str, dict[str, Any]]:
        """The conflicts that the reader confirms, each with the answers that it is about."""
        if not self.so or not self.is_valid():
            return {}
        given = {**self.questionnaire.raw, **self.answers()}
        answers, _problems = read_answers(given, self.questionnaire.compiled.vocabulary, today=self.today)
        found = conflicts_of(self.questionnaire.compiled, {**answers, "today": self.today})
        return {alert.key: answers_about(alert, given) for alert in found if alert.key in self.so}

    def _say_wrong_order(self, begins: str, ends: str, answered: dict[str, Any]) -> None:
        """Put the message at the day that is asked here, or at the second one if both are."""
        questions = self.questionnaire.questions
        if ends in answered:
            text = _("This day lies before your answer to “%(question)s”.") % {"question": questions[begins].text}
            self.add_error(ends, text)
        elif begins in answered:
            text = _("This day lies after your answer to “%(question)s”.") % {"question": questions[ends].text}
            self.add_error(begins, text)

    def raw_from(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        questions = [question for question in self.screen.questions if question.key not in self.errors]
        return {question.key: _raw(cleaned.get(question.key), question.kind) for question in questions}

    def with_another_row(self, key: str) -> "ScreenForm":
        """The same form, not checked yet, with what was typed and the focus on one more country for ``key``."""
        typed = {
            name: field.widget.value_from_datadict(self.data, self.files, name) for name, field in self.fields.items()
        }
        fresh = type(self)(
            screen=self.screen,
            questionnaire=self.questionnaire,
            today=self.today,
            initial=typed,
            seen=typed["seen"],
        )
        if key in fresh.fields:
            fresh.fields[key].widget.attrs["autofocus"] = True
        return fresh

    def answers(self) -> dict[str, Any]:
        """Raw answers by key, of a valid form."""
        return self.raw_from(self.cleaned_data)


def answers_about(alert: RaisedAlert, raw: dict[str, Any]) -> dict[str, Any]:
    """The raw answers that a conflict is about: what is confirmed is confirmed for these alone."""
    return {key: raw[key] for key in alert.about if key in raw}


def chosen_from_list(question: Question) -> bool:
    """Whether one of its many answers is chosen from a list that opens, and not on cards."""
    options = question.options
    return question.kind == "choice" and len(options) >= LONG_LIST and not any(option.group for option in options)


def _initial(questionnaire: Questionnaire, screen: Screen) -> dict[str, Any]:
    """What was answered before; an empty list of documents is the card that says so."""
    found = {key: questionnaire.raw[key] for key in screen.keys if questionnaire.is_answered(key)}
    nothing = [q.key for q in screen.questions if q.kind == "documents" and found.get(q.key) == []]
    return {**found, **{key: [NOTHING] for key in nothing}}


def _raw(value: Any, kind: str) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if kind == "documents" and value == [NOTHING]:
        return []
    return None if value in ("", None, []) else value


def field_for(question: Question, questionnaire: Questionnaire, alone: bool, spare_countries: int) -> forms.Field:
    """The form field of a question. Choices are (value, label). ``alone``: the only question of its page."""
    common = {
        "label": question.text,
        "help_text": question.hint,
        "required": alone,
        "error_messages": {"required": _("Choose an answer, or say that you are not sure.")},
    }
    options = [(option.value, option.label) for option in questionnaire.options_of(question)]
    match question.kind:
        case "choice" if chosen_from_list(question):
            widget = forms.Select(attrs={"class": "select"})
            return forms.ChoiceField(choices=[("", _("Choose an answer")), *options], widget=widget, **common)
        case "choice":
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case "documents":
            documents = [*questionnaire.useful_documents(), (NOTHING, _("None of these"))]
            return forms.MultipleChoiceField(choices=documents, widget=forms.CheckboxSelectMultiple, **common)
        case "yes_no":
            return YesNo(**common)
        case "country":
            return CountryField(**common)
        case "countries":
            return SeveralCountriesField(spare=spare_countries, **common)
        case "date":
            field = DayField(**common)
            field.widget.attrs |= {"autocomplete": "bday"} if question.key == "birth_date" else {}
            return field
        case "integer":
            return WholeNumberField(min_value=question.minimum, max_value=question.maximum, **common)
