"""What was told wrongly once: docs/corrections.md against the shipped content."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.shipped import shipped_catalogue

PAGE = Path(settings.BASE_DIR) / "docs" / "corrections.md"
COLUMNS = ["fact", "what was told", "what holds now", "where it stands"]
CITED = re.compile(r"\[\^([\w.-]+)\]")
PLACE = re.compile(r"(?:(guide|alert|pointer) )?`([\w-]+)`(?: › ([a-z]+(?:, [a-z]+)*))?")
# Facts of these two sources were once taken for those of a private guide.
OFFICIAL = {"ssa-totalization-spain", "ss-news-eoffice"}


def rows():
    """The cells of each line of each table, without those that head or divide it."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row in cells if row != COLUMNS and set(row[0]) != {"-"}]


def keys(text):
    return re.findall(r"`([\w.-]+)`", text)


def facts_in(value):
    """Every fact that is cited in something, however deep."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from part if name == "facts" else facts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from facts_in(part)


def said_at(catalogue, place):
    """The facts that are cited at a place, such as "`nif` › fees, steps" or "guide `freelancers`"."""
    section, key, parts = PLACE.fullmatch(place).groups()
    entry = next(entry for entry in getattr(catalogue, f"{section or 'procedure'}s") if entry.key == key)
    found = entry.model_dump()
    if section is None:
        found = {part: found[part] for part in parts.split(", ")}
    return {*facts_in(found), *CITED.findall(getattr(entry, "body", ""))}


ROWS = rows()


@pytest.fixture(scope="module")
def catalogue():
    return shipped_catalogue().catalogue


@pytest.fixture(scope="module")
def facts(catalogue):
    return {fact.key: fact for fact in catalogue.facts}


def test_the_page_has_all_that_was_corrected():
    assert len(ROWS) >= 85 + 17
    assert [row for row in ROWS if len(row) != len(COLUMNS) or not all(row)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join([*keys(row[0]), *keys(row[2])]))
def test_a_correction_stands_where_the_page_says(row, catalogue, facts):
    old, _, now, where = row
    newer = set(keys(now))
    assert newer
    assert {*keys(old), *newer} <= facts.keys()
    said = [said_at(catalogue, place) for place in where.split("; ")]
    assert all(newer & found for found in said)
    assert newer <= set().union(*said)


def test_a_newer_fact_is_told_to_be_newer(facts):
    """What contradicts an older fact names it, so that no line rests on the older one alone."""
    replaced = {key for fact in facts.values() for key in (*fact.replaces, *fact.disagrees_with)}
    contradicted = {"reta.late", "upd.deadline", "tie.validity", "nie.fee", "dep.conditions", "stu.work30"}
    contradicted |= {"tot.es.survivor", "tot.survivor.divorced", "tot.es.disability_perm", "eureg.no_ehic"}
    contradicted |= {"pt-visa-07", "pt-first-11", "pt-fam-01", "pt-fam-02", "pt-cplp-04", "pt-ti-15"}
    assert contradicted <= replaced


def test_pages_of_an_authority_are_official(facts):
    assert [key for key, fact in facts.items() if OFFICIAL & {*fact.sources} and fact.confidence != "official"] == []
