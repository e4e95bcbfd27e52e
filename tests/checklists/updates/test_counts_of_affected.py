"""How many live checklists gain or lose what: the same as everybody's plan would tell one by one."""

import datetime
import random
from collections import Counter
from functools import cache

import pytest

from checklists.models import Checklist, ChecklistItem
from checklists.planner import plan
from checklists.planning import progress_of, typed_answers, understood_by_both
from checklists.updates.compare import compare
from checklists.updates.counts_of_affected import counts_of_affected
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Procedure
from tests.answers import values_that_matter
from tests.guides.small import changed, without
from tests.shipped import shipped_catalogue

TODAY = datetime.date(2026, 11, 21)
PEOPLE = 45
SEVERAL = ("choices", "countries", "documents")


def another_procedure(key, required_when, **fields):
    """A procedure like the town hall's, with a condition of its own."""
    like = shipped_catalogue().procedures["empadronamiento"].model_dump()
    own = {"key": key, "required_when": required_when, "recommended_when": "", "done_when": "", "deadlines": []}
    own |= {"recurring": []}
    return Procedure.model_validate({**like, **own, **fields})


def with_procedure(catalogue, procedure):
    return catalogue.model_copy(update={"procedures": (*catalogue.procedures, procedure)})


CARD = [{"key": "card", "name": "Card", "alternatives": [{"documents": ["tsi-card"]}]}]
LAWYER = another_procedure("see-a-lawyer", "stay_months > 5", done_when="already_arrived", requirements=CARD)
CLERK = another_procedure("see-a-clerk", "in_hand has photo")
CATALOGUE = with_procedure(with_procedure(shipped_catalogue().catalogue, LAWYER), CLERK)
OLD = CompiledCatalogue(CATALOGUE, number=1)


def somebody(chance):
    """Stored answers that a person could have given; "not sure" and open questions among them."""
    questions = shipped_catalogue().vocabulary.questions
    answers = {"destination": chance.choice(["es", "es", "pt"])}
    for key, question in questions.items():
        if chance.random() < 0.6 and key not in answers:
            value = chance.choice([*values_that_matter(key), None])
            if isinstance(value, datetime.date):
                value = value.isoformat()
            answers[key] = [value] if value and question.kind in SEVERAL else value
    return answers if chance.random() < 0.9 else {}


@cache
def lives():
    """Answers and ticks of everybody: at lines of their plans, and at others."""
    chance, found = random.Random(7), []
    for _ in range(PEOPLE):
        answers = somebody(chance)
        lines = plan(OLD, typed_answers(OLD, answers, TODAY), TODAY)
        keys = [("procedure", task.key) for task in lines.procedures] + [("document", d.key) for d in lines.documents]
        own = {("document", "padron-certificate"), ("procedure", "empadronamiento")}
        ticks = {*chance.sample(keys, len(keys) // 5), *own}
        found.append((answers, sorted(ticks) if chance.random() < 0.6 else []))
    return found


@pytest.fixture
def people(db):
    people = Checklist.objects.bulk_create(Checklist(answers=answers) for answers, _ in lives())
    ChecklistItem.objects.bulk_create(
        ChecklistItem(checklist=checklist, kind=kind, key=key, done=number % 5 > 0)
        for checklist, (_, ticks) in zip(people, lives(), strict=True)
        for number, (kind, key) in enumerate(ticks)
    )
    return Checklist.objects.order_by("pk").prefetch_related("items")


@cache
def plan_before(number):
    """The plan of the checklist made at this place."""
    [checklist] = Checklist.objects.order_by("pk")[number : number + 1]
    return plan_in(OLD, checklist)


def plan_in(compiled, checklist):
    return plan(compiled, typed_answers(compiled, checklist.answers, TODAY), TODAY, progress_of(checklist.items.all()))


def procedure(key):
    found = OLD.procedures[key]
    return found.model_dump()


def without_requirement(key, requirement):
    return [entry for entry in procedure(key)["requirements"] if entry["key"] != requirement]


def asking_also(key, document):
    first, *others = procedure(key)["requirements"]
    ways = [{**way, "documents": [*way["documents"], document]} for way in first["alternatives"]]
    return [{**first, "alternatives": ways}, *others]


ASKING = changed(
    CATALOGUE, "procedures", "empadronamiento", requirements=asking_also("empadronamiento", "school-report")
)
EDITS = {
    "a narrower condition": changed(
        CATALOGUE, "procedures", "empadronamiento", required_when="to_spain and already_arrived"
    ),
    "a condition on what is in hand": changed(
        CATALOGUE, "procedures", "tie-ex17", required_when="to_spain and in_hand has nie-number"
    ),
    "nobody any more": changed(CATALOGUE, "procedures", "nif", required_when="", recommended_when="", optional_when=""),
    "no way to be done already": changed(CATALOGUE, "procedures", "see-a-lawyer", done_when=""),
    "a requirement less": changed(
        CATALOGUE, "procedures", "empadronamiento", requirements=without_requirement("empadronamiento", "home")
    ),
    "a document more": ASKING,
    "a document more that answers tell of": changed(ASKING, "documents", "school-report", held_when="already_arrived"),
    "a document more in whose place another is good": changed(
        changed(ASKING, "documents", "tsi-card", covers=[{"document": "school-report", "when": "stay_months > 5"}]),
        "documents",
        "padron-certificate",
        covers=[{"document": "tsi-card"}],
    ),
    "an answer that time overtakes": changed(CATALOGUE, "questions", "stay_months", stale_when="always"),
    "a term": changed(CATALOGUE, "terms", "lives_in_spain", condition="already_arrived"),
    "an answer that is no longer accepted": changed(CATALOGUE, "questions", "stay_months", minimum=6),
    "another output": changed(CATALOGUE, "procedures", "empadronamiento", outputs=["photo"]),
    "a new document": CATALOGUE.model_copy(
        update={
            "documents": (*CATALOGUE.documents, CATALOGUE.documents[0].model_copy(update={"key": "aaa-new"})),
        }
    ),
    "a procedure less": without(CATALOGUE, "procedures", "see-a-lawyer"),
    "a procedure more": with_procedure(CATALOGUE, another_procedure("see-a-notary", "activities has student")),
}


def one_by_one(people, new):
    """The same counts out of both plans of everybody, and how many people they concern."""
    counts, affected = Counter(), 0
    for number, checklist in enumerate(people):
        before, given = plan_before(number), checklist.answers
        checklist.answers = understood_by_both(OLD, new, given, TODAY)
        if checklist.answers != given:
            before = plan_in(OLD, checklist)
        after = plan_in(new, checklist)
        found = compare(before, after, OLD, new)
        lines = [
            *((line, "gain", after) for line in found.new if line.kind in ("procedure", "document")),
            *((line, "lose", before) for line in found.gone if line.kind in ("procedure", "document")),
        ]
        for line, happens, side in lines:
            counts[line.kind, line.key, happens, is_certain(side, line)] += 1
        affected += bool(lines)
    return counts, affected


def is_certain(found, line):
    if line.kind == "procedure":
        return next(task.status for task in found.procedures if task.key == line.key) != "provisional"
    uses = next(paper.uses for paper in found.documents if paper.key == line.key)
    return any(use.status != "provisional" for use in uses)


def told(effect):
    counts = Counter()
    for item in effect.items:
        for happens, certain, number in (
            ("gain", True, item.gain),
            ("gain", False, item.may_gain),
            ("lose", True, item.lose),
            ("lose", False, item.may_lose),
        ):
            counts[item.kind, item.key, happens, certain] += number
    return +counts


@pytest.mark.parametrize("name", EDITS)
def test_counts_are_those_of_everybodys_plans(people, name):
    new = CompiledCatalogue(EDITS[name])
    counts, affected = one_by_one(people, new)
    effect = counts_of_affected(OLD, new, TODAY)
    assert told(effect) == counts
    assert (effect.checklists, effect.affected) == (PEOPLE, affected)
    assert counts or name in ("a new document", "an answer that is no longer accepted")


def test_nobody_is_looked_at_when_nothing_that_counts_changed(people, django_assert_num_queries):
    new = CompiledCatalogue(changed(CATALOGUE, "procedures", "tie-ex17", name="Card", steps=[], fees=[]))
    with django_assert_num_queries(1):
        effect = counts_of_affected(OLD, new, TODAY)
    assert (effect.affected, effect.items) == (0, ())


def test_previews_do_not_count(people):
    Checklist.objects.update(preview=True)
    effect = counts_of_affected(OLD, CompiledCatalogue(EDITS["a term"]), TODAY)
    assert (effect.checklists, effect.affected) == (0, 0)


def test_items_are_told_by_name_with_procedures_first(people):
    effect = counts_of_affected(OLD, CompiledCatalogue(EDITS["a procedure less"]), TODAY)
    assert [item.kind for item in effect.items] == sorted((item.kind for item in effect.items), reverse=True)
    first = effect.items[0]
    assert (first.key, first.name) == ("see-a-lawyer", "Town-hall residence registration")
