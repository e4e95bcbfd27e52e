"""The catalogue: everything an edition knows, frozen and typed.

One schema for three uses: the YAML files in ``guides/content``, the JSON snapshot of an ``Edition``
and the API. Names follow CPSV-AP 3.2 and CCCEV 2.1 where those have one; each class says which.

Keys are short lower-case slugs and never change once published: a person's ticks hang on them.
Text is English, in CommonMark only where the field says so. ``facts`` always holds keys of facts.
``when`` always holds condition text (see ``guides.conditions``); empty means "always".
Dates are date expressions of the same language, for example ``arrival_date + 3 months``.
"""

from typing import get_args

from ..fields import Entry, Keyed
from .documents import Cover, Document
from .evidence import Authority, Country, Fact, Link, Parameter, ParameterRow, Source
from .guides import Faq, Guide
from .procedures import (
    Alternative,
    Channel,
    Deadline,
    Dependency,
    Fee,
    Pitfall,
    Procedure,
    Processing,
    Recurring,
    Requirement,
    Step,
)
from .questions import Hint, Option, Question, Term
from .tasks import Alert, AlertKind, Pointer, Task

__all__ = [
    "Alert",
    "AlertKind",
    "Alternative",
    "Authority",
    "Catalogue",
    "Channel",
    "Country",
    "Cover",
    "Deadline",
    "Dependency",
    "Document",
    "Fact",
    "Faq",
    "Fee",
    "Guide",
    "Hint",
    "Link",
    "Option",
    "Parameter",
    "ParameterRow",
    "Pitfall",
    "Pointer",
    "Procedure",
    "Processing",
    "Question",
    "Recurring",
    "Requirement",
    "Source",
    "Step",
    "Task",
    "Term",
    "entry_type",
]


class Catalogue(Entry):
    """A whole edition. References between entries are checked by ``guides.catalogue.checks``."""

    countries: tuple[Country, ...] = ()
    authorities: tuple[Authority, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    questions: tuple[Question, ...] = ()
    terms: tuple[Term, ...] = ()
    documents: tuple[Document, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    tasks: tuple[Task, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    alerts: tuple[Alert, ...] = ()
    guides: tuple[Guide, ...] = ()


def entry_type(section: str) -> type[Keyed]:
    """The class of the entries in a section of the catalogue."""
    found: type[Keyed] = get_args(Catalogue.model_fields[section].annotation)[0]
    return found
