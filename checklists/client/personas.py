import datetime
import itertools
from typing import Any

from checklists.models import Checklist, Persona
from checklists.presenters.answers import answer_in_words
from guides.catalogue.compiled import CompiledCatalogue

# What tells one person from another at a glance, after where they come from and go to.
TELLING = ("activities", "residence_basis")
LONGEST_NAME = 110


def save_persona(
    *, checklist: Checklist, compiled: CompiledCatalogue, day: datetime.date | None, actor: Any
) -> Persona:
    """The answers of a checklist as a persona with a name of its own. Ticks, notes and the link are not copied.

    ``day`` is the day for which the persona is planned; None is always the day it is.
    """
    name = name_of(checklist.answers, compiled)
    values = {"answers": checklist.answers, "day": day, "made_by": actor}
    names = (name if number == 1 else f"{name} ({number})" for number in itertools.count(1))
    tries = (Persona.objects.get_or_create(name=numbered, defaults=values) for numbered in names)
    return next(persona for persona, is_new in tries if is_new)


def name_of(answers: dict[str, Any], compiled: CompiledCatalogue) -> str:
    """What to call whoever gave these answers: "Brazil → Portugal, employee, residence visa"."""
    way = (_in_words(answers, key, compiled) for key in ("nationalities", "destination"))
    telling = (_values(answers.get(key)) for key in TELLING)
    name = ", ".join(filter(None, [" → ".join(filter(None, way)), *telling]))
    return name[:LONGEST_NAME] or str(Persona._meta.verbose_name)


def _in_words(answers: dict[str, Any], key: str, compiled: CompiledCatalogue) -> str:
    question = compiled.vocabulary.questions.get(key)
    return answer_in_words(compiled, question, answers[key]) if question and answers.get(key) else ""


def _values(given: Any) -> str:
    """The values as they stand in the catalogue, which are shorter than their labels."""
    texts = given if isinstance(given, list) else [given] if isinstance(given, str) else []
    return " + ".join(texts).replace("_", " ")
