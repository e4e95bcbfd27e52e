"""The shipped content: complete, cited line by line, and in words for readers."""

import re

import pytest
from pydantic import BaseModel

from guides.catalogue.checks import check
from guides.catalogue.schema import Channel, Deadline, Faq, Fee, Pitfall, Requirement, Step
from tests.shipped import CONTENT, shipped_catalogue

CITED = (Channel, Deadline, Faq, Fee, Pitfall, Requirement, Step)
UNWANTED = re.compile(r"\b(fact sheet|researcher|stored cop(y|ies)|guide guide|lorem)\b|\.txt\b|\bcycle_\w+", re.I)

# At the left edge: entries have their key there, parts inside them further to the right.
KEY = re.compile(r"^(?:- )?key: (\S+)$", re.M)


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
    """On the last day before a review is due: later, the command tells which are overdue."""
    assert check(catalogue, min(fact.review_due for fact in catalogue.facts if fact.review_due)) == []


@pytest.mark.parametrize(("country", "procedures", "guides"), [("es", 25, 9), ("pt", 30, 6)])
def test_it_is_complete(catalogue, country, procedures, guides):
    """Nothing that the files hold is left out, and there is no less of it than there once was."""
    for kind, least in (("procedures", procedures), ("guides", guides), ("facts", 1)):
        found = [entry.key for entry in getattr(catalogue, kind) if entry.country == country]
        assert sorted(found) == sorted(written(country, kind))
        assert len(found) >= least


def written(country, kind):
    """The keys as they stand in the files of a country."""
    files = [path for path in (CONTENT / country / kind).rglob("*") if path.is_file()]
    return [key for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))]


def test_every_line_of_a_procedure_cites_a_fact(catalogue):
    uncited = [
        f"{procedure.key}{place}"
        for procedure in catalogue.procedures
        for place, part in lines(procedure)
        if not part.facts
        and not (isinstance(part, Requirement) and all(alternative.facts for alternative in part.alternatives))
    ]
    assert uncited == []


def test_every_fact_belongs_to_something_that_is_told_and_has_a_source(catalogue):
    listed = {
        key
        for entry in (*catalogue.procedures, *catalogue.alerts, *catalogue.pointers, *catalogue.links)
        for key in entry.facts
    }
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
