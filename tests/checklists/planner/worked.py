"""Worked days: for each the rule that it follows, and how it was counted by hand with a calendar.

In 2026 the 21st of November is a Saturday; 2027 begins on a Friday; Easter is on 28 March 2027; 2028 is a leap year.
"""

import datetime

import pytest

from checklists.planner import plan
from guides.catalogue import schema
from tests.checklists.planner.small import ANSWERS, QUESTIONS, TODAY, catalogue, deadline, desk, procedure, question

REGIONS = {"madrid": "ES-MD", "catalonia": "ES-CT", "valencia": "ES-VC", "andalusia": "ES-AN", "other": ""}
REGION = question(
    "region",
    "choice",
    7,
    options=[schema.Option(value=key, label=key, phrase=key, calendar=part) for key, part in REGIONS.items()],
)


def made_with(*procedures, calendar="", today=TODAY, **answers):
    """The plan of somebody on a day; days in answers are ISO."""
    typed = {key: datetime.date.fromisoformat(value) if value[:1] == "2" else value for key, value in answers.items()}
    compiled = catalogue(*procedures, calendar=calendar, questions=(*QUESTIONS, REGION))
    today = datetime.date.fromisoformat(today) if isinstance(today, str) else today
    abroad = {"already_arrived": False} if "arrival_date" in answers else {}
    return plan(compiled, {**ANSWERS, **abroad, **typed}, today)


def it(*deadlines, kind="in_person", takes=None, **extra):
    """The procedure that a row is about. ``takes`` is its ``Processing``."""
    return procedure("it", order=9, channels=[desk(kind, **(takes or {}))], deadlines=deadlines, **extra)


def by(date, kind="deadline", **extra):
    return deadline(kind, date, **extra)


def done_by(date, **extra):
    return deadline("latest", date, binding=True, **extra)


def days(numbers):
    return {"max_days": numbers}


def iso(day):
    return day and day.isoformat()


def worked(*rows):
    """Each row: the rule, the working, the expected day, what is made."""
    return pytest.mark.parametrize(
        ("expected", "made"), [pytest.param(*row[2:], id=f"{row[0]}: {row[1]}") for row in rows]
    )


def first(takes=None, **extra):
    """What gives the paper that "it" needs."""
    return procedure("first", gives=["paper"], channels=[desk(**(takes or {}))], **extra)
