from django import forms
from django.http import HttpRequest


class LinesField(forms.CharField):
    """Text of several lines. Browsers send two characters for the end of a line but count one."""

    widget = forms.Textarea(attrs={"rows": 7})

    def to_python(self, value):
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if text else text


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(attrs={"class": "form-control"}, format="%Y-%m-%d")


def posted(request: HttpRequest):
    """The data of a form: None when the page is only looked at, also empty data when it was sent."""
    return request.POST if request.method == "POST" else None


def number_in(text: str) -> int:
    """The number that a form or a link carries; 0, which no saved row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
