"""The difference between two catalogues: complete, readable, and nothing where nothing differs."""

import json
from collections import Counter
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from guides.catalogue.diff import Added, Changed, Moved, Removed, compare, said
from guides.catalogue.schema import Catalogue
from tests.guides.small import changed, small_catalogue, without

SMALL = small_catalogue()
NIF = next(procedure for procedure in SMALL.procedures if procedure.key == "nif").model_dump()


def changes(**fields):
    """What the difference says about the procedure "nif" with other fields, as words and the change."""
    found = compare(SMALL, changed(SMALL, "procedures", "nif", **fields))
    assert [section.name for section in found.sections] == ["procedures"]
    [entry] = found.sections[0].changed
    return {" › ".join(map(str, change.path)): change for change in entry.changes}


def test_a_changed_field_is_told_with_both_values():
    found = changes(name="Get a NIF", order=11, by_employer=False)
    assert {place: (change.old, change.new) for place, change in found.items()} == {
        "name": ("Get a tax number", "Get a NIF"),
        "order": (10, 11),
        "by_employer": (True, False),
    }


def test_changes_inside_parts_are_told_at_their_place():
    requirement = {**NIF["requirements"][0]}
    requirement["alternatives"] = [{**requirement["alternatives"][0], "max_age": None}, requirement["alternatives"][1]]
    channel = {**NIF["channels"][0], "processing": {"min_days": 0, "max_days": 9, "text": "at once"}}
    found = changes(requirements=[requirement], channels=[channel])
    assert {place: (change.old, change.new) for place, change in found.items()} == {
        "requirements identity › alternatives 1 › max_age": ("3 months", None),
        "channels desk › processing › max_days": (3, 9),
    }


def test_parts_come_and_go():
    found = changes(steps=[NIF["steps"][0], {"key": "wait", "text": "Wait."}])
    assert [type(change) for change in found.values()] == [Removed, Added]
    assert found["steps ask"].part.text == "Ask."
    assert (found["steps wait"].part.text, found["steps wait"].after) == ("Wait.", "go")


def test_another_order_is_told_as_such():
    first, second = NIF["steps"]
    found = changes(steps=[second, {**first, "text": "Walk there."}])
    assert [type(change) for change in found.values()] == [Changed, Moved]
    assert (found["steps go › text"].new, found["steps ask"].after) == ("Walk there.", "")


def test_an_alternative_that_is_put_first_changes_no_other():
    requirement = NIF["requirements"][0]
    new = {"documents": ["nif-document"]}
    found = changes(requirements=[{**requirement, "alternatives": [new, *requirement["alternatives"]]}])
    assert {place: type(change) for place, change in found.items()} == {"requirements identity › alternatives 1": Added}


def test_two_parts_of_one_name_are_kept_apart():
    twice = [{"procedure": "niss", "when": "here"}, {"procedure": "niss", "when": "not here"}]
    found = changes(requires=twice)
    assert list(found) == ["requires niss", "requires niss (2)"]


def test_figures_are_compared_one_by_one():
    rows = [row.model_dump() for row in SMALL.parameters[0].rows]
    rows[1]["values"] = {"age": 67, "cap": 5}
    [section] = compare(SMALL, changed(SMALL, "parameters", "pension-age", rows=rows)).sections
    [entry] = section.changed
    found = {" › ".join(map(str, change.path)): (change.old, change.new) for change in entry.changes}
    assert found == {
        "rows 2 › values age": (66, 67),
        "rows 2 › values rate": (34.75, None),
        "rows 2 › values cap": (None, 5),
    }


def test_entries_come_go_and_change_places():
    new = SMALL.model_copy(update={"documents": tuple(reversed(SMALL.documents))})
    found = compare(SMALL, without(new, "guides", "live-in-portugal"))
    documents, guides = found.sections
    assert [(str(moved.path[0]), moved.after) for moved in documents.moved] == [("documents passport", "")]
    assert [entry.key for entry in guides.removed] == ["live-in-portugal"]
    assert (found.count("added"), found.count("removed"), found.count("changed")) == (0, 1, 0)
    back = compare(without(new, "guides", "live-in-portugal"), SMALL)
    assert [entry.key for entry in back.sections[1].added] == ["live-in-portugal"]


@st.composite
def edited(draw):
    """The small catalogue after some random edits at any depth, as far as the schema accepts them."""
    catalogue = SMALL
    for _ in range(draw(st.integers(0, 3))):
        raw = json.loads(catalogue.model_dump_json())
        holder, place = draw(st.sampled_from(list(values_in(raw))))
        holder[place] = draw(another(holder[place]))
        with suppress(ValidationError):
            catalogue = Catalogue.model_validate(raw)
    return catalogue


def values_in(raw):
    """Every value at every depth, as what holds it and where."""
    for place in raw if isinstance(raw, dict) else range(len(raw)):
        yield raw, place
        if isinstance(raw[place], dict | list):
            yield from values_in(raw[place])


def another(value):
    """Other values of its kind; lists lose, repeat and reorder what they hold."""
    match value:
        case list() if value:
            return st.lists(st.sampled_from(value), max_size=4)
        case list():
            return st.just(["nif.what"])
        case str():
            return st.sampled_from(["", "es", "here", "nif.fee", "official", "2026-11-03", value + "x"])
        case dict():
            return st.just({**value, "text": "New"})
        case _:
            return st.sampled_from([True, False, 1, 2, "3 days", "2026-11-03", None])


def leaf(section, key, path, value):
    return section, key, tuple(step.field for step in path), repr(value)


def leaves(section, entry, path=(), *, key=None):
    """Everything that an entry or part says, as often as it says it. An empty list says nothing."""
    return Counter(leaf(section, key or entry.key, at, value) for at, value in said(entry, path) if value != ())


def all_leaves(catalogue):
    entries = [(section, entry) for section in Catalogue.model_fields for entry in getattr(catalogue, section)]
    return sum((leaves(section, entry) for section, entry in entries), Counter())


def told(difference):
    """What the difference says was taken away, and what it says was added."""
    gone, come = Counter(), Counter()
    for section in difference.sections:
        for entry in section.removed:
            gone += leaves(section.name, entry)
        for entry in section.added:
            come += leaves(section.name, entry)
        for entry in section.changed:
            for change in entry.changes:
                match change:
                    case Removed():
                        gone += leaves(section.name, change.part, change.path, key=entry.key)
                    case Added():
                        come += leaves(section.name, change.part, change.path, key=entry.key)
                    case Changed():
                        last = change.path[-1]
                        default = None if last.name else last.owner.model_fields[last.field].get_default()
                        for side, value in ((gone, change.old), (come, change.new)):
                            if value != default:
                                side[leaf(section.name, entry.key, change.path, value)] += 1
    return gone, come


@given(edited(), edited())
def test_a_difference_loses_nothing(old, new):
    found = compare(old, new)
    assert bool(found) == (old != new)
    gone, come = told(found)
    assert gone <= all_leaves(old)
    assert all_leaves(old) - gone + come == all_leaves(new)
    assert all(s.added or s.removed or s.changed or s.moved for s in found.sections)
    assert all(entry.changes for section in found.sections for entry in section.changed)
