"""Days worked by hand (see ``worked``): of papers that must be young, of duties that come again, and of being late."""

from tests.checklists.planner.small import procedure, row
from tests.checklists.planner.worked import by, days, done_by, first, iso, it, made_with, worked


def shows(max_age):
    """Something that opens on the day "start", at which a paper of this age at most is handed in."""
    return procedure(
        "card", needs=[[{"documents": ["paper"], "max_age": max_age}]], deadlines=[by("start", "earliest")]
    )


# From when on a paper is young enough: the first day after which its time still reaches the day of use.
@worked(
    ("3 months", "28 Feb + 3 months = 28 May", "2027-02-28",
     lambda: made_with(shows("3 months"), start="2027-05-28")),
    ("3 months", "28 Feb is good until 28 May: 1 Mar", "2027-03-01",
     lambda: made_with(shows("3 months"), start="2027-05-29")),
    ("3 months", "1 Mar is good until 1 Jun", "2027-03-01",
     lambda: made_with(shows("3 months"), start="2027-05-31")),
    ("3 months in a leap year", "29 Feb + 3 months = 29 May", "2028-02-29",
     lambda: made_with(shows("3 months"), start="2028-05-29")),
    ("3 months in a leap year", "29 Feb is good until 29 May: 1 Mar", "2028-03-01",
     lambda: made_with(shows("3 months"), start="2028-05-30")),
    ("3 months", "30 Apr is good until 30 Jul: 1 May", "2027-05-01",
     lambda: made_with(shows("3 months"), start="2027-07-31")),
    ("3 months", "30 Sep is good until 30 Dec: 1 Oct", "2027-10-01",
     lambda: made_with(shows("3 months"), start="2027-12-31")),
    ("1 month", "28 Feb is good until 28 Mar: 1 Mar", "2027-03-01",
     lambda: made_with(shows("1 month"), start="2027-03-31")),
    ("90 days", "31 May - 31 - 30 = 31 Mar, - 29 = 2 Mar", "2027-03-02",
     lambda: made_with(shows("90 days"), start="2027-05-31")),
    ("1 year to a leap day", "28 Feb 2027 is good until 28 Feb 2028: 1 Mar", "2027-03-01",
     lambda: made_with(shows("1 year"), start="2028-02-29")),
    ("6 months", "28 Feb is good until 28 Aug: 1 Mar", "2027-03-01",
     lambda: made_with(shows("6 months"), start="2027-08-31")),
)  # fmt: skip
def test_the_first_day_on_which_a_paper_is_young_enough(expected, made):
    found = made()
    first_day, last_day = found.documents[0].use_between
    assert (iso(first_day), last_day) == (expected, row(found, "card").earliest)


def test_a_paper_is_young_enough_on_the_day_to_aim_at():
    asks = procedure(
        "visa", needs=[[{"documents": ["paper"], "max_age": "3 months"}]], deadlines=[by("start", "recommended")]
    )
    found = made_with(asks, start="2027-05-28")
    assert [iso(day) for day in found.documents[0].use_between] == ["2027-02-28", "2027-05-28"]


def duty(first_day, **extra):
    return it(recurring=[{"key": "duty", "text": "Declare.", "first": first_day, **extra}])


# Duties that come again: the next four days.
@worked(
    ("each quarter", "on the 20th", ["2027-01-20", "2027-04-20", "2027-07-20", "2027-10-20"],
     lambda: made_with(duty("today", months=(1, 4, 7, 10), day=20))),
    ("the last of each month", "30, 31, 31 and 28", ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"],
     lambda: made_with(duty("today", day=31))),
    ("the last of each month in a leap year", "29 Feb", ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"],
     lambda: made_with(duty("start", day=31), start="2028-01-01")),
    ("the last of February", "every fourth is a 29th", ["2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"],
     lambda: made_with(duty("today", months=(2,), day=31))),
    ("every two years from a leap day", "counted from 2028", ["2028-02-29", "2030-02-28", "2032-02-29", "2034-02-28"],
     lambda: made_with(duty("start", every="2 years"), start="2028-02-29")),
    ("every month from a 31st", "each counted from 31 Jan", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"],
     lambda: made_with(duty("start", every="1 month"), start="2027-01-31")),
    ("each quarter from a past day", "the fifth", ["2027-01-15", "2027-04-15", "2027-07-15", "2027-10-15"],
     lambda: made_with(duty("start", every="3 months"), start="2026-01-15")),
    ("every week", "over New Year", ["2026-12-25", "2027-01-01", "2027-01-08", "2027-01-15"],
     lambda: made_with(duty("start", every="1 week"), start="2026-12-25")),
    ("today is one of them", "Sat 21 Nov", ["2026-11-21", "2026-12-21", "2027-01-21", "2027-02-21"],
     lambda: made_with(duty("start", every="1 month"), start="2026-10-21")),
    ("not before its first day", "not 20 Apr", ["2027-07-20", "2027-10-20", "2028-01-20", "2028-04-20"],
     lambda: made_with(duty("start", months=(1, 4, 7, 10), day=20), start="2027-04-21")),
    ("from when another is finished", "21 Nov + 10 = 1 Dec", ["2026-12-01", "2027-12-01", "2028-12-01", "2029-12-01"],
     lambda: made_with(first(days(10)), duty("finish(first)", every="1 year"))),
    ("no time between", "it comes once", ["2027-06-30"],
     lambda: made_with(duty("start", every="0 days"), start="2027-06-30")),
    ("once", "on its day", ["2027-06-30"], lambda: made_with(duty("start"), start="2027-06-30")),
)  # fmt: skip
def test_duties_that_come_again(expected, made):
    assert [iso(day) for day in made().recurring[0].next] == expected


@worked(
    ("once, and passed", "nothing comes again", [], lambda: made_with(duty("start"), start="2026-11-20")),
    ("the first day is not known", "nothing to count from", [], lambda: made_with(duty("start", every="1 month"))),
)
def test_duties_without_a_next_day(expected, made):
    assert made().recurring == expected


# Whether somebody is late: only by what is sure.
@worked(
    ("a last day has passed", "Fri 20 Nov, today is Sat", True,
     lambda: made_with(it(by("start")), start="2026-11-20")),
    ("the last day is today", "in time", False, lambda: made_with(it(by("start")), start="2026-11-21")),
    ("too little time before the first working day", "21 Nov + 10 is after 30 Nov", True,
     lambda: made_with(it(done_by("start"), takes=days(10)), start="2026-11-30")),
    ("just enough time", "21 Nov + 10 = 1 Dec", False,
     lambda: made_with(it(done_by("start"), takes=days(10)), start="2026-12-01")),
    ("too little time for a cautious length", "what is assumed raises no alarm", False,
     lambda: made_with(it(done_by("start"), takes={"assumed_days": 90}), start="2026-12-01")),
    ("a day that is assumed has passed", "no alarm", False,
     lambda: made_with(it(by("start", assumed=True)), start="2026-11-02")),
    ("its last day lies before the arrival", "4 Jan is later than 31 Dec", True,
     lambda: made_with(it(by("start")), start="2026-12-31", arrival_date="2027-01-04")),
    ("what it needs takes too long", "21 Nov + 10 is after 30 Nov", True,
     lambda: made_with(first(days(10)), it(by("start"), needs=["paper"]), start="2026-11-30")),
)  # fmt: skip
def test_who_is_late(expected, made):
    found = made()
    assert row(found, "it").late is expected
    assert [alert.kind for alert in found.alerts] == ["late"] * expected
