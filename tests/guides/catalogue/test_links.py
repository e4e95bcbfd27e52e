"""Pages and telephone numbers: what is done there says where it is."""

import re

import pytest

from tests.shipped import shipped_catalogue

ELSEWHERE = re.compile(r"\b(portal|online|form|call|phone)\b", re.I)

# Steps that name such a place and are not done there.
NOT_DONE_THERE = {
    "niss-in-person › print": "what the form answered is printed at home",
    "niss-in-person › explain": "said at the desk",
}


@pytest.fixture(scope="module")
def catalogue():
    return shipped_catalogue().catalogue


def steps(catalogue):
    for procedure in catalogue.procedures:
        if procedure.country == "pt":
            for step in procedure.steps:
                yield f"{procedure.key} › {step.key}", step


def test_steps_on_a_page_or_a_telephone_lead_there(catalogue):
    named = {place for place, step in steps(catalogue) if ELSEWHERE.search(step.text) and not step.links}
    assert named == NOT_DONE_THERE.keys()


def test_every_page_and_number_is_used(catalogue):
    used = {key for _place, step in steps(catalogue) for key in step.links}
    used |= {key for pointer in catalogue.pointers for key in pointer.links}
    assert [link.key for link in catalogue.links if link.country == "pt" and link.key not in used] == []


def test_telephone_numbers_can_be_called_and_pages_opened(catalogue):
    wrong = [link.key for link in catalogue.links if (link.kind == "phone") != link.url.startswith("tel:+")]
    assert wrong == []
