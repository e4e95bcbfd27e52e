"""All checks of the shipped catalogue, and dead conditions among 300 over 1.8 million combinations of answers."""

import datetime
import itertools
import random

from guides.catalogue.checks import check
from guides.catalogue.checks.conditions import uses, verdict
from guides.catalogue.checks.everyone import Everyone
from guides.catalogue.compiled import vocabulary_of
from guides.catalogue.schema import Catalogue
from guides.editions.working_copy import snapshot

from .measure import fastest, line

TODAY = datetime.date(2026, 11, 22)
CONDITIONS = 300
# 12 × 10 × 10 × 6 × 5 × 50 combinations
CHOICES = {"activity": 12, "purpose": 10, "basis": 10, "housing": 6, "region": 5}
MONTHS = 50


def run():
    shipped, synthetic = snapshot(), synthetic_catalogue()
    assert {"never_true", "always_true"} <= set(dead(synthetic))
    times = fastest({"shipped": lambda: check(shipped, TODAY), "synthetic": lambda: dead(synthetic)}, 5)
    line("all checks of the shipped catalogue", times["shipped"], "≤ 2000 ms", times["shipped"] <= 2000)
    line("dead among 300, over 1.8 million", times["synthetic"], "≤ 500 ms", times["synthetic"] <= 500)


def dead(catalogue):
    """Parse every condition and look at all answers: which are never or always true."""
    everyone = Everyone(catalogue, vocabulary_of(catalogue), TODAY)
    return [verdict(use, everyone) for use in uses(everyone)]


def synthetic_catalogue():
    """The same 300 terms in each run; some of them contradict themselves or say nothing."""
    source = random.Random(300)
    questions = [_question(key, "choice", count) for key, count in CHOICES.items()]
    questions.append(_question("months", "integer") | {"minimum": 0, "maximum": MONTHS - 1})
    terms = [
        {"key": f"t{number}", "condition": _condition(source), "phrase": "yes", "negative_phrase": "no"}
        for number in range(CONDITIONS)
    ]
    return Catalogue.model_validate({"questions": questions, "terms": terms})


def _question(key, kind, count=0):
    options = [{"value": f"v{number}", "label": f"{number}", "phrase": f"{number}"} for number in range(count)]
    return {"key": key, "kind": kind, "text": key, "why": key, "order": 1, "options": options}


def _condition(source):
    def comparison():
        key, count = source.choice([*CHOICES.items(), ("months", 0)])
        if not count:
            return f"months {source.choice(['<', '>='])} {source.randrange(1, MONTHS)}"
        values = source.sample(range(count), source.randint(1, 3))
        return f"{source.choice(['', 'not '])}{key} in ({', '.join(f'v{value}' for value in values)})"

    parts = [f"({comparison()} {source.choice(['and', 'or'])} {comparison()})" for _ in range(source.randint(1, 4))]
    joins = itertools.cycle(source.choice([["and"], ["or"], ["and", "or"]]))
    return "".join(f"{part} {next(joins)} " for part in parts[:-1]) + parts[-1]
