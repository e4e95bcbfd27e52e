"""The drawing of a plan: every day stands where the calendar says, and what lasts no time stands on one lane."""

import datetime

from checklists.presenters.timeline import Band, Mark, Row, draw

TODAY = datetime.date(2026, 11, 24)


def day(offset):
    return TODAY + datetime.timedelta(days=offset)


def row(number, start, end=None, **about):
    return Row(number, f"Task {number}", day(start), day(start if end is None else end), **about)


def test_a_short_plan_fills_the_width_and_begins_with_the_month():
    drawing = draw([row(1, 0, 10)], TODAY)
    assert drawing["first"] == datetime.date(2026, 11, 1)
    assert drawing["last"] == datetime.date(2027, 4, 30)
    assert 54 < drawing["width"] <= 56.5


def test_bars_keep_the_order_and_the_length_of_their_days():
    drawing = draw([row(1, 0, 9), row(2, 10, 29)], TODAY)
    first, second = (line["bar"] for line in drawing["lines"])
    assert first["x"] <= drawing["today"]["x"] <= first["x"] + first["width"]
    assert abs(first["x"] + first["width"] - second["x"]) < 0.1
    assert abs(second["width"] - 2 * first["width"]) < 0.1


def test_only_what_lasts_or_leaves_a_choice_has_a_line_of_its_own():
    drawing = draw([row(1, 0, 2), row(2, 0, latest=day(10)), row(3, 0), row(4, 5, latest=day(6))], TODAY)
    assert [line["row"].number for line in drawing["lines"]] == [1, 2]
    assert [dot["text"] for level in drawing["levels"] for dot in level["dots"]] == ["3", "4"]


def test_one_dot_holds_all_that_falls_on_a_day():
    [level] = draw([row(1, 3), row(2, 60), row(7, 0, target=day(3))], TODAY)["levels"]
    assert [dot["text"] for dot in level["dots"]] == ["1 · 7", "2"]


def test_a_dot_counts_what_it_has_no_room_for():
    [level] = draw([row(number, 3) for number in range(1, 8)], TODAY)["levels"]
    assert [dot["text"] for dot in level["dots"]] == ["1 · 2 · 3 · +4"]


def test_dots_that_would_touch_stand_below_each_other():
    first, second = draw([row(1, 0), row(2, 1), row(3, 60)], TODAY)["levels"]
    assert [dot["text"] for dot in first["dots"]] == ["1", "3"]
    assert [dot["text"] for dot in second["dots"]] == ["2"]


def test_the_day_to_aim_at_stands_among_those_to_choose_from():
    [line] = draw([row(1, 0, target=day(20), latest=day(40))], TODAY)["lines"]
    assert line["window"]["x"] < line["dot"] < line["window"]["x"] + line["window"]["width"]
    assert line["bar"] is None


def test_everything_stays_inside_the_drawing():
    drawing = draw([row(number, 700 + number) for number in range(9)], TODAY)
    for level in drawing["levels"]:
        for dot in level["dots"]:
            assert 0 <= dot["x"] <= dot["x"] + dot["width"] <= drawing["width"]


def test_days_beyond_a_year_and_a_half_are_left_to_the_table():
    drawing = draw([row(1, 5, 9, marks=[Mark(day(20), "soon"), Mark(day(2000), "far away")])], TODAY)
    assert [mark["text"] for mark in drawing["lines"][0]["marks"]] == ["soon"]
    assert drawing["last"] < day(700)


def test_bands_are_cut_to_the_drawing():
    drawing = draw([row(1, 0, bands=[Band(day(-400), day(5000), "fresh")])], TODAY)
    (band,) = drawing["lines"][0]["bands"]
    assert band["x"] == 0
    assert band["width"] == drawing["width"]
    assert drawing["shapes"]["bands"]


def test_an_empty_plan_still_has_a_calendar():
    drawing = draw([], TODAY)
    assert drawing["lines"] == drawing["levels"] == []
    assert len(drawing["months"]) == 6


def test_an_appointment_stands_on_the_line_of_its_task():
    [line] = draw([row(1, 0, target=day(4), own=day(30)), row(2, 30)], TODAY)["lines"]
    [level] = draw([row(1, 0, target=day(4), own=day(30)), row(2, 30)], TODAY)["levels"]
    assert line["row"].number == 1
    assert line["own"] == level["dots"][0]["middle"]
    assert line["dot"] is None


def test_only_what_is_drawn_is_explained():
    drawing = draw([row(1, 0, 9, pressing=True), row(2, 3, marks=[Mark(day(9), "told in the table")])], TODAY)
    assert {shape for shape, is_drawn in drawing["shapes"].items() if is_drawn} == {"pressing", "spare"}
    drawing = draw([row(1, 0, own=day(3)), row(2, 0, 9, state="maybe", marks=[Mark(day(9), "soon")])], TODAY)
    assert {shape for shape, is_drawn in drawing["shapes"].items() if is_drawn} == {"own", "maybe", "deadline"}
