"""Who looks at a checklist is told by its Access; the row knows nothing of it."""

import pytest
from django.urls import reverse

from checklists.access.access import Access
from checklists.firms.sharing.services import make_code, take_code
from checklists.models import CasePerson, Checklist
from checklists.seen import fingerprint
from tests.checklists.conftest import answers_of


@pytest.fixture
def checklist(published, today) -> Checklist:
    return Checklist.objects.start(answers=answers_of("es-05"), edition=1)


@pytest.fixture
def person(checklist, firm) -> CasePerson:
    code = make_code(checklist=checklist, shares_checklist=True, shares_documents=True, shares_notes=True)
    return take_code(code=code, organisation=firm.organisation, by=firm.advisor, name="Ana Silva")


def test_the_rows_know_nothing_of_who_looks():
    for name in ("through", "door", "may_change", "shows_documents", "shows_notes"):
        assert not hasattr(Checklist, name)
    assert not hasattr(CasePerson, "looker")


def test_a_row_that_is_read_again_keeps_the_address_of_the_door(checklist, person, firm):
    access = Access(checklist, person, firm.advisor)
    checklist.refresh_from_db()
    for seen in (access, access.to(Checklist.objects.get(pk=checklist.pk))):
        assert checklist.token not in seen.url() + seen.url("question", "destination")
        assert seen.actor == firm.advisor


LINE = ("document", "passport")
PAGES = [
    ("checklist", ()),
    ("answers", ()),
    ("all-answers", ()),
    ("changes", ()),
    ("question", ("arrival_date",)),
    ("change-answer", ("arrival_date",)),
    ("item", LINE),
]


@pytest.mark.parametrize(("page", "rest"), PAGES)
def test_no_page_that_a_firm_opens_holds_the_link(client, checklist, person, firm, page, rest):
    client.force_login(firm.advisor)
    response = client.get(reverse(f"checklists:{page}", args=[person.door, *rest]))
    assert response.status_code == 200
    assert checklist.token not in response.text


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize("page", ["tick", "item"])
def test_neither_a_save_nor_a_conflict_holds_the_link(client, checklist, person, firm, page, headers):
    client.force_login(firm.advisor)
    address = reverse(f"checklists:{page}", args=[person.door, *LINE])
    for done, status in (("1", 302), ("0", 409)):
        sent = {"done": done, "seen": ""} if status == 302 else {"seen": "", "done": "0", "note": "Mine"}
        response = client.post(address, sent, headers=headers)
        assert response.status_code == status
        assert checklist.token not in response.text + str(response.headers)


def test_a_conflict_of_answers_does_not_hold_the_link(client, checklist, person, firm):
    theirs = {**checklist.answers, "arrival_date": "2027-02-01"}
    Checklist.objects.filter(pk=checklist.pk).update(version=2, answers=theirs)
    client.force_login(firm.advisor)
    sent = {"already_arrived": "no", "arrival_date": "2027-03-01", "seen": fingerprint(1), "confirm": "1"}
    response = client.post(reverse("checklists:change-answer", args=[person.door, "arrival_date"]), sent)
    assert response.status_code == 409
    assert checklist.token not in response.text + str(response.headers)


@pytest.mark.parametrize("role", ["advisor", "viewer"])
def test_whoever_looks_from_the_firm_gets_no_link_by_any_page(client, checklist, person, firm, role):
    client.force_login(getattr(firm, role))
    for page in ("checklist", "changes"):
        assert checklist.token not in client.get(reverse(f"checklists:{page}", args=[person.door])).text
