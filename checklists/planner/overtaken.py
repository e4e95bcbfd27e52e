"""Answers that were true when they were given and that time has overtaken: "not there yet", after the day of arrival."""

from guides.catalogue.compiled import CompiledCatalogue
from guides.conditions.answers import Answers
from guides.conditions.evaluate import judge


def overtaken(compiled: CompiledCatalogue, answers: Answers) -> frozenset[str]:
    """The keys of the answers that count as not given any more. ``answers`` holds today's date under "today"."""
    return frozenset(
        question.key
        for question in compiled.catalogue.questions
        if question.stale_when and question.key in answers
        if judge(compiled.vocabulary.parse(question.stale_when), answers)
    )
