"""Days and spans as people write them, and as the language has them."""

import datetime
import re

from guides.folding import fold

NAMES = (
    ("january", "jan", "enero", "ene", "janeiro"),
    ("february", "feb", "febrero", "fevereiro", "fev"),
    ("march", "mar", "marzo", "marco"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo", "maio"),
    ("june", "jun", "junio", "junho"),
    ("july", "jul", "julio", "julho"),
    ("august", "aug", "agosto", "ago"),
    ("september", "sep", "sept", "septiembre", "setiembre", "setembro", "set"),
    ("october", "oct", "octubre", "outubro", "out"),
    ("november", "nov", "noviembre", "novembro"),
    ("december", "dec", "diciembre", "dic", "dezembro", "dez"),
)
MONTHS = {name: number for number, names in enumerate(NAMES, 1) for name in names}
UNITS = {
    "day": ("day", "days", "tag", "tage", "tagen", "dia", "dias", "d"),
    "week": ("week", "weeks", "woche", "wochen", "semana", "semanas", "w"),
    "month": ("month", "months", "monat", "monate", "monaten", "mes", "meses"),
    "year": ("year", "years", "jahr", "jahre", "jahren", "ano", "anos", "y"),
}
UNIT_OF = {name: unit for unit, names in UNITS.items() for name in names}
COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {name: number for number, name in enumerate(COUNTED, 1)}
NUMERIC = re.compile(r"(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{1,4})(?![\w-])")
DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.|º)?\s+(?:of\s+|de\s+)?([^\W\d]+)\.?,?\s+(?:de\s+|del\s+)?(\d{4})\b")
MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
MONTH_ONLY = re.compile(r"([^\W\d]+)\s+(?:de\s+)?(\d{4})\b|(\d{4})-(\d{1,2})(?![\d-])|(\d{1,2})/(\d{4})\b")
LONGEST_SPAN = re.compile(r"(\d+)\s*([^\W\d_]+)\s+(after|before|from)\s+(\w+)", re.IGNORECASE)


def usual_day(text: str, place: int) -> tuple[int, list[datetime.date]] | None:
    """A day that is written in a usual way at this place: where it ends, and the days that it may be.

    Both are given where the first number may be the day or the month, that of Spain and Portugal (day first) first.
    """
    if found := NUMERIC.match(text, place):
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        if len(found[1]) == 4:
            return found.end(), _days((first, second, third))
        if len(found[4]) in (2, 4):
            year = third if len(found[4]) == 4 else 2000 + third
            return found.end(), _days((year, second, first), (year, first, second))
        return None
    if found := DAY_FIRST.match(text, place):
        return found.end(), _days((int(found[3]), _month(found[2]), int(found[1])))
    if found := MONTH_FIRST.match(text, place):
        return found.end(), _days((int(found[3]), _month(found[1]), int(found[2])))
    return None


def usual_month(text: str, place: int) -> tuple[int, list[datetime.date]] | None:
    """The first day of a month that is written without a day."""
    if not (found := MONTH_ONLY.match(text, place)):
        return None
    named, year, iso_year, iso_month, month, other_year = found.groups()
    number = _month(named) if named else int(iso_month or month)
    days = _days((int(year or iso_year or other_year), number, 1))
    return (found.end(), days) if days else None


def unit_meant(word: str) -> str:
    """The unit of time that a word in one of four languages is; empty for any other word."""
    return UNIT_OF.get(fold(word), "")


def counted(number: str, unit: str) -> str:
    return f"{number} {unit}{'' if number == '1' else 's'}"


def _month(name: str) -> int:
    return MONTHS.get(fold(name), 0)


def _days(*parts: tuple[int, int, int]) -> list[datetime.date]:
    found = []
    for year, month, day in parts:
        try:
            found.append(datetime.date(year, month, day))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
