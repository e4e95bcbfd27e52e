import pytest

from guides.catalogue.checks import check, errors
from tests.guides.small import changed, without


def problems(catalogue):
    return [f"{problem.level} {problem}" for problem in check(catalogue)]


def changed_nif(catalogue, **fields):
    return changed(catalogue, "procedures", "nif", **fields)


def test_small_catalogue_is_sound(small):
    assert problems(small) == []


@pytest.mark.parametrize(
    ("section", "key", "places"),
    [
        ("countries", "pt", {"authorities financas › country", "guides live-in-portugal › country"}),
        ("sources", "blog", {"facts nif.what › sources", "facts nif.fee › sources"}),
        ("authorities", "financas", {"procedures nif › authority"}),
        ("documents", "passport", {"procedures nif › requirements identity › alternatives 2 › documents"}),
        ("documents", "nif-document", {"procedures nif › outputs", "procedures nif › done_when"}),
        ("procedures", "nif", {"procedures niss › requires nif › procedure", "guides work-in-portugal › body"}),
        ("guides", "live-in-portugal", {"guides work-in-portugal › related"}),
        (
            "facts",
            "nif.fee",
            {
                "facts nif.what › disagrees_with",
                "procedures nif › steps ask › facts",
                "procedures nif › faqs 1 › facts",
                "guides work-in-portugal › body",
            },
        ),
        ("questions", "here", {"questions destination › options pt › when", "procedures nif › channels desk › when"}),
        ("terms", "to_portugal", {"procedures nif › required_when"}),
    ],
)
def test_dangling_key_is_found_with_its_place(small, section, key, places):
    found = errors(without(small, section, key))
    assert places <= {where for problem in found for where in (problem.where, *problem.users)}
    assert all(key in problem.text for problem in found)


def test_key_used_twice(small):
    step = small.procedures[0].steps[0].model_dump()
    twice = changed_nif(small, steps=[step, step], facts=["nif.what", "nif.what"])
    twice = twice.model_copy(update={"countries": small.countries * 2})
    assert [problem.where for problem in errors(twice)] == [
        "countries pt",
        "procedures nif › steps go",
        "procedures nif › facts nif.what",
    ]


@pytest.mark.parametrize(
    ("section", "key", "fields", "complaint"),
    [
        ("countries", "pt", {"mark": "Pt"}, "not two capital letters"),
        ("countries", "pt", {"calendar": "PT-99"}, "No public holidays are known for “PT-99”"),
        ("countries", "pt", {"calendar": "XX"}, "No public holidays are known for “XX”"),
        ("facts", "nif.what", {"review_due": "2026-01-01"}, "before it was verified"),
        ("facts", "nif.what", {"disagrees_with": ["nif.what"]}, "cannot disagree with itself"),
        ("questions", "stay_months", {"minimum": 200}, "The maximum is less"),
        ("parameters", "pension-age", {"rows": [{"year": 20, "values": {"a": 1}}]}, "The year 20 is not plausible"),
        ("parameters", "pension-age", {"rows": [{"values": {}}]}, "no values"),
        ("sources", "portal", {"url": "https://example.org/" + "x" * 2000}, "longer than 2000"),
        ("procedures", "niss", {"requires": [{"procedure": "niss"}]}, "before itself"),
    ],
)
def test_impossible_value_is_an_error(small, section, key, fields, complaint):
    assert complaint in " ".join(problems(changed(small, section, key, **fields)))


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"amount": 20}, "highest amount is less"),
        ({"amount": None}, "without a lowest"),
        ({"amount": 7.505}, "more than two decimals"),
        ({"amount": -1}, "negative"),
        ({"currency": "Euro"}, "three capital letters"),
        ({"year": 26}, "not plausible"),
    ],
)
def test_impossible_fee_is_an_error(small, fields, complaint):
    fee = small.procedures[0].fees[0].model_dump()
    assert complaint in " ".join(problems(changed_nif(small, fees=[{**fee, **fields}])))


@pytest.mark.parametrize(("days", "complaint"), [((3, 1), "shorter"), ((-1, 1), "range"), ((1, 99999), "range")])
def test_impossible_processing_is_an_error(small, days, complaint):
    channel = small.procedures[0].channels[0].model_dump()
    channel["processing"] = {"min_days": days[0], "max_days": days[1]}
    assert complaint in " ".join(problems(changed_nif(small, channels=[channel])))


def test_condition_is_typed(small):
    assert problems(changed(small, "terms", "to_portugal", condition="stay_months has pt"))[0].startswith(
        "error terms to_portugal › condition: Character 13: “has” is not expected here. Write for example “stay_mon"
    )


def test_term_that_needs_itself(small):
    assert "needs itself" in " ".join(problems(changed(small, "terms", "to_portugal", condition="not to_portugal")))


def test_date_expression_is_checked(small):
    deadline = small.procedures[0].deadlines[0].model_dump()
    found = problems(changed_nif(small, deadlines=[{**deadline, "date": "stay_months + 1 day"}]))
    assert found[0].startswith("error procedures nif › deadlines soon › date: Character 1")


def test_line_without_evidence_is_a_warning(small):
    bare = changed_nif(small, steps=[{"key": "go", "text": "Go."}], pitfalls=[{"key": "own", "text": "Oh."}])
    assert problems(bare) == [
        "warning procedures nif › steps go: It cites no fact.",
        "warning procedures nif › pitfalls own: It cites no fact.",
        "warning procedures nif › pitfalls own: Its key is not the key of a fact.",
    ]
    assert errors(bare) == []


def test_fact_without_source_is_a_warning_unless_it_says_so(small):
    assert problems(changed(small, "facts", "nif.fee", sources=[])) == ["warning facts nif.fee: It names no source."]
    assert problems(changed(small, "facts", "nif.fee", sources=[], confidence="unverified")) == []


def test_line_that_people_act_on_cites_what_replaces_its_fact(small):
    """A step may still tell what was said before; a requirement, a fee or a deadline may not rest on it alone."""
    newer = changed(small, "facts", "nif.what", replaces=["nif.fee"])
    place = "procedures nif › fees none"
    assert problems(newer) == [f"warning {place}: The fact nif.fee is overtaken. Cite what replaces it: nif.what."]
    fees = [{**fee.model_dump(), "facts": ["nif.fee", "nif.what"]} for fee in small.procedures[0].fees]
    assert problems(changed_nif(newer, fees=fees)) == []


def test_link_that_nothing_names_is_a_warning(small):
    alone = changed(changed(small, "pointers", "bank", links=[]), "procedures", "nif", steps=[])
    assert problems(alone) == [
        "warning links portal-page: No step and no pointer leads to it. Use it somewhere, or take it out."
    ]


def test_pointer_without_evidence_is_a_warning(small):
    assert problems(changed(small, "pointers", "bank", facts=[])) == ["warning pointers bank: It cites no fact."]


@pytest.mark.parametrize(
    "body",
    ["Text[^gone]", "## Part {procedure=gone}", "[a](procedure:gone)", "[a](document:gone)", "[a](guide:gone)"],
)
def test_guide_that_names_what_is_not_there(small, body):
    (problem,) = errors(changed(small, "guides", "live-in-portugal", body=body))
    assert problem.where == "guides live-in-portugal › body"
    assert "“gone”" in problem.text
