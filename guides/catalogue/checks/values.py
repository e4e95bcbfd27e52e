"""Values that the database could not hold, or that cannot be meant."""

import datetime
import re
from collections.abc import Callable, Iterator

import holidays

from .. import schema
from ..fields import Entry
from ..problems import Problem
from ..schema import Catalogue
from .places import entries

LONGEST_URL = 2000
MOST_DAYS = 32767
YEARS = range(1900, 2200)
MONTHS = range(1, 13)
DAYS = range(1, 32)


def impossible_values(catalogue: Catalogue) -> Iterator[Problem]:
    """Values that contradict each other, or that no column takes."""
    for where, entry in entries(catalogue):
        if find := FINDERS.get(type(entry)):
            for text in find(entry):
                yield _impossible(where, text)
        if len(getattr(entry, "url", "")) > LONGEST_URL:
            yield _impossible(f"{where} › url", f"It is longer than {LONGEST_URL} characters.")
        if isinstance(entry, schema.Document) and any(cover.document == entry.key for cover in entry.covers):
            yield _impossible(f"{where} › covers", "A document cannot stand for itself.")
        if isinstance(entry, schema.Procedure):
            for dependency in entry.requires:
                if dependency.procedure == entry.key:
                    yield _impossible(f"{where} › requires", "A procedure cannot come before itself.")


def _impossible(where: str, text: str) -> Problem:
    return Problem("error", where, text, "impossible")


def _not_in_order[T: (float, datetime.date)](lower: T | None, upper: T | None) -> bool:
    return lower is not None and upper is not None and upper < lower


def _country(country: schema.Country) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z]{2}", country.mark):
        yield f"The mark “{country.mark}” is not two capital letters."
    yield from _calendar(country)


def _calendar(entry: schema.Country | schema.Option) -> Iterator[str]:
    country, _, part = entry.calendar.partition("-")
    try:
        if country:
            holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError:
        yield f"No public holidays are known for “{entry.calendar}”."


def _fact(fact: schema.Fact) -> Iterator[str]:
    if _not_in_order(fact.verified_on, fact.review_due):
        yield "Its review is due before it was verified."
    if fact.key in fact.disagrees_with:
        yield "A fact cannot disagree with itself."
    if fact.key in fact.replaces:
        yield "A fact cannot replace itself."


def _question(question: schema.Question) -> Iterator[str]:
    if _not_in_order(question.minimum, question.maximum):
        yield "The maximum is less than the minimum."
    if any(not option.value for option in question.options):
        yield "An option has no value."


def _year(entry: schema.ParameterRow | schema.Fee) -> Iterator[str]:
    if entry.year is not None and entry.year not in YEARS:
        yield f"The year {entry.year} is not plausible."


def _parameter_row(row: schema.ParameterRow) -> Iterator[str]:
    yield from _year(row)
    if not row.values:
        yield "It has no values."


def _channel(channel: schema.Channel) -> Iterator[str]:
    low, high, assumed = (getattr(channel.processing, name) for name in ("min_days", "max_days", "assumed_days"))
    if any(days is not None and not 0 <= days <= MOST_DAYS for days in (low, high, assumed)):
        yield "The processing days are out of range."
    if _not_in_order(low, high):
        yield "The longest processing is shorter than the shortest."


def _recurring(duty: schema.Recurring) -> Iterator[str]:
    if any(month not in MONTHS for month in duty.months) or len(set(duty.months)) < len(duty.months):
        yield "Its months are not different numbers from 1 to 12."
    if duty.day is not None and duty.day not in DAYS:
        yield f"There is no day {duty.day} in a month."


def _alert(alert: schema.Alert) -> Iterator[str]:
    if alert.impossible and alert.kind != "conflict":
        yield "Only a conflict between answers can be impossible."


def _fee(fee: schema.Fee) -> Iterator[str]:
    yield from _year(fee)
    if not re.fullmatch(r"[A-Z]{3}", fee.currency):
        yield f"The currency “{fee.currency}” is not three capital letters."
    if fee.amount is None and fee.amount_to is not None:
        yield "It has a highest amount without a lowest."
    if _not_in_order(fee.amount, fee.amount_to):
        yield "The highest amount is less than the lowest."
    for amount in (fee.amount, fee.amount_to):
        if amount is not None and not (0 <= amount < 10**8 and amount == round(amount, 2)):
            yield f"The amount {amount} is negative, too large or has more than two decimals."


FINDERS: dict[type[Entry], Callable[..., Iterator[str]]] = {
    schema.Country: _country,
    schema.Fact: _fact,
    schema.Question: _question,
    schema.Option: _calendar,
    schema.ParameterRow: _parameter_row,
    schema.Channel: _channel,
    schema.Recurring: _recurring,
    schema.Alert: _alert,
    schema.Fee: _fee,
}
