import pytest

from guides.catalogue.compiled import CompiledCatalogue
from guides.reading.wording import in_words
from tests.guides.small import small_catalogue
from tests.shipped import shipped_catalogue


def words(condition, country="pt", given=""):
    found = in_words(CompiledCatalogue(small_catalogue()), condition, country, given)
    return found and [str(clause) for clause in found]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("here", "if you are there"),
        ("not here", "if you are not there"),
        ("in_hand has passport", "if you hold Passport"),
        ("not in_hand has any of (passport, nif-document)", "if you do not hold Tax number or Passport yet"),
        ("here and in_hand has passport", "if you are there and you hold Passport"),
        ("here and not destination is es and not in_hand has passport",
         "if you are there and you do not hold Passport yet"),
    ],
)  # fmt: skip
def test_simple_conditions_are_said(condition, said):
    assert words(condition) == [said]


def test_everybody_who_moves_there_is_nobody_special():
    assert words("") == []
    assert words("to_portugal") == []
    assert words("destination is pt and here") == ["if you are there"]


def test_never_is_not_said():
    assert words("to_portugal", country="es") is None
    assert words("never") is None


def test_each_way_is_a_clause_of_its_own():
    assert words("to_portugal and (here or in_hand has passport)") == ["if you are there", "if you hold Passport"]


def test_what_was_said_before_is_not_said_again():
    assert words("here and in_hand has passport", given="here") == ["if you hold Passport"]
    assert words("here", given="to_portugal and here") == []


def test_what_would_confuse_is_not_said():
    assert words("here and (in_hand has passport or (here and stay_months > 3))") is None


class TestShippedConditions:
    def said(self, condition, country="es"):
        return [str(clause) for clause in in_words(shipped_catalogue(), condition, country)]

    def test_shared_beginning_is_said_once(self):
        assert self.said("activities has any of (student, intern)") == ["if you will do an internship or study"]

    def test_negated_choice_is_an_exception(self):
        assert self.said("activities has student and not permit_purpose is study") == [
            "if you will study, unless your permit is for study"
        ]

    def test_dates_and_numbers(self):
        assert self.said("permit_expires after 2025-06-30") == ["if your permit expires after 30 June 2025"]
        assert self.said("permit_expires before today") == ["if your permit expires before today"]
        assert "at least 6" in self.said("us_credits >= 6")[0]

    def test_most_of_them_can_be_said(self):
        """A page that cannot say for whom it is sends the reader to the questions: that must stay the exception."""
        procedures = shipped_catalogue().procedures.values()
        said = [
            in_words(shipped_catalogue(), condition, procedure.country) is not None
            for procedure in procedures
            for condition in (procedure.required_when, procedure.recommended_when, procedure.optional_when)
            if condition
        ]
        assert sum(said) > 0.8 * len(said)
