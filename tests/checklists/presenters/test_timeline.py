"""The drawing of a plan: every day stands where the calendar says."""

import datetime

from checklists.presenters.timeline import Band, Mark, Row, draw

TODAY = datetime.date(2026, 11, 24)


def day(offset):
    return TODAY + datetime.timedelta(days=offset)


def test_a_short_plan_fills_the_width_and_begins_with_the_month():
    drawing = draw([Row("Town-hall registration", day(0), day(10))], TODAY)
    assert drawing["first"] == datetime.date(2026, 11, 1)
    assert drawing["last"] == datetime.date(2027, 4, 30)
    assert 780 < drawing["width"] <= 816


def test_bars_keep_the_order_and_the_length_of_their_days():
    drawing = draw([Row("First", day(0), day(9)), Row("Second", day(10), day(29))], TODAY)
    first, second = (item["bar"] for item in drawing["rows"])
    assert first["x"] == drawing["today"]["x"]
    assert abs(first["x"] + first["width"] - second["x"]) <= 1
    assert abs(second["width"] - 2 * first["width"]) <= 2


def test_something_done_in_a_day_can_still_be_seen():
    (item,) = draw([Row("Appointment", day(3), day(3))], TODAY)["rows"]
    assert item["bar"]["width"] >= 14


def test_names_stay_inside_the_drawing():
    name = "Agreement with a very long name at the end of the calendar"
    drawing = draw([Row(name, day(150), day(155))], TODAY)
    assert drawing["rows"][0]["name_x"] + 8 * len(name) <= drawing["width"]


def test_days_beyond_a_year_and_a_half_are_left_to_the_table():
    row = Row("Renewal", day(5), day(9), marks=[Mark(day(20), "soon"), Mark(day(2000), "far away")])
    drawing = draw([row], TODAY)
    assert [mark["text"] for mark in drawing["rows"][0]["marks"]] == ["soon"]
    assert drawing["last"] < day(700)


def test_bands_are_cut_to_the_drawing():
    row = Row("Health card", day(0), day(5), bands=[Band(day(-400), day(5000), "fresh")])
    drawing = draw([row], TODAY)
    (band,) = drawing["rows"][0]["bands"]
    assert band["x"] == 0
    assert band["width"] == drawing["width"]
    assert drawing["has_bands"]


def test_an_empty_plan_still_has_a_calendar():
    drawing = draw([], TODAY)
    assert drawing["rows"] == []
    assert len(drawing["months"]) == 6
