"""Days on which offices are open: no weekend, and no public holiday of the country or the region.

Local holidays of a town are nobody's data here, so a day that counts as open can still be closed in one town.
"""

import datetime
from functools import cache

import holidays

from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.conditions.answers import Answers

SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)


def calendar_of(compiled: CompiledCatalogue, answers: Answers) -> str:
    """Whose holidays close the offices: those of the region that was answered, or else of the country. May be empty."""
    country = compiled.countries.get(answers.get(DESTINATION) or "")
    national = country.calendar if country else ""
    regional = [calendars.get(answers.get(key), "") for key, calendars in compiled.calendars.items()]
    return next((found for found in regional if found and found[:2] == national[:2]), national)


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


def is_known(calendar: str) -> bool:
    """Whether there are holidays for this code."""
    try:
        _holidays(calendar)
    except NotImplementedError:
        return False
    return True


@cache
def _holidays(calendar: str) -> holidays.HolidayBase:
    country, _, part = calendar.partition("-")
    return holidays.country_holidays(country, subdiv=part or None)
