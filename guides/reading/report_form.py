import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.days import MonthInput, missing_in, month_number, month_parts
from guides.lines import LineField, VisibleText
from guides.models import Report

EARLIEST_YEAR = 2000
LONGEST_LABEL = 110


class MonthField(VisibleText, forms.CharField):
    """The first day of a month that is not still to come, written 2026-10, 10/2026 or October/2026."""

    widget = MonthInput

    def clean(self, value):
        parts = month_parts(super().clean(value))
        if missing := missing_in(parts):
            raise ValidationError(missing)
        try:
            day = datetime.date(int(parts["year"]), month_number(parts["month"]), 1)
        except (ValueError, OverflowError):
            raise ValidationError(_("Write month and year in numbers, for example 10 and 2026.")) from None
        if day.year < EARLIEST_YEAR or day > timezone.localdate():
            raise ValidationError(_("Give a month that has already begun, since %(year)d.") % {"year": EARLIEST_YEAR})
        return day


class WordsField(forms.CharField):
    """Text of several lines. Browsers send two characters for a line end that they count as one."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ReportForm(forms.Form):
    """What an office did differently. ``facts`` are those of the procedure, one of which it may be about."""

    office = LineField(
        label=gettext_lazy("Which office or town was it?"),
        help_text=gettext_lazy("For example: town hall of Getafe, tax office Lisboa 3."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    month = MonthField(
        label=gettext_lazy("When was it?"),
        help_text=gettext_lazy("The month is enough, for example 10 2026."),
        max_length=20,
    )
    words = WordsField(
        label=gettext_lazy("What was different?"),
        help_text=gettext_lazy("What did they ask for, refuse or do? At most 2,000 characters."),
        max_length=Report.LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    fact = forms.ChoiceField(
        label=gettext_lazy("Which statement is it about?"),
        help_text=gettext_lazy("If you know; you can leave it open."),
        required=False,
    )
    # People do not see this field; programs that fill in everything do.
    website = LineField(required=False, label=gettext_lazy("Leave this empty"))

    def __init__(self, data, facts):
        super().__init__(data)
        choices = [(fact.key, Truncator(fact.statement).chars(LONGEST_LABEL)) for fact in facts]
        self.fields["fact"].choices = [("", _("I do not know, or none of them")), *choices]
        for field in self.fields.values():
            kind = "select" if isinstance(field, forms.ChoiceField) else "input"
            field.widget.attrs["class"] = kind

    @property
    def asked(self) -> list[forms.BoundField]:
        return [field for field in self if field.name != "website"]

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data["website"])

    def values(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in ("office", "month", "words", "fact")}
