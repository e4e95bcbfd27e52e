import pytest

from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue, Entry
from guides.editions.loading import load
from guides.editions.working_copy import snapshot
from guides.models import Alternative, Fact, Procedure, Step, Term
from tests.guides.small import changed, without

pytestmark = pytest.mark.django_db


def entries_inside(value):
    if isinstance(value, Entry):
        yield value
        for field in type(value).model_fields:
            yield from entries_inside(getattr(value, field))
    elif isinstance(value, tuple):
        for item in value:
            yield from entries_inside(item)


def test_full_catalogue_uses_every_field(full):
    used, known = set(), set()
    for entry in entries_inside(full):
        known |= {(type(entry), field) for field in type(entry).model_fields}
        used |= {(type(entry), field) for field in entry.model_dump(exclude_defaults=True)}
    assert known == used
    assert len({kind for kind, _ in known}) > 20


def test_round_trip(full):
    load(full)
    assert snapshot() == full


def test_round_trip_in_another_order(working_copy, full):
    mixed = Catalogue(**{section: getattr(full, section)[::-1] for section in Catalogue.model_fields})
    load(mixed)
    assert snapshot() == mixed


def test_queries_do_not_grow_with_the_catalogue(working_copy, django_assert_num_queries):
    with django_assert_num_queries(58):
        snapshot()


def test_empty_database_is_an_empty_catalogue():
    assert snapshot() == Catalogue()


def test_loading_twice_changes_nothing(working_copy, small):
    report = load(small)
    assert not (report.created or report.updated or report.removed or report.kept)
    assert report.unchanged == 21
    assert snapshot() == small


def test_untouched_entry_follows_the_content(working_copy, small):
    step = {"key": "wait", "text": "Wait."}
    newer = changed(small, "procedures", "nif", steps=[step, small.procedures[0].steps[0].model_dump()])
    assert load(newer).updated == ["procedures nif"]
    assert snapshot() == newer


def test_edited_part_is_kept(working_copy, small):
    Step.objects.filter(key="go").update(text="Walk there.")
    report = load(changed(small, "procedures", "nif", name="Another name"))
    assert (report.kept, report.updated) == (["procedures nif"], [])
    assert snapshot().procedures[0].steps[0].text == "Walk there."


def test_edited_citation_is_kept(working_copy, small):
    Step.objects.get(key="go").facts.clear()
    assert load(small).kept == ["procedures nif"]
    assert snapshot().procedures[0].steps[0].facts == ()


def test_edit_is_overwritten_when_told_to(working_copy, small):
    Step.objects.filter(key="go").update(text="Walk there.")
    assert load(small, overwrite=True).updated == ["procedures nif"]
    assert snapshot() == small


def test_row_made_here_is_kept_and_comes_last(working_copy, small):
    Term.objects.create(key="an_own_term", condition="here", phrase="yes", negative_phrase="no")
    load(small, overwrite=True)
    assert [term.key for term in snapshot().terms] == ["to_portugal", "an_own_term"]


def test_edit_that_the_content_adopts_follows_it_again(working_copy, small):
    Fact.objects.filter(key="nif.fee").update(statement="It costs nothing.")
    load(changed(small, "facts", "nif.fee", statement="It costs nothing."))
    newest = changed(small, "facts", "nif.fee", statement="It is free of charge.")
    assert load(newest).kept == []
    assert snapshot() == newest


def test_entry_gone_from_the_content_is_removed(working_copy, small):
    fewer = without(small, "procedures", "niss")
    fewer = changed(fewer, "guides", "work-in-portugal", procedures=["nif"])
    assert load(fewer).removed == ["procedures niss"]
    assert snapshot() == fewer


def test_entry_gone_from_the_content_stays_while_an_edited_row_needs_it(working_copy, small):
    Procedure.objects.filter(key="niss").update(name="Ask for the number")
    report = load(without(without(small, "guides", "work-in-portugal"), "procedures", "niss", "nif"))
    assert report.kept == ["procedures niss"]
    assert report.removed == ["guides work-in-portugal"]
    assert [procedure.key for procedure in snapshot().procedures] == ["nif", "niss"]


def test_dangling_reference_is_refused_before_anything_is_written(small):
    with pytest.raises(CatalogueError, match="There is no entry “blog” in sources"):
        load(without(small, "sources", "blog"))
    assert snapshot() == Catalogue()


def test_row_that_does_not_fit_the_schema_is_named(working_copy):
    Alternative.objects.all().delete()
    with pytest.raises(CatalogueError, match="procedures nif › requirements identity › alternatives: "):
        snapshot()
