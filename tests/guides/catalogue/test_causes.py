"""Conditions that cannot be read: one problem for each cause, and names that are not an entry's own."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guides.catalogue.checks import errors
from guides.editions.loading import load
from guides.models import Term
from tests.guides.small import changed


def with_terms(catalogue, **conditions):
    """The catalogue with more terms, by key and condition."""
    term = catalogue.terms[0]
    more = [term.model_copy(update={"key": key, "condition": text}) for key, text in conditions.items()]
    return catalogue.model_copy(update={"terms": (*catalogue.terms, *more)})


def test_a_missing_word_is_one_problem_whoever_uses_it(small):
    bad = with_terms(small, older="here and gone", younger="not older")
    bad = changed(bad, "procedures", "nif", required_when="younger", optional_when="gone")
    [problem] = errors(bad)
    assert (problem.where, problem.missing) == ("terms older › condition", ("terms", "gone"))
    assert problem.text == "“gone” is not there: no question and no term has this name. In: here and gone"
    assert problem.users == (
        "terms younger › condition",
        "procedures nif › required_when",
        "procedures nif › optional_when",
    )
    assert problem.using == (("terms", "younger"), ("procedures", "nif"))


@pytest.mark.parametrize(
    ("field", "text", "missing"),
    [
        ("required_when", "destination is fr", ("questions", "destination", "fr")),
        ("required_when", "in_hand has gone", ("questions", "in_hand", "gone")),
        ("required_when", "gone >= 3", ("questions", "gone")),
        ("required_when", "arrival_date after finish(gone)", ("procedures", "gone")),
        ("required_when", "arrival_date after today + by_year(pension-age, gone)",
         ("parameters", "pension-age", "gone")),
    ],
)  # fmt: skip
def test_whatever_is_missing_is_named(small, field, text, missing):
    [problem] = errors(changed(small, "procedures", "nif", **{field: text}))
    assert problem.missing == missing
    assert f"“{missing[-1]}” is not there" in problem.text


def test_a_mistake_of_a_term_is_told_at_the_term(small):
    bad = with_terms(small, wrong="here is", user="wrong or here")
    [problem] = errors(bad)
    assert problem.where == "terms wrong › condition"
    assert problem.text.startswith("Character 1: ")
    assert problem.users == ("terms user › condition",)


def test_a_loop_of_terms_is_one_problem(small):
    bad = with_terms(small, a="b", b="c and here", c="a", outside="a")
    [problem] = errors(bad)
    assert "The term “a” needs itself: a → b → c → a." in problem.text
    assert problem.users == ("terms b › condition", "terms c › condition", "terms outside › condition")
    [alone] = errors(with_terms(small, d="not d"))
    assert "needs itself: d → d" in alone.text


@pytest.mark.parametrize(
    ("key", "kind"), [("here", "shadowed"), ("always", "reserved"), ("is", "reserved"), ("today", "reserved")]
)
def test_a_name_that_is_not_its_own(small, key, kind):
    assert [problem.kind for problem in errors(with_terms(small, **{key: "stay_months > 1"}))] == [kind]


def test_the_command_tells_the_cause_and_who_uses_it(db, small):
    load(with_terms(small, older="here", younger="not older"))
    Term.objects.filter(key="older").update(condition="gone")
    out = StringIO()
    with pytest.raises(CommandError, match="1 errors"):
        call_command("check_catalogue", stdout=out)
    assert "error: terms older › condition: “gone” is not there" in out.getvalue()
    assert "and 1 entries that use it: terms younger" in out.getvalue()
