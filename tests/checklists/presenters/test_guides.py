"""The guides on a checklist: those that treat what is particular to this person."""

import re

import pytest

from checklists.models import Checklist
from tests.checklists.conftest import answers_of
from tests.checklists.pages import address

AUTONOMO, PADRON = "registering-as-autonomo", "empadronamiento"
US, NOMADS = "working-in-the-us-and-spain", "digital-nomads-and-social-security"
NUSS, HEALTH = "social-security-from-nie-to-nuss", "healthcare-and-the-tsi"
AIMA, CRUE, EMPLOYED = "aima-first-permit-and-renewal", "crue-for-eu-citizens", "employers-duties"
FREELANCERS, FAMILIES, NIF = "freelancers-in-portugal", "families-in-portugal", "nif-financas-and-addresses"

DUTCH_FREELANCER = {
    "destination": "es",
    "nationalities": ["nl"],
    "activities": ["self_employed"],
    "residence_basis": "none_needed",
    "housing": "tenant_named_in_lease",
    "region": "catalonia",
    "family": ["none"],
    "worked_here_before": False,
    "social_security_countries": ["nl"],
    "certificate_state": "none",
    "already_arrived": True,
    "activity_start": "2027-03-01",
}
AU_PAIR = {
    "destination": "es",
    "nationalities": ["us"],
    "eu_family_member": False,
    "activities": ["student"],
    "residence_basis": "residence_visa",
    "permit_purpose": "study",
    "permit_step": "first",
    "housing": "guest",
    "region": "madrid",
    "family": ["none"],
    "health_cover": ["private_insurance"],
    "stay_months": 9,
    "already_arrived": True,
    "arrival_date": "2026-11-20",
}
INTERN = {
    "destination": "es",
    "nationalities": ["it"],
    "activities": ["intern"],
    "internship_kind": "unpaid_curricular",
    "university_country": "es",
    "residence_basis": "none_needed",
    "housing": "student_residence",
    "region": "madrid",
    "family": ["none"],
    "health_cover": ["e111_ehic"],
    "worked_here_before": False,
    "stay_months": 5,
    "already_arrived": True,
}
BRITISH_RETIREE = {
    "destination": "es",
    "nationalities": ["gb"],
    "eu_family_member": False,
    "activities": ["retired"],
    "residence_basis": "residence_visa",
    "permit_purpose": "retirement_or_passive_income",
    "permit_step": "first",
    "housing": "owner",
    "region": "andalusia",
    "family": ["spouse"],
    "social_security_countries": ["gb"],
    "health_cover": ["s1"],
    "already_arrived": True,
    "arrival_date": "2026-11-20",
}
PORTUGUESE = {"destination": "pt", "nationalities": ["pt"], "activities": ["employee"], "already_arrived": False}

# Who; the guide that comes first, others that are offered, and some that are not.
PEOPLE = [
    ("es-09", US, [], [AUTONOMO, NOMADS]),
    ("es-11", None, [US], [AUTONOMO]),
    ("es-05", NOMADS, [AUTONOMO], [US]),
    ("es-03", None, [HEALTH], [AUTONOMO, NOMADS]),
    ("es-01", None, [PADRON, HEALTH], [AUTONOMO, NOMADS]),
    (DUTCH_FREELANCER, AUTONOMO, [], [US]),
    (AU_PAIR, None, [], [AUTONOMO, NOMADS]),
    (INTERN, None, [NUSS], [AUTONOMO, NOMADS]),
    (BRITISH_RETIREE, HEALTH, [], [AUTONOMO, NOMADS, US]),
    ("pt-01", EMPLOYED, [AIMA], [FREELANCERS, NIF]),
    ("pt-03", AIMA, [], [FREELANCERS, EMPLOYED]),
    ("pt-05", CRUE, [], [FREELANCERS, AIMA]),
    ("pt-07", AIMA, [], [FREELANCERS, EMPLOYED]),
    ("pt-09", FAMILIES, [AIMA], [FREELANCERS]),
    ("pt-11", EMPLOYED, [], [FREELANCERS, NIF]),
    (PORTUGUESE, None, [EMPLOYED], [CRUE, AIMA, FREELANCERS]),
    ({"destination": "es"}, None, [], [AUTONOMO, NOMADS, US]),
]


@pytest.fixture
def offered(client, published, today):
    """The guides on somebody's page, in their order."""

    def ask(answers):
        checklist = Checklist.objects.start(answers=answers, edition=published.number)
        page = client.get(address("checklist", checklist)).text
        section = page.partition('id="guides-title"')[2].partition("</details>")[0]
        return re.findall(r'href="/guides/\w+/([\w-]+)/"', section)

    return ask


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "first", "others", "never"), PEOPLE)
def test_guides_treat_what_is_particular_to_a_person(offered, who, first, others, never):
    found = offered(answers_of(who) if isinstance(who, str) else who)
    assert first in (None, *found[:1])
    assert set(others) <= set(found)
    assert set(never).isdisjoint(found)
    assert len(found) <= 4
