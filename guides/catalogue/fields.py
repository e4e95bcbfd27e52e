"""What every entry of a catalogue is made of: keys, expressions, and the base class."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=120)]
AnswerKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Condition = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
DateExpression = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Url = Annotated[str, StringConstraints(pattern=r"^(https?://|tel:[+])[^ ]+$", max_length=2000)]
Span = Annotated[str, StringConstraints(pattern=r"^\d+ (day|week|month|year)s?$")]
Confidence = Literal["official", "secondary", "guide", "unverified"]
Origin = Literal[
    "home_country",
    "consulate",
    "authority",
    "town_hall",
    "employer",
    "bank_or_fee",
    "landlord",
    "school",
    "insurer",
    "professional",
    "yourself",
]
DeadlineKind = Literal[
    "earliest",
    "window_opens",
    "latest",
    "deadline",
    "window_closes",
    "recommended",
    "effect",
    "validity",
    "limit",
    "renewal",
    "pension_age",
    "latest_if_counted_from_alta",
]


Phase = Literal["before_you_move", "first_weeks", "first_months", "later"]


class Entry(BaseModel):
    """Base of everything in a catalogue: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Keyed(Entry):
    """An entry that a key names among its siblings."""

    key: Key
