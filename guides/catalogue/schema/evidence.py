"""What a catalogue rests on: countries and their offices, sources, facts and figures."""

import datetime
from typing import Literal

from pydantic import Field

from ..fields import Confidence, Entry, Key, Keyed, Url


class Country(Keyed):
    """A destination. ``language`` is the BCP 47 tag of its local names; ``mark`` two capital letters.

    ``calendar`` says whose public holidays close its offices: ISO 3166-1 alpha-2, or 3166-2 such as PT-11. Where it is
    empty, only weekends do.
    """

    name: str
    local_name: str
    language: str
    mark: str
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$", description="accent of the country mark")
    calendar: str = Field("", pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$")
    summary: str = ""


class Authority(Keyed):
    """An office that asks, decides or issues (cv:PublicOrganisation)."""

    country: Key
    name: str
    local_name: str = ""
    abbreviation: str = ""
    about: str = ""
    url: str = ""


class Source(Keyed):
    """A publication that facts rest on (eli:LegalResource or foaf:Document). ``date`` as printed, may be partial."""

    title: str
    publisher: str
    url: str = ""
    date: str = ""
    kind: str = ""


class Fact(Keyed):
    """One statement with its evidence. ``effective`` is the year or date from which a dated figure applies.

    ``disagrees_with`` names facts that say otherwise; to name them on one side is enough. ``replaces`` names facts that
    this one overtakes: lines that people act on cite it beside them. ``second_reading``: somebody else compared it with
    its source as well and ``agreed``, or could not reach the source (``unreachable``); empty means not yet.
    """

    country: Key
    statement: str
    kind: str = ""
    confidence: Confidence
    sources: tuple[Key, ...] = ()
    source_date: str = ""
    effective: str = ""
    note: str = ""
    verified_on: datetime.date | None = None
    review_due: datetime.date | None = None
    disagrees_with: tuple[Key, ...] = ()
    replaces: tuple[Key, ...] = ()
    second_reading: Literal["", "agreed", "unreachable"] = ""


class Link(Keyed):
    """A page, form, booking page or portal to open, or a telephone number to call (``url`` is ``tel:+…`` then).

    ``home_page``: only the first page of the site is known, and the way from there is in the step. ``hours`` are those
    of a telephone. ``opened_on`` is the day on which somebody last opened it and saw that it leads there.
    """

    country: Key
    name: str
    local_name: str = ""
    kind: Literal["page", "form", "appointment", "portal", "phone"]
    url: Url
    home_page: bool = False
    hours: str = ""
    opened_on: datetime.date | None = None
    facts: tuple[Key, ...] = ()


class ParameterRow(Entry):
    """One dated line of a parameter: ``year`` it applies to, and its values by column name."""

    year: int | None = None
    values: dict[str, str | int | float]
    confidence: Confidence = "official"
    facts: tuple[Key, ...] = ()


class Parameter(Keyed):
    """Figures that change by year: retirement ages, credit amounts, rates, file limits."""

    country: Key
    name: str
    unit: str = ""
    rows: tuple[ParameterRow, ...]
