"""The catalogue: everything an edition knows, frozen and typed.

One schema for three uses: the YAML files in ``guides/content``, the JSON snapshot of an ``Edition``
and the API. Names follow CPSV-AP 3.2 and CCCEV 2.1 where those have one; each class says which.

Keys are short lower-case slugs and never change once published: a person's ticks hang on them.
Text is English, in CommonMark only where the field says so. ``facts`` always holds keys of facts.
``when`` always holds condition text (see ``guides.conditions``); empty means "always".
Dates are date expressions of the same language, for example ``arrival_date + 3 months``.
"""

import datetime
from typing import Literal, get_args

from pydantic import Field

from guides.conditions.vocabulary import QuestionKind

from .fields import AnswerKey, Condition, Confidence, DateExpression, DeadlineKind, Entry, Key, Keyed, Origin, Span


class Country(Keyed):
    """A destination. ``language`` is the BCP 47 tag of its local names; ``mark`` two capital letters."""

    name: str
    local_name: str
    language: str
    mark: str
    colour: str = Field(pattern=r"^#[0-9a-f]{6}$", description="accent of the country mark")
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

    ``disagrees_with`` names facts that say otherwise; to name them on one side is enough.
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


class Option(Entry):
    """An answer that can be chosen. ``phrase`` completes "because …": "you will work for an employer"."""

    value: str
    label: str
    hint: str = ""
    phrase: str
    when: Condition = ""
    kept_because: str = Field("", description="why it stays although no condition names it")


class Question(Keyed):
    """A question of the questionnaire (cccev:InformationConcept).

    ``phrase`` and ``negative_phrase`` complete "because …" for a yes/no question; for other kinds
    ``phrase`` may hold ``{value}``. Questions of one ``screen`` are asked together. Nobody writes who is
    asked what: a question is asked when its answer can still change the plan.
    """

    key: AnswerKey
    kind: QuestionKind
    text: str
    hint: str = ""
    why: str
    order: int
    screen: Key | None = None
    options: tuple[Option, ...] = ()
    phrase: str = ""
    negative_phrase: str = ""
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    kept_because: str = Field("", description="why it stays although no condition uses it")


class Term(Keyed):
    """A condition with a name. Phrases complete "because …": "you are (not) an EU, EEA or Swiss citizen"."""

    key: AnswerKey
    condition: Condition
    phrase: str
    negative_phrase: str


class Document(Keyed):
    """A paper, number or piece of data that somebody asks for (cccev:EvidenceType).

    ``origin`` groups the list by where a document comes from. ``validity`` says in words how long it is good.
    """

    country: Key | None = None
    name: str
    local_name: str = ""
    origin: Origin
    issuer: str = Field(description="who issues it, in words")
    how: str = Field("", description="how to get it, one or two sentences")
    form: Literal["original", "copy", "original_and_copy", "digital", "information"] = "original"
    translation: Literal["no", "if_foreign", "yes"] = "no"
    apostille: Literal["no", "if_foreign", "yes"] = "no"
    validity: str = ""
    url: str = ""
    facts: tuple[Key, ...] = ()


class Processing(Entry):
    """How long a channel takes, in calendar days; ``text`` says it as the source does. Unknown is None."""

    min_days: int | None = None
    max_days: int | None = None
    text: str = ""


class Channel(Keyed):
    """A way to reach the office (cv:Channel). ``credentials``: keys of documents or of plain credentials."""

    kind: Literal["online", "in_person", "post", "phone", "employer", "representative", "automatic"]
    name: str
    how: str = ""
    url: str = ""
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
    """One thing to do, in the imperative."""

    text: str
    when: Condition = ""
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
    from above; the other kinds only inform, unless ``binding`` says "do it by then".
    """

    kind: DeadlineKind
    text: str
    date: DateExpression = ""
    binding: bool = False
    when: Condition = ""
    facts: tuple[Key, ...] = ()


class Pitfall(Keyed):
    """A trap and its way out. ``key`` is the key of the fact it rests on most."""

    text: str
    fix: str = ""
    when: Condition = ""
    facts: tuple[Key, ...] = ()


class Faq(Entry):
    """A question that people ask, and the answer. Both are one plain paragraph."""

    question: str
    answer: str
    facts: tuple[Key, ...] = ()


class Procedure(Keyed):
    """Something to do at an office (cpsv:PublicService).

    It is in a plan as ``required``, ``recommended`` or ``optional`` by the first of the three conditions
    that holds; in none of them, it is absent; an undecided one makes it provisional. An empty condition
    means never here. ``place`` says where the person must be. ``outputs`` are documents it gives.
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
    outputs: tuple[Key, ...] = ()
    requires: tuple[Dependency, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    channels: tuple[Channel, ...] = ()
    steps: tuple[Step, ...] = ()
    fees: tuple[Fee, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    pitfalls: tuple[Pitfall, ...] = ()
    faqs: tuple[Faq, ...] = ()
    facts: tuple[Key, ...] = Field((), description="every fact about this procedure, also those cited above")


class Guide(Keyed):
    """A reading page. ``body`` is CommonMark: ``[^fact.key]`` cites a fact; ``{procedure=key}`` after a heading
    marks a part that belongs to a procedure."""

    country: Key
    title: str
    summary: str
    body: str
    order: int = 0
    procedures: tuple[Key, ...] = ()
    related: tuple[Key, ...] = ()
    faqs: tuple[Faq, ...] = ()


class Catalogue(Entry):
    """A whole edition. References between entries are checked by ``guides.catalogue.checks``."""

    countries: tuple[Country, ...] = ()
    authorities: tuple[Authority, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    questions: tuple[Question, ...] = ()
    terms: tuple[Term, ...] = ()
    documents: tuple[Document, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    guides: tuple[Guide, ...] = ()


def entry_type(section: str) -> type[Keyed]:
    """The class of the entries in a section of the catalogue."""
    found: type[Keyed] = get_args(Catalogue.model_fields[section].annotation)[0]
    return found
