"""By which channel a person reaches an office: the ones that are open to them, best first."""

from dataclasses import dataclass
from typing import Literal

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Channel, Procedure
from guides.conditions import Truths
from guides.conditions.answers import Answers

SLOWEST = 10_000
# Origins of documents that only an office gives, so that nobody can simply get them.
OFFICES = {"authority", "consulate", "town_hall"}
ARRIVED, ARRIVAL = "already_arrived", "arrival_date"
Whereabouts = Literal["destination", "abroad", "unknown"]


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """A channel that is open to this person. ``missing``: keys of the documents that it asks for as credentials and
    that are not held. ``locked``: an office has to give one of them first. ``far``: the person must be somewhere else
    than they are."""

    channel: Channel
    missing: tuple[str, ...]
    locked: bool
    far: bool

    @property
    def days(self) -> int | None:
        """How long it takes, in days: the longest that is known, or else a cautious length; None where nobody says."""
        processing = self.channel.processing
        if processing.max_days is None and processing.assumed_days is not None:
            return max(processing.assumed_days, processing.min_days or 0)
        return self.sure_days

    @property
    def sure_days(self) -> int | None:
        """The same without what is only assumed."""
        processing = self.channel.processing
        return processing.max_days if processing.max_days is not None else processing.min_days


def whereabouts(answers: Answers) -> Whereabouts:
    """Where the person is today."""
    if answers.get(ARRIVED):
        return "destination"
    if ARRIVED in answers or arrives_later(answers):
        return "abroad"
    return "unknown"


def arrives_later(answers: Answers) -> bool:
    """Whether the day of arrival is known and still to come."""
    arrival = answers.get(ARRIVAL)
    return arrival is not None and arrival > answers["today"] and not answers.get(ARRIVED)


def place_of(channel: Channel, procedure: Procedure) -> str:
    """Where the person must be: "destination", "abroad" or "anywhere"."""
    if channel.place:
        return channel.place
    if procedure.place == "anywhere" and channel.kind == "in_person":
        return "destination"
    return procedure.place


def channels_of(
    procedure: Procedure, compiled: CompiledCatalogue, truths: Truths, held: frozenset[str]
) -> tuple[OpenChannel, ...]:
    """Fewest missing credentials first, then what can be reached from where the person is, then the quickest one whose
    time is known, then the catalogue's order."""
    here = whereabouts(truths.answers)
    found = []
    for channel in procedure.channels:
        if channel.available and truths[channel.when] is not False:
            missing = [name for name in channel.credentials if name in compiled.documents and name not in held]
            place = place_of(channel, procedure)
            far = here not in ("unknown", place) and place != "anywhere"
            locked = any(compiled.documents[name].origin in OFFICES for name in missing)
            found.append(OpenChannel(channel, tuple(missing), locked, far))
    return tuple(sorted(found, key=_rank))


def _rank(one: OpenChannel) -> tuple[int, bool, int]:
    return len(one.missing), one.far, SLOWEST if one.days is None else one.days
