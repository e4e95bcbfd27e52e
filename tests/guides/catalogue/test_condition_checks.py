"""What the checks say about conditions, over every possible answer."""

import pytest

from guides.catalogue.checks import check
from tests.guides.full import CONTRIBUTIONS, COVER
from tests.guides.small import changed


def found(catalogue, *kinds):
    return [problem for problem in check(catalogue) if not kinds or problem.kind in kinds]


def changed_nif(catalogue, **fields):
    return changed(catalogue, "procedures", "nif", **fields)


def with_step(catalogue, when):
    return changed_nif(catalogue, steps=[{"key": "go", "text": "Go.", "when": when, "facts": ["nif.what"]}])


@pytest.mark.parametrize(
    "when", ["here and not here", "stay_months > 120", "stay_months < 5 and stay_months > 5", "not to_portugal"]
)
def test_step_for_nobody_is_an_error(small, when):
    (problem,) = found(with_step(small, when))
    assert (problem.level, problem.kind, problem.where) == ("error", "never_true", "procedures nif › steps go › when")
    assert problem.example["destination"] == "pt"
    assert problem.entry == ("procedures", "nif")


@pytest.mark.parametrize("when", ["here or not here", "to_portugal", "stay_months >= 1"])
def test_step_for_everybody_is_a_warning(small, when):
    (problem,) = found(with_step(small, when))
    assert (problem.level, problem.kind) == ("warning", "always_true")


@pytest.mark.parametrize("when", ["always", "never"])
def test_explicit_always_and_never_are_meant(small, when):
    assert found(with_step(small, when)) == []


@pytest.mark.parametrize(
    ("when", "part"),
    [
        ("here and stay_months >= 1", "stay_months >= 1"),
        ("here or (here and stay_months > 5)", "here and stay_months > 5"),
        ("here or (not here and stay_months > 7)", "not here"),
        ("here and to_portugal", "to_portugal"),
        ("here and (stay_months > 5 or destination is es)", "destination is es"),
        ("stay_months > 5 and stay_months > 7", "stay_months > 5"),
        ("here and here", "here"),
        ("here and (destination in (es, pt) or stay_months > 5)", "destination in (es, pt) or stay_months > 5"),
        ("stay_months > 7 or (stay_months <= 7 and here)", "stay_months <= 7"),
        ("not (stay_months < 12 or (here and stay_months < 6))", "here and stay_months < 6"),
        ("in_hand has passport or in_hand has any of (passport, nif-document)", "in_hand has passport"),
    ],
)
def test_needless_part_is_named(small, when, part):
    (problem,) = found(with_step(small, when))
    assert (problem.level, problem.kind) == ("warning", "needless")
    assert f"“{part}”" in problem.text
    assert problem.example["destination"] == "pt"


def test_condition_that_no_answer_decides_is_an_error(small):
    (problem,) = found(with_step(small, "here and arrival_date after finish(niss)"))
    assert (problem.level, problem.kind) == ("error", "never_decided")


def test_alternative_counts_only_where_its_requirement_does(small):
    identity = small.procedures[0].requirements[0].model_dump()
    identity |= {"when": "here"}
    (problem,) = found(changed_nif(small, requirements=[identity]))
    assert (problem.kind, problem.where) == (
        "always_true",
        "procedures nif › requirements identity › alternatives 1 › when",
    )


def test_second_status_counts_only_where_the_first_does_not(small):
    found_at = {(p.kind, p.where) for p in found(changed_nif(small, required_when="to_portugal"))}
    assert ("never_true", "procedures nif › recommended_when") in found_at


def test_country_of_a_procedure_may_be_named(small):
    assert found(changed_nif(small, recommended_when="to_portugal and stay_months >= 7")) == []


def test_term_and_option_are_looked_at_themselves(small):
    term = changed(small, "terms", "to_portugal", condition="destination is pt and not destination is es")
    assert [(p.kind, p.where) for p in found(term)] == [("needless", "terms to_portugal › condition")]
    options = [option.model_dump() for option in small.questions[0].options]
    options[0]["when"] = "here and not here"
    never = changed(small, "questions", "destination", options=options)
    assert ("never_true", "questions destination › options pt › when") in {(p.kind, p.where) for p in found(never)}


NEVER, ALWAYS = "here and not here", "here or not here"


@pytest.mark.parametrize(("when", "kind"), [(NEVER, "never_true"), (ALWAYS, "always_true")])
@pytest.mark.parametrize(
    ("section", "key", "fields", "place"),
    [
        ("documents", "passport", lambda when: {"held_when": when}, "held_when"),
        (
            "documents",
            "passport",
            lambda when: {"covers": [{**COVER, "when": when}]},
            "covers identity-document › when",
        ),
        ("questions", "here", lambda when: {"stale_when": when}, "stale_when"),
        ("alerts", "too-long", lambda when: {"when": when}, "when"),
        (
            "procedures",
            "contributions",
            lambda when: {
                "recurring": [CONTRIBUTIONS["recurring"][0], {**CONTRIBUTIONS["recurring"][1], "when": when}]
            },
            "recurring renew › when",
        ),
    ],
)
def test_every_other_condition_is_looked_at(full, section, key, fields, place, when, kind):
    catalogue = changed(full, section, key, **fields(when))
    assert (kind, f"{section} {key} › {place}") in {(p.kind, p.where) for p in found(catalogue)}


def test_hint_counts_for_those_who_are_offered_the_option(full):
    options = [option.model_dump() for option in full.questions[0].options]
    options[0]["when"] = "here"
    problems = found(changed(full, "questions", "destination", options=options))
    assert ("never_true", "questions destination › options pt › hints 1 › when") in {
        (p.kind, p.where) for p in problems
    }


def test_conflict_may_be_between_answers_that_are_not_offered_together(full):
    options = [option.model_dump() for option in full.questions[0].options]
    options[0]["when"] = "not here"
    offered = changed(full, "questions", "destination", options=options)
    both = {"country": None, "when": "here and destination is pt", "stops": []}
    assert "never_true" in {p.kind for p in found(changed(offered, "alerts", "too-long", **both))}
    conflict = changed(offered, "alerts", "not-yet-there", when=both["when"], text="Not both.")
    assert ("never_true", "alerts not-yet-there › when") not in {(p.kind, p.where) for p in found(conflict)}
