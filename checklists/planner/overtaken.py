"""Answers that time has overtaken: "not there yet", of a day that has passed."""

from typing import Any

from guides.catalogue.compiled import CompiledCatalogue
from guides.conditions import Truths
from guides.conditions.answers import Answers


def without_overtaken(compiled: CompiledCatalogue, answers: Answers) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The answers that still hold, and the keys of those that do not (``Question.stale_when``), in the order of asking.

    ``answers`` holds today's date under "today". Nothing is assumed in the place of an answer that is taken away.
    """
    watched = [key for key in compiled.overtaken.places if key in answers]
    if not watched:
        return dict(answers), ()
    truths = Truths(compiled.overtaken, answers)
    gone = tuple(str(key) for key in watched if truths[key])
    return {key: value for key, value in answers.items() if key not in gone}, gone
