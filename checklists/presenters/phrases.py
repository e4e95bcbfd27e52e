"""Days, distances and lists in words."""

import datetime
import re
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def long_date(day: datetime.date) -> str:
    """14 January 2027 (Thursday)"""
    return date_format(day, "j F Y (l)")


def short_date(day: datetime.date, beside: datetime.date | None) -> str:
    """14 January; with the year unless it is that of the day that is told after it."""
    return date_format(day, "j F" if beside and beside.year == day.year else "j F Y")


def near_date(day: datetime.date, today: datetime.date) -> str:
    """1 December (Tuesday); with the year unless it lies within the ten months ahead, so that it can be no other."""
    return date_format(day, "j F (l)") if _is_near(day, today) else long_date(day)


def leaf_date(day: datetime.date, today: datetime.date) -> str:
    """1 Dec; with the year under the same rule."""
    return date_format(day, "j M" if _is_near(day, today) else "j M Y")


def _is_near(day: datetime.date, today: datetime.date) -> bool:
    return -31 < (day - today).days < 300


def distance(day: datetime.date, today: datetime.date) -> str:
    """How far away a day is: "today", "in 12 days", "in 3 months", "5 days ago"."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    count, unit = (abs(days), "days") if abs(days) < 60 else (round(abs(days) / 30.4), "months")
    if unit == "months" and count >= 24:
        count, unit = round(count / 12), "years"
    if days < 0:
        return _ago(count, unit)
    return _ahead(count, unit)


def _ahead(count: int, unit: str) -> str:
    match unit:
        case "days":
            return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}
        case "months":
            return ngettext("in %(count)d month", "in %(count)d months", count) % {"count": count}
        case _:
            return ngettext("in %(count)d year", "in %(count)d years", count) % {"count": count}


def _ago(count: int, unit: str) -> str:
    match unit:
        case "days":
            return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}
        case "months":
            return ngettext("%(count)d month ago", "%(count)d months ago", count) % {"count": count}
        case _:
            return ngettext("%(count)d year ago", "%(count)d years ago", count) % {"count": count}


def series(names: Sequence[str], most: int = 4) -> str:
    """Names as one phrase: "A, B and C"; beyond ``most`` names the rest is counted."""
    if len(names) > most:
        rest = len(names) - most + 1
        shown = ", ".join(names[: most - 1])
        return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", rest) % {
            "names": shown,
            "count": rest,
        }
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def either(names: Sequence[str], most: int = 4) -> str:
    """Names of which one is enough: "A, or B and C together"; beyond ``most`` names the rest is counted."""
    if len(names) > most:
        rest = len(names) - most + 1
        words = ngettext("%(names)s, or %(count)d other", "%(names)s, or %(count)d others", rest)
        return words % {"names": ", ".join(names[: most - 1]), "count": rest}
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s, or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def together(names: Sequence[str]) -> str:
    """Names that are asked for all at once, so that they can be told beside others: "B and C together"."""
    return _("%(names)s together") % {"names": series(names, 6)} if len(names) > 1 else series(names)


def sentences(text: str) -> list[str]:
    """The sentences of a text, one by one."""
    return re.split(r"(?<=[.?!])\s+(?=\S)", text) if text else []


def shortened(text: str, most: int = 120) -> tuple[str, str]:
    """The first sentences of a text, at least one and as long as ``most`` at most, and what is left.

    A first sentence that is longer ends at its colon; all of it is then left.
    """
    parts = sentences(text)
    if not parts:
        return "", ""
    before, colon, _after = parts[0].partition(": ")
    if len(parts[0]) > most and colon:
        return f"{before}.", text
    count = 1
    while count < len(parts) and len(" ".join(parts[: count + 1])) <= most:
        count += 1
    return " ".join(parts[:count]), " ".join(parts[count:])


def sentence(*parts: str) -> str:
    """The parts one after the other, each closed with a full stop if it ends without a sign."""
    closed = (part.strip() for part in parts if part and part.strip())
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in closed)


def without_indentation(html: SafeString) -> SafeString:
    """The same markup without the empty lines and the indentation of its template."""
    return mark_safe(re.sub(r"\s*\n\s*", "\n", html))
