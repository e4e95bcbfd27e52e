"""What there is to do at offices, and everything that is known about each."""

from typing import Literal

from pydantic import Field

from ..fields import Condition, DateExpression, DeadlineKind, Entry, Key, Keyed, Span
from .guides import Faq


class Processing(Entry):
    """How long a channel takes, in calendar days; ``text`` says it as the source does. Unknown is None.

    ``assumed_days`` is a cautious length where nobody tells the usual one: the legal maximum where there is one. The
    facts of the channel must support it. Where it is None too, offices decide how long, and nothing is counted from it.
    """

    min_days: int | None = None
    max_days: int | None = None
    assumed_days: int | None = None
    text: str = ""


class Channel(Keyed):
    """A way to reach the office (cv:Channel). ``credentials``: keys of documents or of plain credentials.

    ``place`` is where the person must be: a consulate is abroad. Empty means where the procedure is; in the destination
    if that is anywhere and the channel is ``in_person``.
    """

    kind: Literal["online", "in_person", "post", "phone", "employer", "representative", "automatic"]
    name: str
    how: str = ""
    url: str = ""
    place: Literal["", "destination", "abroad", "anywhere"] = ""
    credentials: tuple[str, ...] = ()
    file_limits: str = ""
    processing: Processing = Processing()
    when: Condition = ""
    available: bool = Field(True, description="False: still described in old guides, but closed")
    facts: tuple[Key, ...] = ()


class Alternative(Entry):
    """One way to meet a requirement: all its documents together (cccev:EvidenceTypeList).

    The first applicable alternative of a requirement is the recommended one; ``why`` says why.
    ``max_age`` is how old these documents may be when they are handed in.
    """

    documents: tuple[Key, ...] = Field(min_length=1)
    when: Condition = ""
    why: str = ""
    max_age: Span | None = None
    facts: tuple[Key, ...] = ()


class Requirement(Keyed):
    """Something that must be shown (cccev:Requirement); one of the alternatives is enough.

    ``discretion`` marks what only some offices ask for, or asks only in a case nobody can answer
    beforehand, in words ("Some police stations ask for it"). Such a requirement never blocks.
    """

    name: str
    alternatives: tuple[Alternative, ...] = Field(min_length=1)
    when: Condition = ""
    discretion: str = ""
    why: str = ""
    facts: tuple[Key, ...] = ()


class Dependency(Entry):
    """Another procedure that comes first (cv:requires). Only ``required`` can block; the others only order."""

    procedure: Key
    strength: Literal["required", "conditional", "recommended"] = "required"
    when: Condition = ""
    why: str = ""
    facts: tuple[Key, ...] = ()


class Step(Keyed):
    """One thing to do, in the imperative. ``links`` are the pages or telephone numbers where it is done."""

    text: str
    when: Condition = ""
    links: tuple[Key, ...] = ()
    facts: tuple[Key, ...] = ()


class Fee(Keyed):
    """What it costs (cv:Cost). ``amount`` in ``currency``; None where no figure was found, said in ``text``."""

    text: str
    amount: float | None = None
    amount_to: float | None = None
    currency: str = "EUR"
    year: int | None = None
    when: Condition = ""
    facts: tuple[Key, ...] = ()


class Deadline(Keyed):
    """A date that matters. ``date`` is a date expression, or empty where nothing can be counted.

    ``earliest``/``window_opens`` bound the procedure from below; ``latest``/``deadline``/``window_closes``
    from above: by then one has asked. ``binding``, of any kind: by then it must be finished, as before the first
    working day, an appointment, the visa or the journey. ``recommended`` is the day to aim at. The other kinds inform.
    ``assumed``: counted from a day that is only taken for granted, so it is shown and raises no alarm. ``cost`` says
    what it can cost to be late.
    """

    kind: DeadlineKind
    text: str
    date: DateExpression = ""
    binding: bool = False
    assumed: bool = False
    cost: str = ""
    when: Condition = ""
    facts: tuple[Key, ...] = ()


class Recurring(Keyed):
    """A duty that comes again: a declaration each quarter, a payment each month, the renewal of a card.

    The first day is ``first``; later ones follow ``every`` span. Or, with ``day``, they are that day of the ``months``
    (of every month where none are named; 31 is the last day of each), from ``first`` on. With neither, it comes once.
    """

    text: str
    first: DateExpression
    every: Span | None = None
    months: tuple[int, ...] = ()
    day: int | None = None
    when: Condition = ""
    facts: tuple[Key, ...] = ()


class Pitfall(Keyed):
    """A trap and its way out. ``key`` is the key of the fact it rests on most."""

    text: str
    fix: str = ""
    when: Condition = ""
    facts: tuple[Key, ...] = ()


class Procedure(Keyed):
    """Something to do at an office (cpsv:PublicService).

    It is in a plan as ``required``, ``recommended`` or ``optional`` by the first of the three conditions
    that holds; in none of them, it is absent; an undecided one makes it provisional. An empty condition
    means never here. ``place`` says where the person must be. ``outputs`` are documents it gives.
    ``ongoing``: a duty without an end, which nobody can tick as finished.
    """

    country: Key
    name: str
    local_name: str
    summary: str = Field(description="what it is and what it gives, one or two sentences")
    reason: str = Field(description="why somebody needs it, one sentence in the second person")
    authority: Key
    order: int = Field(description="place among equals; lower comes first")
    required_when: Condition = ""
    recommended_when: Condition = ""
    optional_when: Condition = ""
    done_when: Condition = ""
    place: Literal["destination", "abroad", "anywhere"] = "destination"
    by_employer: bool = Field(False, description="somebody else files it; the person only checks")
    ongoing: bool = False
    outputs: tuple[Key, ...] = ()
    requires: tuple[Dependency, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    channels: tuple[Channel, ...] = ()
    steps: tuple[Step, ...] = ()
    fees: tuple[Fee, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    pitfalls: tuple[Pitfall, ...] = ()
    faqs: tuple[Faq, ...] = ()
    facts: tuple[Key, ...] = Field((), description="every fact about this procedure, also those cited above")
