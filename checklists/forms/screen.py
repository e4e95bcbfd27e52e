"""The form of one screen, made from its questions."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from checklists.questionnaire import Questionnaire, Screen
from guides.catalogue.schema import Question
from guides.conditions import read_answers

SPARE_COUNTRIES = 2


class SeveralSelects(forms.Widget):
    """One select for each chosen value and some empty ones: works on a phone and without JavaScript."""

    template_name = "checklists/widgets/several_selects.html"

    def __init__(self, choices, spare=SPARE_COUNTRIES):
        super().__init__()
        self.choices, self.spare = choices, spare

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return list(dict.fromkeys(value for value in values if value))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        rows = [*(value or []), *[""] * (1 if value else self.spare)]
        context["selects"] = [(number, chosen) for number, chosen in enumerate(rows)]
        context["choices"] = self.choices
        return context

    def id_for_label(self, id_):
        return f"{id_}_0"


class SeveralCountries(forms.MultipleChoiceField):
    def __init__(self, *, choices, **kwargs):
        super().__init__(choices=choices, widget=SeveralSelects(choices), **kwargs)


class YesNo(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        choices = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=choices, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class ScreenForm(forms.Form):
    """Asks the questions of ``screen``. ``answers()`` gives raw answers by key; an empty field means "not sure".

    A screen with one question wants an answer; "not sure" is a button of its own, which the view handles.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args, screen: Screen, questionnaire: Questionnaire, today: datetime.date, **kwargs):
        kwargs.setdefault("initial", {}).update({k: v for k, v in questionnaire.raw.items() if k in screen.keys})
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.screen, self.questionnaire, self.today = screen, questionnaire, today
        alone = len(screen.questions) == 1
        for question in screen.questions:
            self.fields[question.key] = field_for(question, questionnaire, required=alone)

    def clean(self):
        cleaned = super().clean()
        vocabulary = self.questionnaire.compiled.vocabulary
        answered = {key: value for key, value in self.raw_from(cleaned).items() if value is not None}
        others = {key: value for key, value in self.questionnaire.raw.items() if key not in self.screen.keys}
        _typed, problems = read_answers({**others, **answered}, vocabulary, today=self.today)
        for problem in problems:
            if problem.key in answered:
                self.add_error(problem.key, problem.message)
        return cleaned

    def raw_from(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        questions = [question for question in self.screen.questions if question.key not in self.errors]
        return {question.key: _raw(cleaned.get(question.key), question.kind) for question in questions}

    def with_another_row(self) -> "ScreenForm":
        """The same form, not checked yet, with what was typed and room for one more country."""
        fresh = ScreenForm(screen=self.screen, questionnaire=self.questionnaire, today=self.today)
        for name, field in fresh.fields.items():
            fresh.initial[name] = field.widget.value_from_datadict(self.data, self.files, name)
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


def field_for(question: Question, questionnaire: Questionnaire, *, required: bool) -> forms.Field:
    """The form field of a question. Choices are (value, label)."""
    common = {
        "label": question.text,
        "help_text": question.hint,
        "required": required,
        "error_messages": {"required": _("Choose an answer, or “Not sure”.")},
    }
    options = [(option.value, option.label) for option in question.options]
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
            return forms.ChoiceField(choices=[("", _("Choose a country")), *_countries(questionnaire)], **common)
        case "countries":
            return SeveralCountries(choices=_countries(questionnaire), **common)
        case "date":
            return forms.DateField(widget=DateInput, **common)
        case "integer":
            return forms.IntegerField(min_value=question.minimum, max_value=question.maximum, **common)


def _countries(questionnaire: Questionnaire) -> list[tuple[str, str]]:
    names = questionnaire.compiled.vocabulary.countries
    return sorted(((code, str(name)) for code, name in names.items()), key=lambda pair: pair[1])
