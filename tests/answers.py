"""Answers that people could give to the shipped questionnaire."""

import datetime
from functools import cache

from hypothesis import strategies as st

from guides.catalogue.compiled import conditions_in
from guides.conditions.evaluate import comparisons
from guides.conditions.tree import AnyOf, OneOf
from tests.shipped import shipped_catalogue

DAYS = [datetime.date(1960, 1, 1), datetime.date(2026, 10, 1), datetime.date(2027, 1, 15), datetime.date(2028, 6, 30)]
NUMBERS = [0, 1, 5, 6, 12, 25, 40, 400]


@cache
def values_that_matter(key):
    """Values of one answer: all that a condition names, and one that none does."""
    compiled = shipped_catalogue()
    kind = compiled.vocabulary.questions[key].kind
    if kind in ("yes_no", "date", "integer"):
        return {"yes_no": [True, False], "date": DAYS, "integer": NUMBERS}[kind]
    known = list(compiled.vocabulary.values(key))
    named = _named_values().get(key, set())
    others = [value for value in known if value not in named][:1]
    return sorted(named) + others


@cache
def _named_values():
    compiled, found = shipped_catalogue(), {}
    for entry in compiled.catalogue.procedures:
        for text in conditions_in(entry):
            for atom in comparisons(compiled.vocabulary.parse(text)):
                if isinstance(atom, OneOf | AnyOf):
                    found.setdefault(atom.key, set()).update(atom.values)
    return found


def answer_to(key):
    """A strategy for typed answers to one question; None is "not sure"."""
    values, kind = values_that_matter(key), shipped_catalogue().vocabulary.questions[key].kind
    if kind not in ("choices", "countries", "documents"):
        return st.sampled_from(values)
    # Only of what is in hand, nothing at all is an answer.
    fewest = 0 if kind == "documents" else 1
    chosen = st.sampled_from([value for value in values if value != "none"])
    return st.lists(chosen, min_size=fewest, max_size=3).map(frozenset)


def answer_sets():
    """Typed answers, any of them left out; with a destination most of the time."""
    keys = shipped_catalogue().vocabulary.questions
    optional = {key: answer_to(key) for key in keys if key != "destination"}
    return st.fixed_dictionaries({"destination": st.sampled_from(["es", "pt"])}, optional=optional)
