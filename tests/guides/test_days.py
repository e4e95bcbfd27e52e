"""Days and months as people type them, in fields of their own or pasted into one of them."""

import datetime

import pytest
from django import forms

from checklists.forms import DayField
from guides.days import MonthInput
from guides.reading.report_form import MonthField

APRIL = datetime.date(2027, 4, 3)


class Asked(forms.Form):
    day = DayField()


def typed(day="", month="", year=""):
    return Asked({"day-day": day, "day-month": month, "day-year": year})


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("3", "4", "2027"),
        ("3", "4", "27"),
        ("3/4/27", "", ""),
        ("3 April 27", "", ""),
        (" 03 ", "04", "2027"),
        ("3", "April", "2027"),
        ("3", "apr", "2027"),
        ("3", "abril", "2027"),
        ("2027-04-03", "", ""),
        ("03/04/2027", "", ""),
        ("3.4.2027", "", ""),
        ("20270403", "", ""),
        ("3 April 2027", "", ""),
        ("3 April 2027 (Saturday)", "", ""),
        ("Saturday, 3 April 2027", "", ""),
        ("3 de abril de 2027", "", ""),
        ("\u200b3rd April 2027", "", ""),
        ("", "3/4/2027", ""),
    ],
)
def test_a_day_is_taken_however_it_is_typed(day, month, year):
    form = typed(day, month, year)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == APRIL


def test_a_march_with_its_sign_is_a_month():
    assert typed("1", "março", "2027").is_valid()


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        (("31", "2", "2027"), "February 2027 has no day 31."),
        (("31", "2", "27"), "February 2027 has no day 31."),
        (("3", "", "2027"), "The month is missing."),
        (("", "", "2027"), "The day and the month are missing."),
        (("3", "13", "2027"), "There is no month “13”."),
        (("3", "Brumaire", "2027"), "There is no month “Brumaire”."),
        (("3", "4", "207"), "Write the year with four digits"),
        (("three", "4", "2027"), "April 2027 has no day three."),
        (("3", "4", "1066"), "The year must be between"),
        (("soon", "", ""), "The month and the year are missing."),
        (("next week", "", ""), "This is no date."),
        (("²", "4", "2027"), "April 2027 has no day ²."),
    ],
)
def test_what_is_wrong_is_said_by_the_part(parts, fault):
    form = typed(*parts)
    assert fault in str(form.errors["day"])
    page = str(form["day"])
    assert [f'value="{part}"' in page for part in parts] == [True] * 3, "what was typed is still there"
    assert page.count('aria-invalid="true"') == 3


def test_a_day_is_read_back_in_words():
    assert "<output>3 April 2027 (Saturday)</output>" in str(typed("3", "4", "2027")["day"])
    assert 'value="2027"' in str(Asked(initial={"day": APRIL})["day"])
    assert "<output></output>" in str(Asked()["day"])


def test_nothing_typed_is_no_day():
    assert typed().errors["day"] == ["This field is required."]


def test_what_is_carried_in_one_field_is_the_same():
    """A page that asks back sends what was typed once more."""
    assert Asked({"day": "2027-04-03"}).is_valid()


class Month(forms.Form):
    month = MonthField(widget=MonthInput)


@pytest.mark.parametrize(("month", "year"), [("10", "2026"), ("October", "2026"), ("2026-10", ""), ("", "10/2026")])
def test_a_month_has_two_fields(month, year):
    form = Month({"month-month": month, "month-year": year})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["month"] == datetime.date(2026, 10, 1)
    assert "day" not in str(form["month"]).replace("data-day", "").replace("day-fields", "")


def test_a_month_without_a_year_says_so():
    form = Month({"month-month": "10", "month-year": ""})
    assert form.errors["month"] == ["The year is missing."]
    assert 'value="10"' in str(form["month"])
