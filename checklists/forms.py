from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.conditions.answers import EARLIEST, LATEST
from guides.days import DateInput, day_in, fault_in
from guides.lines import visible


class LinesField(forms.CharField):
    """Text of several lines. Browsers send two characters for the end of a line but count one."""

    widget = forms.Textarea(attrs={"rows": 7})

    def to_python(self, value):
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class DayField(forms.DateField):
    """A day in the lifetime of a person. Typed by hand it has the day first, as in Europe."""

    default_error_messages = {
        "invalid": _("This is no date. Write it like 2027-04-25 or 25/04/2027: the day first."),
        "range": _("The year must be between %(first)d and %(last)d."),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"widget": DateInput, **kwargs})

    def to_python(self, value):
        if not isinstance(value, str):
            return super().to_python(value)
        text = visible(value).strip()
        if not text or (day := day_in(text)):
            return day if text else None
        raise ValidationError(fault_in(text) or self.error_messages["invalid"], code="invalid")

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            years = {"first": EARLIEST.year, "last": LATEST.year}
            raise ValidationError(self.error_messages["range"], code="range", params=years)


def posted(request: HttpRequest):
    """The data of a form: None when the page is only looked at, also empty data when it was sent."""
    return request.POST if request.method == "POST" else None


def number_in(text: str) -> int:
    """The number that a form or a link carries; 0, which no saved row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
