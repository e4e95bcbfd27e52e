"""A thousand conditions for one person: ours, and two rule engines on the same rules."""

import json

import rule_engine
import zen

from guides.catalogue.schema import Option, Question
from guides.conditions import Conditions, Truths, Vocabulary

COUNT = 1000
ANSWERS = {"purpose": "v3", "months": 14, "moved": True, "activities": ["a1", "a4"], "destination": "v1"}


def rules():
    """The same rule in the three languages, for each number: (ours, rule-engine's, zen's)."""
    for n in range(COUNT):
        a, b, months, negated = n % 7, n % 5, n % 36, n % 2
        moved = "not moved" if negated else "moved"
        yield (
            f"destination is v{b} and activities has a{a} and (months >= {months} or {moved})",
            f"destination == 'v{b}' and 'a{a}' in activities and (months >= {months} or {moved})",
            f"destination == 'v{b}' and 'a{a}' in activities and (months >= {months} or {moved})",
        )


def vocabulary():
    def options(prefix):
        return tuple(Option(value=f"{prefix}{n}", label=f"{n}", phrase=f"{n}") for n in range(10))

    def question(key, kind, prefix=""):
        choices = options(prefix) if prefix else ()
        return Question(key=key, kind=kind, text=key, why=key, order=1, options=choices)

    return Vocabulary(
        [question("destination", "choice", "v"), question("activities", "choices", "a"),
         question("months", "integer"), question("moved", "yes_no")]
    )  # fmt: skip


def contestants():
    """Name -> function that evaluates all the rules for one person and gives the list of results."""
    words, texts = vocabulary(), [ours for ours, _, _ in rules()]
    conditions = Conditions({text: words.parse(text) for text in texts})
    answers = {**ANSWERS, "activities": frozenset(ANSWERS["activities"])}
    theirs = [rule_engine.Rule(text) for _, text, _ in rules()]
    compiled = [zen.compile_expression(text) for _, _, text in rules()]
    context = json.loads(json.dumps(ANSWERS))
    return {
        "conditions": lambda: list(map(Truths(conditions, answers).__getitem__, texts)),
        "rule-engine": lambda: [rule.matches(ANSWERS) for rule in theirs],
        "zen-engine": lambda: [expression.evaluate(context) for expression in compiled],
    }
