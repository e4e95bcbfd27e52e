"""The days of procedures, worked by hand (see ``worked``): the last one, the first one, the one to aim at."""

from tests.checklists.planner.small import desk, procedure, row
from tests.checklists.planner.worked import by, days, done_by, first, iso, it, made_with, worked


# The last day: what must be asked for, and what must be there, by then.
@worked(
    ("asked for by then", "its 30 days do not count", "2027-02-10",
     lambda: made_with(it(by("start"), takes=days(30)), start="2027-02-10")),
    ("asked for the day before", "Wed 10 Feb - 1", "2027-02-09",
     lambda: made_with(it(by("start - 1 day", "latest")), start="2027-02-10")),
    ("a window closes", "15 Jan + 16 in Jan + 28 in Feb + 31 in Mar = 75, + 15 = Thu 15 Apr", "2027-04-15",
     lambda: made_with(it(by("start + 90 days", "window_closes")), start="2027-01-15")),
    ("done before the first working day", "Mon 1 Mar - 1 = 28 Feb, - 10 = Thu 18 Feb", "2027-02-18",
     lambda: made_with(it(done_by("start - 1 day"), takes=days(10)), start="2027-03-01")),
    ("nobody tells the length", "Sun 28 Feb, nothing taken off, Fri before", "2027-02-26",
     lambda: made_with(it(done_by("start - 1 day")), start="2027-03-01")),
    ("a cautious length", "30 Mar - 30 = 28 Feb, - 15 = Sat 13 Feb, Fri before", "2027-02-12",
     lambda: made_with(it(done_by("start - 1 day"), takes={"assumed_days": 45}), start="2027-03-31")),
    ("a cautious length for which no time is left", "Thu 14 Jan - 180 has passed: what is sure, 14 Jan", "2027-01-14",
     lambda: made_with(it(done_by("start - 1 day"), takes={"assumed_days": 180}), start="2027-01-15")),
    ("a length that is known beats a cautious one", "Mon 1 Feb - 20 = Tue 12 Jan", "2027-01-12",
     lambda: made_with(it(done_by("start"), takes={"max_days": 20, "assumed_days": 60}), start="2027-02-01")),
    ("the longest known length counts", "Mon 1 Feb - 20 = Tue 12 Jan", "2027-01-12",
     lambda: made_with(it(done_by("start"), takes={"min_days": 5, "max_days": 20}), start="2027-02-01")),
    ("only a shortest length is known", "Mon 1 Feb - 5 = Wed 27 Jan", "2027-01-27",
     lambda: made_with(it(done_by("start"), takes={"min_days": 5}), start="2027-02-01")),
    ("the same day is long enough", "at the appointment of Thu 4 Feb", "2027-02-04",
     lambda: made_with(it(done_by("start"), takes=days(0)), start="2027-02-04")),
    ("two weeks before an appointment", "Thu 4 Feb - 14 = Thu 21 Jan, - 7 = Thu 14 Jan", "2027-01-14",
     lambda: made_with(it(done_by("start - 2 weeks"), takes=days(7)), start="2027-02-04")),
    ("the first of several last days", "9 Feb done - 30 = Sun 10 Jan, Fri before; 1 Feb asked", "2027-01-08",
     lambda: made_with(it(by("start - 9 days"), done_by("start - 1 day"), takes=days(30)), start="2027-02-10")),
    ("a visa that ends", "asked for by Wed 30 Jun - 60 = 1 May, a Sat, Fri before", "2027-04-30",
     lambda: made_with(it(by("start - 60 days", "latest")), start="2027-06-30")),
    ("a day that only informs", "no last day", None,
     lambda: made_with(it(by("start", "validity")), start="2027-06-30")),
    ("an unknown day", "nothing to count from", None, lambda: made_with(it(by("start")))),
    ("what is only assumed, in time", "Mon 4 Jan", "2027-01-04",
     lambda: made_with(it(by("start", assumed=True)), start="2027-01-04")),
    ("what is only assumed, passed", "no alarm, so no day", None,
     lambda: made_with(it(by("start", assumed=True)), start="2026-11-02")),
    ("passed", "Thu 19 Nov stays", "2026-11-19", lambda: made_with(it(by("start")), start="2026-11-19")),
    ("passed on a Sunday", "Sun 15 Nov, Fri before", "2026-11-13",
     lambda: made_with(it(by("start")), start="2026-11-15")),
    ("passed, and not required", "nobody is late for it", None,
     lambda: made_with(it(by("start"), required_when="never", recommended_when="always"), start="2026-11-19")),
    ("recommended, in time", "Thu 10 Dec", "2026-12-10",
     lambda: made_with(it(by("start"), required_when="never", recommended_when="always"), start="2026-12-10")),
)  # fmt: skip
def test_the_last_day(expected, made):
    assert iso(row(made(), "it").latest) == expected


# Ends of months, and leap days.
@worked(
    ("a month on from a 31st", "28 Feb is a Sun, Fri before", "2027-02-26",
     lambda: made_with(it(by("start + 1 month")), start="2027-01-31")),
    ("a month on from a 31st in a leap year", "29 Feb is a Tue", "2028-02-29",
     lambda: made_with(it(by("start + 1 month")), start="2028-01-31")),
    ("three months on from 30 Nov", "28 Feb is a Sun, Fri before", "2027-02-26",
     lambda: made_with(it(by("start + 3 months")), start="2026-11-30")),
    ("a month back from 31 Mar", "28 Feb is a Sun, Fri before", "2027-02-26",
     lambda: made_with(it(by("start - 1 month")), start="2027-03-31")),
    ("a year on from a leap day", "28 Feb 2029 is a Wed", "2029-02-28",
     lambda: made_with(it(by("start + 1 year")), start="2028-02-29")),
    ("30 days over a leap day", "31 Jan + 29 = 29 Feb, + 1 = Wed 1 Mar", "2028-03-01",
     lambda: made_with(it(by("start + 30 days")), start="2028-01-31")),
    ("30 days over a February of 28", "31 Jan + 28 = 28 Feb, + 2 = Tue 2 Mar", "2027-03-02",
     lambda: made_with(it(by("start + 30 days")), start="2027-01-31")),
    ("over New Year", "Thu 31 Dec + 1 month = Sun 31 Jan, Fri before", "2027-01-29",
     lambda: made_with(it(by("start + 1 month")), start="2026-12-31")),
    ("a day before the first of a month after a leap day", "Wed 1 Mar - 1 = Tue 29 Feb", "2028-02-29",
     lambda: made_with(it(by("start - 1 day")), start="2028-03-01")),
)  # fmt: skip
def test_ends_of_months_and_leap_days(expected, made):
    assert iso(row(made(), "it").latest) == expected


# Days on which the office is closed. A last day is the open day before.
@worked(
    ("Saturday", "Fri before", "2026-12-11", lambda: made_with(it(by("start")), start="2026-12-12")),
    ("Sunday", "Fri before", "2026-12-11", lambda: made_with(it(by("start")), start="2026-12-13")),
    ("no calendar", "only weekends are closed", "2026-12-25", lambda: made_with(it(by("start")), start="2026-12-25")),
    ("no open day is left before", "Sun 22 Nov, today is Sat: Mon after", "2026-11-23",
     lambda: made_with(it(by("start")), start="2026-11-22")),
    ("Madrid, Immaculate", "Tue 8, and Mon 7 for Sun 6: Fri 4 Dec", "2026-12-04",
     lambda: made_with(it(by("start")), calendar="ES", region="madrid", start="2026-12-08")),
    ("Catalonia, Immaculate", "Tue 8: Mon 7 Dec is open", "2026-12-07",
     lambda: made_with(it(by("start")), calendar="ES", region="catalonia", start="2026-12-08")),
    ("Spain, region not told", "Tue 8: Mon 7 Dec", "2026-12-07",
     lambda: made_with(it(by("start")), calendar="ES", start="2026-12-08")),
    ("Spain, another region", "Tue 8: Mon 7 Dec", "2026-12-07",
     lambda: made_with(it(by("start")), calendar="ES", region="other", start="2026-12-08")),
    ("Spain, New Year", "Fri 1 Jan: Thu 31 Dec", "2026-12-31",
     lambda: made_with(it(by("start")), calendar="ES", start="2027-01-01")),
    ("Spain, Epiphany", "Wed 6 Jan: Tue 5 Jan", "2027-01-05",
     lambda: made_with(it(by("start")), calendar="ES", start="2027-01-06")),
    ("Madrid, Easter", "Good Fri 26 and Thu 25: Wed 24 Mar", "2027-03-24",
     lambda: made_with(it(by("start")), calendar="ES", region="madrid", start="2027-03-26")),
    ("Catalonia, Easter", "Mon 29, Sun, Sat, Good Fri 26: Thu 25 Mar", "2027-03-25",
     lambda: made_with(it(by("start")), calendar="ES", region="catalonia", start="2027-03-29")),
    ("Valencia, Easter", "Mon 29, Sun, Sat, Good Fri 26: Thu 25 Mar", "2027-03-25",
     lambda: made_with(it(by("start")), calendar="ES", region="valencia", start="2027-03-29")),
    ("Madrid, its own day", "Mon 3 May for Sun 2, Sun, Sat: Fri 30 Apr", "2027-04-30",
     lambda: made_with(it(by("start")), calendar="ES", region="madrid", start="2027-05-03")),
    ("Spain, Madrid's own day", "Mon 3 May is open", "2027-05-03",
     lambda: made_with(it(by("start")), calendar="ES", start="2027-05-03")),
    ("Andalusia, its own day", "Mon 1 Mar for Sun 28 Feb: Fri 26 Feb", "2027-02-26",
     lambda: made_with(it(by("start")), calendar="ES", region="andalusia", start="2027-03-01")),
    ("Catalonia, Saint John", "Thu 24 Jun: Wed 23 Jun", "2027-06-23",
     lambda: made_with(it(by("start")), calendar="ES", region="catalonia", start="2027-06-24")),
    ("Lisbon, Restoration", "Tue 1 Dec: Mon 30 Nov", "2026-11-30",
     lambda: made_with(it(by("start")), calendar="PT-11", start="2026-12-01")),
    ("Lisbon, Freedom Day", "Tue 25 Apr: Mon 24 Apr", "2028-04-24",
     lambda: made_with(it(by("start")), calendar="PT-11", start="2028-04-25")),
    ("Lisbon, Corpus Christi", "Thu 27 May: Wed 26 May", "2027-05-26",
     lambda: made_with(it(by("start")), calendar="PT-11", start="2027-05-27")),
    ("Lisbon, Saint Anthony", "Tue 13 Jun: Mon 12 Jun", "2028-06-12",
     lambda: made_with(it(by("start")), calendar="PT-11", start="2028-06-13")),
    ("Portugal, Saint Anthony", "Tue 13 Jun is open", "2028-06-13",
     lambda: made_with(it(by("start")), calendar="PT", start="2028-06-13")),
    ("Lisbon, Republic Day", "Tue 5 Oct: Mon 4 Oct", "2027-10-04",
     lambda: made_with(it(by("start")), calendar="PT-11", start="2027-10-05")),
    ("a region of another country", "Mon 7 Dec is closed in Madrid, and open in Lisbon", "2026-12-07",
     lambda: made_with(it(by("start")), calendar="PT-11", region="madrid", start="2026-12-07")),
    ("a length is counted first", "Wed 16 Dec - 8 = Tue 8, Mon 7: Fri 4 Dec", "2026-12-04",
     lambda: made_with(it(done_by("start"), takes=days(8)), calendar="ES", region="madrid", start="2026-12-16")),
)  # fmt: skip
def test_days_on_which_the_office_is_closed(expected, made):
    assert iso(row(made(), "it").latest) == expected


# The last day of what something else waits for.
@worked(
    ("what it needs must be there before", "Mon 1 Mar - 1 - 10 = Thu 18 Feb, - 5 = Sat 13, Fri before", "2027-02-12",
     lambda: made_with(first(days(5)), it(done_by("start - 1 day"), takes=days(10), needs=["paper"]),
                       start="2027-03-01")),
    ("by the open day before", "Sun 28 Feb: Fri 26 Feb, - 1 = Thu 25 Feb", "2027-02-25",
     lambda: made_with(first(days(1)), it(by("start"), needs=["paper"]), start="2027-02-28")),
    ("of unknown length", "Wed 10 Feb, nothing taken off", "2027-02-10",
     lambda: made_with(first(), it(by("start"), needs=["paper"]), start="2027-02-10")),
    ("of cautious length", "Wed 10 Feb - 30 = Mon 11 Jan", "2027-01-11",
     lambda: made_with(first({"assumed_days": 30}), it(by("start"), needs=["paper"]), start="2027-02-10")),
    ("its own last day comes first", "Mon 4 Jan", "2027-01-04",
     lambda: made_with(first(days(5), deadlines=[by("start - 37 days")]), it(by("start"), needs=["paper"]),
                       start="2027-02-10")),
    ("what is only recommended before presses nobody", "no last day", None,
     lambda: made_with(first(days(5)), it(by("start"), requires=[{"procedure": "first", "strength": "recommended"}]),
                       start="2027-02-10")),
    ("what is held is not waited for", "no last day", None,
     lambda: made_with(first(days(5)), it(by("start")), start="2027-02-10")),
)  # fmt: skip
def test_the_last_day_of_what_comes_before(expected, made):
    assert iso(row(made(), "first").latest) == expected


# The journey: what is done abroad must be finished the day before.
@worked(
    ("before the journey", "Mon 11 Jan - 1 - 15 = Sat 26 Dec, Fri before", "2026-12-25",
     lambda: made_with(it(place="abroad", takes=days(15)), arrival_date="2027-01-11")),
    ("before the journey, on an open day", "Sat 26, Fri 25 Dec: Thu 24 Dec", "2026-12-24",
     lambda: made_with(it(place="abroad", takes=days(15)), calendar="ES", arrival_date="2027-01-11")),
    ("before the journey, of unknown length", "Sun 10 Jan: Fri 8 Jan", "2027-01-08",
     lambda: made_with(it(place="abroad"), arrival_date="2027-01-11")),
    ("at a consulate", "by its channel: Sun 10 Jan - 10 = Thu 31 Dec", "2026-12-31",
     lambda: made_with(procedure("it", channels=[{**desk(max_days=10), "place": "abroad"}]),
                       arrival_date="2027-01-11")),
    ("what can be done anywhere", "no last day", None,
     lambda: made_with(it(place="anywhere", kind="online", takes=days(15)), arrival_date="2027-01-11")),
    ("the journey lies behind", "no last day", None,
     lambda: made_with(it(place="abroad", takes=days(15)), arrival_date="2026-11-02")),
)  # fmt: skip
def test_what_has_to_be_done_before_the_journey(expected, made):
    assert iso(row(made(), "it").latest) == expected


# The first day.
@worked(
    ("it waits for what it needs", "Sat 21 Nov + 10 = Tue 1 Dec", "2026-12-01",
     lambda: made_with(first(days(10)), it(needs=["paper"]))),
    ("for a cautious length", "21 Nov + 9 = 30 Nov, + 21 = 21 Dec", "2026-12-21",
     lambda: made_with(first({"assumed_days": 30}), it(needs=["paper"]))),
    ("for no cautious length that does not fit", "must be over on 14 Dec, and 21 Nov + 45 = 5 Jan", "2026-11-21",
     lambda: made_with(first({"assumed_days": 45}, deadlines=[done_by("start - 1 day")]), it(needs=["paper"]),
                       start="2026-12-15")),
    ("nobody tells how long", "nothing is added", "2026-11-21", lambda: made_with(first(), it(needs=["paper"]))),
    ("an office in the country", "the day of arrival", "2027-01-04",
     lambda: made_with(it(), arrival_date="2027-01-04")),
    ("from anywhere", "today", "2026-11-21",
     lambda: made_with(it(place="anywhere", kind="online"), arrival_date="2027-01-04")),
    ("a window opens", "Mon 1 Mar - 28 = 1 Feb, - 31 = 1 Jan, - 1 = 31 Dec", "2026-12-31",
     lambda: made_with(it(by("start - 60 days", "window_opens")), start="2027-03-01")),
    ("a window is open already", "today", "2026-11-21",
     lambda: made_with(it(by("start - 60 days", "window_opens")), start="2027-01-04")),
    ("some time after another", "finished on 1 Dec, + 1 month", "2027-01-01",
     lambda: made_with(first(days(10)), it(by("finish(first) + 1 month", "earliest")))),
    ("counted over a month end", "finished on 30 Nov, + 3 months = 28 Feb", "2027-02-28",
     lambda: made_with(first(days(9)), it(by("finish(first) + 3 months", "earliest")))),
)  # fmt: skip
def test_the_first_day(expected, made):
    assert iso(row(made(), "it").earliest) == expected


# The day to aim at.
@worked(
    ("two weeks before the last day", "Wed 10 Feb - 14 = Wed 27 Jan", "2027-01-27",
     lambda: made_with(it(by("start")), start="2027-02-10")),
    ("half of the time that is left", "Mon 23 Nov to Fri 4 Dec are 11: 4 Dec - 5 = Sun 29, Fri before", "2026-11-27",
     lambda: made_with(it(by("start")), today="2026-11-23", start="2026-12-04")),
    ("a recommended day", "Wed 20 Jan", "2027-01-20",
     lambda: made_with(it(by("start", "recommended")), start="2027-01-20")),
    ("a recommended Sunday", "Sun 24 Jan: Fri 22 Jan", "2027-01-22",
     lambda: made_with(it(by("start", "recommended")), start="2027-01-24")),
    ("a recommended holiday", "Madrid, Tue 8 Dec: Fri 4 Dec", "2026-12-04",
     lambda: made_with(it(by("start", "recommended")), calendar="ES", region="madrid", start="2026-12-08")),
    ("a recommended day that has passed", "today is Sat: Mon 23 Nov", "2026-11-23",
     lambda: made_with(it(by("start", "recommended")), start="2026-11-02")),
    ("recommended before the last day", "Mon 11 Jan, 30 before Wed 10 Feb", "2027-01-11",
     lambda: made_with(it(by("start - 30 days", "recommended"), by("start")), start="2027-02-10")),
    ("recommended too close to the last day", "Tue 9 Feb, and Wed 10 Feb - 14 = 27 Jan", "2027-01-27",
     lambda: made_with(it(by("start - 1 day", "recommended"), by("start")), start="2027-02-10")),
    ("a card's end, not its days of grace", "Wed 30 Jun, not 28 Sep - 14", "2027-06-30",
     lambda: made_with(it(by("start - 60 days", "window_opens"), by("start", "recommended"),
                          by("start + 90 days", "window_closes")), start="2027-06-30")),
    ("a window that is not open yet", "opens 60 before Sun 11 Apr; Fri 9 Apr - 14 = Fri 26 Mar", "2027-03-26",
     lambda: made_with(it(by("start - 60 days", "window_opens"), by("start")), start="2027-04-11")),
    ("after the arrival", "4 Jan + 3 months = Sun 4 Apr: Fri 2 Apr, - 14 = Fri 19 Mar", "2027-03-19",
     lambda: made_with(it(by("arrival_date + 3 months")), arrival_date="2027-01-04")),
    ("late", "as soon as there is an open day: Mon 23 Nov", "2026-11-23",
     lambda: made_with(it(by("start")), start="2026-11-19")),
    ("time is short: the first open day", "21 Nov + 45 is after 30 Nov; Mon 23 Nov", "2026-11-23",
     lambda: made_with(it(done_by("start - 1 day"), takes={"assumed_days": 45}), start="2026-12-01")),
    ("time is short: the day after what it waits for", "45 days are too long: Mon 23 Nov, then Tue 24", "2026-11-24",
     lambda: made_with(first({"assumed_days": 45}), it(done_by("start - 1 day"), needs=["paper"]), start="2026-12-01")),
    ("time is short and over", "first and last on Mon 23 Nov", "2026-11-23",
     lambda: made_with(first({"assumed_days": 45}), it(done_by("start"), needs=["paper"]), start="2026-11-23")),
    ("no last day", "nothing to aim at", None, lambda: made_with(it())),
)  # fmt: skip
def test_the_day_to_aim_at(expected, made):
    assert iso(row(made(), "it").target) == expected
