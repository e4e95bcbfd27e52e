"""The shipped content: complete, cited line by line, and in words for readers."""

import re

import pytest
from pydantic import BaseModel

from guides.catalogue.checks import check
from guides.catalogue.schema import Channel, Deadline, Faq, Fee, Pitfall, Requirement, Step
from tests.shipped import CONTENT, shipped_catalogue

CITED = (Channel, Deadline, Faq, Fee, Pitfall, Requirement, Step)
UNWANTED = re.compile(r"\b(fact sheet|researcher|stored cop(y|ies)|guide guide|lorem)\b|\.txt\b|\bcycle_\w+", re.I)


@pytest.fixture(scope="module")
def catalogue():
    return shipped_catalogue().catalogue


def lines(entry, place=""):
    """Every entry inside a procedure that states something, with its place."""
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        for part in value if isinstance(value, tuple) else [value]:
            if isinstance(part, BaseModel):
                here = f"{place}/{name}/{getattr(part, 'key', '')}"
                if isinstance(part, CITED):
                    yield here, part
                yield from lines(part, here)


def test_nothing_is_wrong_with_it_for_any_answers(catalogue):
    """On the day of its last review: later, the command tells which reviews are overdue."""
    assert check(catalogue, max(fact.verified_on for fact in catalogue.facts if fact.verified_on)) == []


@pytest.mark.parametrize(("country", "procedures", "guides", "facts"), [("es", 25, 9, 432), ("pt", 30, 6, 245)])
def test_it_is_complete(catalogue, country, procedures, guides, facts):
    assert len([p for p in catalogue.procedures if p.country == country]) == procedures
    assert len([g for g in catalogue.guides if g.country == country]) >= guides
    assert len([f for f in catalogue.facts if f.country == country]) == facts


def test_every_line_of_a_procedure_cites_a_fact(catalogue):
    uncited = [
        f"{procedure.key}{place}"
        for procedure in catalogue.procedures
        for place, part in lines(procedure)
        if not part.facts
        and not (isinstance(part, Requirement) and all(alternative.facts for alternative in part.alternatives))
    ]
    assert uncited == []


def test_every_fact_belongs_to_a_procedure_and_has_a_source(catalogue):
    listed = {key for procedure in catalogue.procedures for key in procedure.facts}
    assert [fact.key for fact in catalogue.facts if fact.key not in listed] == []
    assert [fact.key for fact in catalogue.facts if not fact.sources or not fact.verified_on] == []


def test_dated_figures_carry_their_year(catalogue):
    ages = next(p for p in catalogue.parameters if p.key == "spanish-ordinary-retirement")
    assert [row.year for row in ages.rows] == list(range(2013, 2028))
    for parameter in catalogue.parameters:
        assert all(row.facts for row in parameter.rows), parameter.key


def test_readers_meet_no_words_of_the_workshop():
    found = [
        f"{path.relative_to(CONTENT)}:{number}: {match[0]}"
        for path in sorted([*CONTENT.rglob("*.yaml"), *CONTENT.rglob("*.md")])
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := UNWANTED.search(line))
    ]
    assert found == []


def test_sources_name_publishers_and_titles(catalogue):
    assert [source.key for source in catalogue.sources if not source.title or not source.publisher] == []
    assert not [source.key for source in catalogue.sources if ".txt" in source.key + source.title]
