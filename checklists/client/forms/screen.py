"""The form of one screen, made from its questions."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from checklists.forms import DateInput
from checklists.questionnaire import Questionnaire, Screen
from checklists.seen import SeenForm
from guides.catalogue.compiled import DESTINATION
from guides.catalogue.schema import Question
from guides.conditions import AnswerProblem, read_answers
from guides.conditions.answers import PERIODS

from .countries import CountryField, SeveralCountriesField

BEGINNINGS = {end: start for start, end in PERIODS}


class YesNo(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        choices = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=choices, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class ScreenForm(SeenForm):
    """Asks the questions of ``screen``. ``answers()`` gives raw answers by key; an empty field means "not sure".

    A screen with one question wants an answer; "not sure" is a button of its own, which the view handles.
    """

    spare_countries = 1

    def __init__(self, *args, screen: Screen, questionnaire: Questionnaire, today: datetime.date, **kwargs):
        answered = {key: value for key, value in questionnaire.raw.items() if key in screen.keys}
        initial = {**answered, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, use_required_attribute=False, **kwargs)
        self.screen, self.questionnaire, self.today = screen, questionnaire, today
        alone = len(screen.questions) == 1
        for question in screen.questions:
            self.fields[question.key] = field_for(question, questionnaire, alone, self.spare_countries)

    @property
    def may_be_unsure(self) -> bool:
        """Whether a button says so. Where several are asked, a field is left empty; and a list needs a destination."""
        return self.screen.is_single and self.screen.key != DESTINATION

    def clean(self):
        cleaned = super().clean()
        vocabulary = self.questionnaire.compiled.vocabulary
        answered = {key: value for key, value in self.raw_from(cleaned).items() if value is not None}
        others = {key: value for key, value in self.questionnaire.raw.items() if key not in self.screen.keys}
        given = {**others, **answered}
        _typed, problems = read_answers(given, vocabulary, today=self.today)
        for problem in problems:
            begins = BEGINNINGS.get(problem.key)
            if begins in given and problem.value < given[begins]:
                self._say_wrong_order(begins, problem.key, answered)
            elif problem.key in answered:
                self.add_error(problem.key, self._in_words(problem))
        return cleaned

    def _say_wrong_order(self, begins: str, ends: str, answered: dict[str, Any]) -> None:
        """Put the message at the day that is asked here, or at the second one if both are."""
        questions = self.questionnaire.questions
        if ends in answered:
            text = _("This day lies before your answer to “%(question)s”.") % {"question": questions[begins].text}
            self.add_error(ends, text)
        elif begins in answered:
            text = _("This day lies after your answer to “%(question)s”.") % {"question": questions[ends].text}
            self.add_error(begins, text)

    def _in_words(self, problem: AnswerProblem) -> str:
        """The message of a problem for somebody who reads labels, not values."""
        if not isinstance(problem.value, list) or "none" not in problem.value:
            return problem.message
        labels = {option.value: option.label for option in self.questionnaire.questions[problem.key].options}
        return _("“%(none)s” does not go together with other answers.") % {"none": labels["none"]}

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


def _raw(value: Any, kind: str) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if kind == "documents":
        return value or []
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
        case "choice":
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case "documents":
            common["required"] = False
            return forms.MultipleChoiceField(
                choices=questionnaire.useful_documents(), widget=forms.CheckboxSelectMultiple, **common
            )
        case "yes_no":
            return YesNo(**common)
        case "country":
            return CountryField(**common)
        case "countries":
            return SeveralCountriesField(spare=spare_countries, **common)
        case "date":
            return forms.DateField(widget=DateInput, **common)
        case "integer":
            return forms.IntegerField(min_value=question.minimum, max_value=question.maximum, **common)
