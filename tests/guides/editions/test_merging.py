"""Bringing a part of the catalogue into the working copy."""

import pytest

from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.editions.loading import load
from guides.editions.merging import Incoming, apply_merge, plan_merge
from guides.editions.working_copy import Outdated, digest_of, snapshot
from guides.models import Fact, Procedure, Requirement, Step, Term
from tests.guides.small import changed, without

pytestmark = pytest.mark.django_db


def fact(small, **fields):
    return type(small.facts[1]).model_validate(small.facts[1].model_dump() | fields)


def some(bases=None, **sections):
    return Incoming(Catalogue(**sections), bases=bases or {})


def bring(incoming, **choices):
    """Preview and agree."""
    return apply_merge(incoming, seen=plan_merge(incoming, **choices).seen, **choices)


def places(changes):
    return [change.place for change in changes]


def texts(merge):
    return [str(problem) for problem in merge.problems]


def test_the_working_copy_brought_in_again_changes_nothing(working_copy, small):
    merge = bring(Incoming(small), complete=True, overwrite=True)
    assert (merge.changes, merge.kept, merge.unchanged) == ((), (), 21)
    assert snapshot() == small


def test_one_entry_leaves_all_others_alone(working_copy, small):
    merge = bring(some(facts=[fact(small, note="New")]))
    assert places(merge.changes) == ["facts nif.fee"]
    assert snapshot() == merge.after == changed(small, "facts", "nif.fee", note="New")


def test_everything_inside_an_entry_is_replaced(working_copy, small):
    newer = changed(small, "procedures", "nif", steps=[{"key": "wait", "text": "Wait."}], requirements=[])
    merge = bring(some(procedures=newer.procedures[:1]))
    assert snapshot() == merge.after == newer


def test_new_entries_may_refer_to_each_other_and_come_last(working_copy, small):
    own = fact(small, key="own.fact", sources=["own"])
    source = type(small.sources[0])(key="own", title="Own", publisher="Us")
    merge = bring(some(facts=[own], sources=[source]))
    assert snapshot() == merge.after
    assert snapshot().facts[-1] == own


def test_what_is_brought_in_is_an_edit_that_a_later_load_keeps(working_copy, small):
    bring(some(facts=[fact(small, note="New")]))
    assert load(changed(small, "facts", "nif.fee", note="Shipped")).kept == ["facts nif.fee"]


class TestKeeping:
    @pytest.fixture
    def edited(self, working_copy):
        """Somebody has changed the fact here."""
        Fact.objects.filter(key="nif.fee").update(note="Edited")

    def test_an_edited_entry_is_kept(self, edited, small):
        merge = bring(some(facts=[fact(small, note="New")]))
        assert (places(merge.kept), merge.changes) == (["facts nif.fee"], ())
        assert Fact.objects.get(key="nif.fee").note == "Edited"

    def test_and_replaced_when_told_to(self, edited, small):
        bring(some(facts=[fact(small, note="New")]), overwrite=True)
        assert Fact.objects.get(key="nif.fee").note == "New"

    def test_whoever_started_from_the_edit_may_go_on(self, edited, small):
        base = digest_of(fact(small, note="Edited"))
        bring(some({"facts nif.fee": base}, facts=[fact(small, note="New")]))
        assert Fact.objects.get(key="nif.fee").note == "New"

    def test_whoever_started_before_the_edit_may_not(self, edited, small):
        base = digest_of(fact(small))
        merge = bring(some({"facts nif.fee": base}, facts=[fact(small, note="New")]))
        assert places(merge.kept) == ["facts nif.fee"]

    def test_an_entry_that_nobody_touched_outside_does_not_undo_an_edit(self, edited, small):
        base = digest_of(fact(small))
        merge = bring(some({"facts nif.fee": base}, facts=[fact(small)]))
        assert (merge.unchanged, merge.kept, merge.changes) == (1, (), ())

    def test_unless_told_to(self, edited, small):
        base = digest_of(fact(small))
        bring(some({"facts nif.fee": base}, facts=[fact(small)]), overwrite=True)
        assert snapshot() == small

    def test_an_entry_that_was_deleted_here_stays_deleted(self, working_copy, small):
        own = Term.objects.create(key="own", condition="here", phrase="yes", negative_phrase="no")
        term = snapshot().terms[-1]
        own.delete()
        newer = term.model_copy(update={"phrase": "certainly"})
        assert places(bring(some({"terms own": digest_of(term)}, terms=[newer])).kept) == ["terms own"]
        bring(some({"terms own": digest_of(term)}, terms=[newer]), overwrite=True)
        assert snapshot().terms[-1] == newer


class TestComplete:
    def test_what_is_missing_goes(self, working_copy, small):
        fewer = without(small, "guides", "work-in-portugal")
        merge = bring(Incoming(fewer), complete=True)
        assert [(change.place, change.new) for change in merge.changes] == [("guides work-in-portugal", None)]
        assert snapshot() == merge.after == fewer

    def test_what_is_missing_stays_when_nobody_says_so(self, working_copy, small):
        assert bring(Incoming(without(small, "guides", "work-in-portugal"))).changes == ()

    def test_what_was_changed_or_made_here_stays(self, working_copy, small):
        Procedure.objects.filter(key="niss").update(name="Edited")
        Term.objects.create(key="own", condition="here", phrase="yes", negative_phrase="no")
        fewer = without(without(small, "guides", "work-in-portugal"), "procedures", "niss", "nif")
        merge = bring(Incoming(fewer), complete=True)
        assert places(merge.changes) == ["guides work-in-portugal"]
        assert places(merge.kept) == ["procedures nif", "procedures niss"]
        assert snapshot() == merge.after
        assert {procedure.key for procedure in snapshot().procedures} == {"nif", "niss"}


class TestRefusal:
    def refuse(self, incoming, **choices):
        before = snapshot()
        merge = plan_merge(incoming, **choices)
        with pytest.raises(CatalogueError):
            apply_merge(incoming, seen=merge.seen, **choices)
        assert snapshot() == before
        return texts(merge)

    @pytest.mark.parametrize(
        ("fields", "complaint"),
        [
            ({"country": "xx"}, "facts nif.fee › country: There is no entry “xx” in countries."),
            ({"sources": ["nobody"]}, "facts nif.fee › sources: There is no entry “nobody” in sources."),
            ({"note": "a\0b"}, "facts nif.fee: It holds a character that cannot be stored."),
            ({"verified_on": "2026-02-01", "review_due": "2026-01-01"}, "Its review is due before it was verified."),
        ],
    )
    def test_a_fact(self, working_copy, small, fields, complaint):
        assert complaint in " ".join(self.refuse(some(facts=[fact(small, **fields)])))

    def test_an_address_that_is_none(self, working_copy, small):
        source = small.sources[0].model_copy(update={"url": "javascript:alert(1)"})
        assert self.refuse(some(sources=[source])) == ["sources portal › url: Enter a valid URL."]

    def test_a_condition_that_does_not_parse(self, working_copy, small):
        term = small.terms[0].model_copy(update={"condition": "heere"})
        assert "terms to_portugal › condition: “heere” is not there" in self.refuse(some(terms=[term]))[0]

    def test_a_number_that_is_too_large_for_its_column(self, working_copy, small):
        question = small.questions[0].model_copy(update={"order": 2**70})
        assert "questions destination › order: " in self.refuse(some(questions=[question]))[0]

    def test_a_figure_that_is_no_number(self, working_copy, small):
        row = small.parameters[0].rows[0].model_copy(update={"values": {"age": float("nan")}})
        parameter = small.parameters[0].model_copy(update={"rows": (row,)})
        assert self.refuse(some(parameters=[parameter])) == ["parameters pension-age: It holds a number that is none."]

    def test_an_entry_that_is_there_twice(self, working_copy, small):
        twice = [fact(small, note="New"), fact(small, note="Newer")]
        assert self.refuse(some(facts=twice)) == ["facts nif.fee: It is there more than once."]

    def test_a_new_entry_that_refers_to_nothing_says_where_it_was_found(self, working_copy, small):
        catalogue = Catalogue(facts=[fact(small, key="own", country="xx")])
        merge = plan_merge(Incoming(catalogue, origins={"facts own": "row 7"}))
        assert texts(merge) == ["row 7: facts own › country: There is no entry “xx” in countries."]

    def test_errors_that_were_there_before_do_not_count(self, working_copy, small):
        Step.objects.filter(key="go").update(when="nowhere")
        assert bring(some(facts=[fact(small, note="New")])).problems == ()

    def test_a_row_that_does_not_fit_the_schema_does_not_stand_in_the_way(self, working_copy, small):
        Requirement.objects.get().alternatives.all().delete()
        bring(some(facts=[fact(small, note="New")]))
        assert Fact.objects.get(key="nif.fee").note == "New"
        bring(some(procedures=small.procedures[:1]), overwrite=True)
        assert snapshot() == changed(small, "facts", "nif.fee", note="New")


class TestMoving:
    def test_another_edit_of_the_same_entry_in_between_is_seen(self, working_copy, small):
        incoming = some(facts=[fact(small, note="New")])
        seen = plan_merge(incoming, overwrite=True).seen
        Fact.objects.filter(key="nif.fee").update(note="Meanwhile")
        with pytest.raises(Outdated) as outdated:
            apply_merge(incoming, seen=seen, overwrite=True)
        assert outdated.value.now.changes[0].old.note == "Meanwhile"
        assert Fact.objects.get(key="nif.fee").note == "Meanwhile"

    def test_an_edit_of_another_entry_does_no_harm(self, working_copy, small):
        incoming = some(facts=[fact(small, note="New")])
        seen = plan_merge(incoming).seen
        Fact.objects.filter(key="nif.what").update(note="Meanwhile")
        apply_merge(incoming, seen=seen)
        assert Fact.objects.get(key="nif.fee").note == "New"
