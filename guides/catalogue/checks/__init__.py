"""Is a catalogue sound? Each module asks one kind of question.

``structure`` finds what the database could not hold, ``errors`` everything that keeps an edition from being
published, ``check`` the warnings as well. What depends on answers is checked for every possible answer
(``guides.conditions.exhaustive``), on a catalogue whose references and expressions hold.
"""

import datetime

from guides import clock

from ..compiled import vocabulary_of
from ..problems import Problem
from ..schema import Catalogue
from .alerts import contradictions, elsewhere, gaps, mentions, stops
from .conditions import conditions
from .covers import rings
from .deadlines import anchors
from .duties import duties
from .everyone import Everyone
from .evidence import citations, overdue
from .expressions import expressions
from .links import CITATION, HEADING_PROCEDURE, links
from .loops import loops
from .needs import alternatives, issuers
from .places import ABOUT, REFERENCES, entries, references
from .structure import dangling, duplicates
from .tasks import tasks, together
from .truths import truths
from .unused import unused
from .values import impossible_values

__all__ = [
    "ABOUT",
    "CITATION",
    "HEADING_PROCEDURE",
    "REFERENCES",
    "check",
    "entries",
    "errors",
    "references",
    "structure",
]


def check(catalogue: Catalogue, today: datetime.date | None = None) -> list[Problem]:
    """Every problem of the catalogue, errors first. ``today`` tells which reviews are overdue."""
    today = today or clock.today()
    vocabulary = vocabulary_of(catalogue)
    found = [*structure(catalogue), *expressions(catalogue, vocabulary)]
    if not found:
        found += for_every_answer(Everyone(catalogue, vocabulary, today))
    found += [*links(catalogue), *mentions(catalogue), *citations(catalogue), *overdue(catalogue, today)]
    return sorted(found, key=lambda problem: problem.level)


def for_every_answer(everyone: Everyone) -> list[Problem]:
    """What is wrong for some of the answers that people can give, on a catalogue that can be read."""
    looks = [
        *(conditions, alternatives, loops, issuers, anchors, duties),
        *(tasks, together, rings, elsewhere, gaps, stops, contradictions, unused, truths),
    ]
    return [problem for look in looks for problem in look(everyone)]


def errors(catalogue: Catalogue, today: datetime.date | None = None) -> list[Problem]:
    """What keeps the catalogue from being published."""
    return [problem for problem in check(catalogue, today) if problem.level == "error"]


def structure(catalogue: Catalogue) -> list[Problem]:
    """Keys used twice, references to nothing and values that the database refuses."""
    return [*duplicates(catalogue), *dangling(catalogue), *impossible_values(catalogue)]
