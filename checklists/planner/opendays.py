"""Days on which offices are open: no weekend, and no public holiday of the country or the region.

Local holidays of a town are nobody's data here, so a day that counts as open can still be closed in one town.
"""

import datetime
from functools import cache

import holidays

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Country
from guides.conditions.answers import Answers

SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)


def calendar_of(compiled: CompiledCatalogue, answers: Answers) -> str:
    """Whose holidays close the offices: those of the region that was answered, or else of the country. May be empty."""
    country = compiled.countries.get(answers.get(DESTINATION) or "")
    if country is None:
        return ""
    regions = regions_of(compiled, country)
    return next((regions[key][answers[key]] for key in regions if answers.get(key) in regions[key]), country.calendar)


def regions_of(compiled: CompiledCatalogue, country: Country) -> dict[str, dict[str, str]]:
    """The questions of which an answer names a part of this country, with the calendar of each such answer."""
    nation = country.calendar[:2]
    found = {
        key: {value: calendar for value, calendar in calendars.items() if nation and calendar[:2] == nation}
        for key, calendars in compiled.calendars.items()
    }
    return {key: calendars for key, calendars in found.items() if calendars}


def is_open(day: datetime.date, calendar: str) -> bool:
    """``calendar`` is an ISO 3166 code of a country or of one of its parts; empty knows weekends only."""
    return day.weekday() < SATURDAY and not (calendar and day in _holidays(calendar))


def last_open(day: datetime.date, calendar: str) -> datetime.date:
    """The day itself, or the last open one before it."""
    while not is_open(day, calendar):
        day -= ONE_DAY
    return day


def next_open(day: datetime.date, calendar: str) -> datetime.date:
    """The day itself, or the first open one after it."""
    while not is_open(day, calendar):
        day += ONE_DAY
    return day


@cache
def _holidays(calendar: str) -> holidays.HolidayBase:
    country, _, part = calendar.partition("-")
    return holidays.country_holidays(country, subdiv=part or None)
