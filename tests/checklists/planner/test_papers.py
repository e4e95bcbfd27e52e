"""One line for each paper, on a small catalogue."""

from tests.checklists.planner.small import QUESTIONS, catalogue, document, line, planned, procedure, question

PASSPORT = document(
    "passport", "home_country", covers=[{"document": "identity"}, {"document": "home-id", "when": "works"}]
)


def lines(plan):
    return [(paper.key, paper.covers) for paper in plan.papers]


def test_what_is_good_in_anothers_place_stands_for_it_where_it_is_asked_for_anyway():
    hall = procedure("hall", needs=["identity"]), procedure("police", order=2, needs=["passport"])
    found = planned(catalogue(*hall, documents=[PASSPORT]))
    assert lines(found) == [("passport", ("identity", "passport"))]
    assert line(found, "passport").tasks == ("hall", "police")


def test_what_nobody_asks_for_stands_for_nothing_unless_it_is_held_or_its_condition_is_true():
    compiled = catalogue(
        procedure("hall", needs=["identity"]), procedure("bank", needs=["home-id"]), documents=[PASSPORT]
    )
    assert {key for key, _ in lines(planned(compiled, works=False))} == {"home-id", "identity"}
    held = planned(compiled, in_hand=frozenset(["passport"]), works=False)
    assert ("passport", ("identity",)) in lines(held)
    assert ("passport", ("home-id",)) in lines(planned(compiled, works=True))


def test_who_holds_it_holds_what_it_is_good_for():
    compiled = catalogue(procedure("hall", needs=["identity"]), documents=[PASSPORT])
    found = planned(compiled, in_hand=frozenset(["passport"]))
    assert line(found, "passport").in_hand
    assert not line(planned(compiled), "identity").in_hand


def test_other_answers_say_what_is_held():
    card = document("card", "authority", held_when="has_card", covers=[{"document": "permit"}])
    asked = question("has_card", "yes_no", 9, phrase="you have it", negative_phrase="you have it not")
    compiled = catalogue(procedure("hall", needs=["permit"]), documents=[card], questions=(*QUESTIONS, asked))
    assert lines(planned(compiled, has_card=True)) == [("card", ("permit",))]
    assert planned(compiled, has_card=True).papers[0].in_hand
    assert lines(planned(compiled, has_card=False)) == [("permit", ("permit",))]


def test_what_is_only_to_be_known_is_no_paper():
    compiled = catalogue(procedure("hall", needs=["iban", "photo"]),
                         documents=[document("iban", form="information"), document("photo", kind="photo")])  # fmt: skip
    assert [(paper.key, paper.kind) for paper in planned(compiled).papers] == [
        ("iban", "information"),
        ("photo", "photo"),
    ]


def test_the_alternative_that_can_be_had_is_the_one_to_get():
    offices = procedure("hall", needs=[["old-card", "card"]]), procedure("police", order=2, gives=["card"])
    compiled = catalogue(*offices, documents=[document("old-card", "authority")])
    assert lines(planned(compiled)) == [("card", ("card",))]
    assert lines(planned(compiled, in_hand=frozenset(["old-card"]))) == [("old-card", ("old-card",))]


def test_the_task_that_gives_a_paper_is_named():
    found = planned(catalogue(procedure("a", gives=["x"]), procedure("b", needs=["x"])))
    assert line(found, "x").obtained_from == "a"
