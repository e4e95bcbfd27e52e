"""Days and months as people type them: in fields of their own, or pasted into one of them, and always the day first.

A browser's own field for a date puts the month first for whoever has an American browser, beside days in our words.
"""

import datetime
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .folding import fold

# The languages in which offices write a month out.
LANGUAGES = ("en", "es", "pt")
YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-/.]|(?=\d{4}$))(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})")
DAY_FIRST = re.compile(
    r"(?:[^\W\d]+,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th|\.?º)?(?:[./-]|\s+(?:de\s+)?)(?P<month>\d{1,2}|[^\W\d]{3,})"
    r"(?:[./-]|,?\s+(?:de\s+)?)(?P<year>\d{4}|\d{2})(?:\s*\([^\W\d]+\))?"
)
# More than a number: somebody put the whole day into one field.
WHOLE = re.compile(r".*\w\W+\w|\d{8}$")
# A year of two digits is one of this century.
CENTURY = 2000
PARTS = {"day": gettext_lazy("day"), "month": gettext_lazy("month"), "year": gettext_lazy("year")}


@cache
def _months() -> dict[str, int]:
    """Each beginning of a month's name of three letters or more, in every language, with its number."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for number, name in MONTHS.items():
                folded = fold(str(name))
                found |= {folded[:end]: number for end in range(3, len(folded) + 1)}
    return found


def month_number(text: str) -> int:
    """The month of a number or of a name ("Apr", "abril"); 0 for none."""
    if text.isdecimal():
        return int(text) if len(text) < 3 and int(text) <= 12 else 0
    return _months().get(fold(text), 0)


def parts_of(text: str) -> dict[str, str] | None:
    """Day, month and year as they are written in a day; None for what is no day at all."""
    found = YEAR_FIRST.fullmatch(text.strip()) or DAY_FIRST.fullmatch(text.strip())
    if found:
        return {name: found[name] for name in PARTS}
    typed = text.split("/")
    return dict(zip(PARTS, typed, strict=True)) if len(typed) == 3 and any(typed) else None


def month_parts(text: str) -> dict[str, str]:
    """Month and year as they are written in "10/2026", "2026-10" or "October 2026"."""
    typed = re.split(r"\s*[-/. ]\s*", text)
    if len(typed) != 2:
        return {"month": text, "year": ""}
    year_first = len(typed[0]) == 4 and typed[0].isdecimal()
    return dict(zip(("year", "month") if year_first else ("month", "year"), typed, strict=True))


def day_in(text: str) -> datetime.date | None:
    parts = parts_of(text)
    return _day(parts) if parts else None


def _day(parts: dict[str, str]) -> datetime.date | None:
    day, month, year = parts["day"].strip(), month_number(parts["month"].strip()), parts["year"].strip()
    if not (day.isdecimal() and year.isdecimal() and len(year) in (2, 4)):
        return None
    try:
        return datetime.date(int(year) + (CENTURY if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None


def missing_in(parts: dict[str, str]) -> str:
    """Which parts are empty, in a sentence; empty if none is."""
    missing = [PARTS[name] for name, text in parts.items() if not text.strip()]
    if len(missing) > 1:
        return _("The %(part)s and the %(other)s are missing.") % {"part": missing[0], "other": missing[1]}
    return _("The %(part)s is missing.") % {"part": missing[0]} if missing else ""


def fault_in(text: str) -> str:
    """What is wrong with a text that is no day, by the part that is wrong; empty where it has no parts."""
    parts = parts_of(text)
    if parts is None:
        return ""
    if missing := missing_in(parts):
        return missing
    month, year = month_number(parts["month"].strip()), parts["year"].strip()
    if not month:
        return _("There is no month “%(month)s”. Write it as a number from 1 to 12.") % parts
    if not (year.isdecimal() and len(year) in (2, 4)):
        return _("Write the year with four digits, for example 2027.")
    named = {"day": parts["day"].strip(), "month": MONTHS[month], "year": year if len(year) == 4 else f"20{year}"}
    return _("%(month)s %(year)s has no day %(day)s.") % named


class _PartsInput(forms.Widget):
    """One small field for each part. A form that carries the whole in one field of that name is understood as well."""

    use_fieldset = True
    parts: tuple[str, ...]

    class Media:
        js = [forms.Script("js/days.js", defer=True)]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        if name in data:
            return data.get(name)
        typed = [data.get(f"{name}-{part}", "").strip() for part in self.parts]
        filled = [text for text in typed if text]
        if len(filled) == 1 and WHOLE.match(filled[0]):
            return filled[0]
        return "/".join(typed) if filled else ""

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{self.parts[0]}" if id_ else id_

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = self.build_attrs(self.attrs, {"class": "input", "id": f"id_{name}", **(attrs or {})})
        if attrs.get("aria-invalid"):
            attrs["class"] = "input input--wrong"
        base, autocomplete = attrs.pop("id"), attrs.pop("autocomplete", "")
        typed, words = self.written(value)
        fields = []
        for number, part in enumerate(self.parts):
            own = {**attrs, "id": f"{base}-{part}", "autofocus": attrs.get("autofocus") and number == 0}
            own["autocomplete"] = f"{autocomplete}-{part}" if autocomplete else "off"
            field = {"label": PARTS[part], "name": f"{name}-{part}", "value": typed[number], "attrs": flatatt(own)}
            fields.append(field)
        return render_to_string("components/day_fields.html", {"fields": fields, "words": words})

    def written(self, value: Any) -> tuple[list[Any], datetime.date | None]:
        """What stands in the fields, and the day to read back in words."""
        raise NotImplementedError


class DateInput(_PartsInput):
    """Day, month and year. Gives "2027-04-03" for a day, and else what was typed."""

    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        text = super().value_from_datadict(data, files, name)
        day = day_in(text) if text else None
        return day.isoformat() if day else text

    def written(self, value: Any) -> tuple[list[Any], datetime.date | None]:
        text = value.isoformat() if isinstance(value, datetime.date) else value or ""
        if day := day_in(text):
            return [day.day, day.month, day.year], day
        parts = parts_of(text)
        return ([parts[name] for name in self.parts] if parts else [text, "", ""]), None


class MonthInput(_PartsInput):
    """Month and year. Gives "10/2026", or what was pasted."""

    parts = ("month", "year")

    def written(self, value: Any) -> tuple[list[Any], datetime.date | None]:
        parts = month_parts(value or "")
        return [parts[name] for name in self.parts], None
