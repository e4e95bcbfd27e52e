"""Form fields of the working copy: relations read once for each page, and expressions that tell what they say."""

import re
from collections.abc import Callable

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from guides.conditions import Vocabulary
from guides.lines import LineField, visible

from .expressions import read_expression

BETWEEN_WORDS = re.compile(r"[\s,;]+")


class _Labelled:
    """Takes the labels of chosen rows from ``rows``. Stock autocomplete makes a query for every field on a page."""

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
        self.rows = rows

    def optgroups(self, name, value, attr=None):
        chosen = [pk for pk in value if pk]
        empty = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        choices = [*empty, *((pk, str(self.rows.get(pk, pk))) for pk in chosen)]
        options = [self.create_option(name, pk, label, chosen, index) for index, (pk, label) in enumerate(choices)]
        return [(None, options, 0)]


class KnownSelect(_Labelled, AutocompleteSelect):
    pass


class KnownSelectMultiple(_Labelled, AutocompleteSelectMultiple):
    pass


class KnownChoice(forms.ModelChoiceField):
    """Looks a choice up in ``rows`` by primary key as text. The stock field makes a query for every field it cleans."""

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
        self.rows = rows

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return _looked_up(self, value)


class KnownMultipleChoice(forms.ModelMultipleChoiceField):
    """The same for several choices."""

    def __init__(self, *args, rows, **options):
        super().__init__(*args, **options)
        self.rows = rows

    def clean(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")
        return [_looked_up(self, pk) for pk in value or ()]


def _looked_up(field, pk):
    try:
        return field.rows[str(pk)]
    except KeyError:
        params = {"value": pk}
        raise ValidationError(field.error_messages["invalid_choice"], code="invalid_choice", params=params) from None


class ListField(forms.JSONField):
    """A list that is typed with commas or spaces between its words; ``of`` is int where they are numbers."""

    widget = AdminTextInputWidget

    def __init__(self, *, of: type = str, **options):
        super().__init__(**options)
        self.of = of

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def bound_data(self, data, initial):
        return data

    def to_python(self, value):
        if isinstance(value, list):
            return value
        words = [word for word in BETWEEN_WORDS.split(visible(value or "")) if word]
        return [int(word) if self.of is int and word.isdecimal() else word for word in words]


class ExpressionField(LineField):
    """A condition or a date expression; it may be typed on several lines."""

    def complaint(self, text: str) -> str:
        """What keeps the text from being read with the words of the working copy; empty where nothing does."""
        said = read_expression(text, kind=self.widget.kind, empty=self.widget.empty, words=self.widget.words())
        return str(said.error or "")


class RowForm(forms.ModelForm):
    """The form of a row of the working copy: expressions that cannot be read are refused at their field.

    A text that nobody has touched is not: it may have been right until somebody deleted what it names.
    """

    def _post_clean(self):
        super()._post_clean()
        for name, field in self.fields.items():
            text = self.cleaned_data.get(name) if isinstance(field, ExpressionField) else ""
            if text and name in self.changed_data and (complaint := field.complaint(text)):
                self.add_error(name, complaint)


class ExpressionInput(forms.Textarea):
    """A field that shows below what it says, and asks while somebody types (``guides/conditions.js``).

    ``kind`` is "condition" or "date"; ``empty`` says what an empty field means: "always", "never" or "nothing".
    """

    class Media:
        js = ["guides/conditions.js", "guides/words.js"]

    def __init__(self, kind: str, empty: str, words: Callable[[], Vocabulary]):
        super().__init__({"rows": 1, "cols": 60, "class": "expression", "spellcheck": "false", "autocapitalize": "off"})
        self.kind, self.empty, self.words = kind, empty, words

    def get_context(self, name, value, attrs):
        attrs = {
            **attrs,
            "data-kind": self.kind,
            "data-empty": self.empty,
            "data-check": reverse("admin:check-condition"),
            "data-words": reverse("admin:condition-words"),
            "aria-autocomplete": "list",
        }
        described = [attrs.get("aria-describedby"), f"{attrs['id']}_says"]
        return super().get_context(name, value, {**attrs, "aria-describedby": " ".join(filter(None, described))})

    def render(self, name, value, attrs=None, renderer=None):
        said = read_expression(value or "", kind=self.kind, empty=self.empty, words=self.words())
        field = super().render(name, value, attrs, renderer)
        return render_to_string("admin/guides/expression.html", {"field": field, "id": attrs["id"], "said": said})
