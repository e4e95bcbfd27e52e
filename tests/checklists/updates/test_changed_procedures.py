"""Which procedures two catalogues treat differently."""

import datetime

import pytest

from checklists.updates.changed_procedures import ChangedProcedure, changed_procedures, deciding_keys, read_differently
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Cover
from tests.guides.small import changed, small_catalogue, without

SMALL = small_catalogue()


def found(catalogue, before=SMALL):
    return changed_procedures(CompiledCatalogue(before), CompiledCatalogue(catalogue))


def nif(**entries):
    """The small catalogue with other fields in the first entry of one kind of the procedure "nif"."""
    [procedure] = [entry for entry in SMALL.procedures if entry.key == "nif"]
    raw = procedure.model_dump(mode="json")
    for section, fields in entries.items():
        raw[section][0] |= fields
    return changed(SMALL, "procedures", "nif", **{name: raw[name] for name in entries})


NIF_CONTENT = (ChangedProcedure("nif", selection=False, content=True),)


def test_nothing_has_changed():
    assert found(small_catalogue()) == ()


@pytest.mark.parametrize(
    "catalogue",
    [
        changed(SMALL, "facts", "nif.fee", verified_on=datetime.date(2027, 1, 1), note="Seen again."),
        changed(SMALL, "facts", "nif.fee", review_due=datetime.date(2028, 1, 1)),
        changed(SMALL, "procedures", "nif", faqs=[], facts=["nif.what"]),
        changed(SMALL, "procedures", "nif", optional_when="( here )"),
        changed(SMALL, "documents", "passport", facts=["nif.what"]),
        changed(SMALL, "questions", "here", text="Are you in the country?"),
        nif(steps={"facts": []}),
    ],
)
def test_evidence_and_spelling_change_nobodys_plan(catalogue):
    assert found(catalogue) == ()


@pytest.mark.parametrize(
    "catalogue",
    [
        nif(steps={"text": "Go there early."}),
        nif(steps={"when": "not here"}),
        nif(deadlines={"date": "arrival_date + 2 months"}),
        nif(fees={"amount": 9}),
        changed(SMALL, "procedures", "nif", name="Tax number"),
        changed(SMALL, "documents", "passport", validity="ten years"),
        changed(SMALL, "documents", "nif-document", name="Number"),
        changed(SMALL, "documents", "nif-document", held_when="here"),
        nif(deadlines={"cost": "A fine."}),
        changed(SMALL, "procedures", "nif", ongoing=True),
    ],
)
def test_content_is_what_those_who_have_it_must_do(catalogue):
    assert found(catalogue) == NIF_CONTENT


def test_what_stands_for_a_paper_counts_as_well():
    visa = SMALL.documents[1].model_copy(update={"key": "visa", "covers": (Cover(document="passport"),)})
    more = SMALL.model_copy(update={"documents": (*SMALL.documents, visa)})
    assert found(more) == NIF_CONTENT
    assert found(changed(more, "documents", "visa", name="Visa"), before=more) == NIF_CONTENT


def test_the_first_day_of_a_duty_is_read_like_a_date():
    duty = {"key": "pay", "text": "Pay.", "first": "arrival_date", "every": "1 year"}
    pays = changed(SMALL, "procedures", "nif", recurring=[duty])
    assert found(changed(SMALL, "procedures", "nif", recurring=[{**duty, "first": "arrival_date + 0 days"}]), pays)
    assert found(changed(pays, "procedures", "nif", recurring=[{**duty, "facts": ["nif.what"]}]), pays) == ()


def test_a_term_counts_where_it_is_used():
    assert found(changed(SMALL, "terms", "to_portugal", condition="destination is pt and here")) == (
        ChangedProcedure("nif", selection=True, content=False),
    )
    done = changed(SMALL, "procedures", "niss", done_when="to_portugal")
    assert ChangedProcedure("niss", selection=False, content=True) in found(
        changed(done, "terms", "to_portugal", condition="destination is pt and here"), before=done
    )


def test_a_condition_that_selects():
    assert found(changed(SMALL, "procedures", "nif", optional_when="")) == (
        ChangedProcedure("nif", selection=True, content=False),
    )


def test_procedures_that_come_and_go():
    niss = (ChangedProcedure("niss", selection=True, content=False),)
    shorter = without(SMALL, "procedures", "niss")
    assert found(shorter) == found(SMALL, before=shorter) == niss


def test_yearly_figures_count_where_a_date_reads_them():
    dated = nif(deadlines={"date": "arrival_date + by_year(pension-age, age)"})
    rows = [{"year": 2026, "values": {"age": "67 years"}}]
    assert found(changed(dated, "parameters", "pension-age", rows=rows), before=dated) == NIF_CONTENT
    assert found(changed(SMALL, "parameters", "pension-age", rows=rows)) == ()


def test_keys_are_those_of_both_conditions():
    new = changed(SMALL, "procedures", "nif", recommended_when="in_hand has passport")
    old, new = CompiledCatalogue(SMALL), CompiledCatalogue(new)
    keys = deciding_keys(changed_procedures(old, new), old, new)
    assert keys == {"destination", "stay_months", "here", "in_hand"}


def test_answers_that_are_understood_differently():
    old = CompiledCatalogue(SMALL)
    narrower = changed(SMALL, "questions", "stay_months", maximum=12)
    assert read_differently(old, CompiledCatalogue(narrower)) == {"stay_months"}
    visa = SMALL.documents[1].model_copy(update={"key": "visa"})
    more = SMALL.model_copy(update={"documents": (*SMALL.documents, visa)})
    assert read_differently(old, CompiledCatalogue(more)) == {"in_hand"}
    assert read_differently(old, CompiledCatalogue(changed(SMALL, "questions", "here", text="There?"))) == set()
