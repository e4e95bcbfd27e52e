"""One paper for a whole household: ticked by one, ticked for all."""

import datetime

import pytest
from django.urls import reverse

from checklists.access.access import Access
from checklists.client.services import save_answers, save_item
from checklists.firms.cases.household import add_person
from checklists.firms.cases.papers import seen_shared
from checklists.models import ChecklistItem, SharedDocument
from checklists.seen import Changed, fingerprint
from tests.journeys.answering import answers_of

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 2)
PAPER = "passport"
# What the page carries while none of its papers is shared.
NOTHING = seen_shared((), ())


@pytest.fixture
def advisor(client, firm):
    client.force_login(firm.advisor)
    return client


def household(firm, *names):
    """A case whose people all need a passport."""
    case = firm.case(names[0])
    for name in names[1:]:
        add_person(case=case, name=name, by=firm.advisor)
    for person in case.people.select_related("checklist"):
        save_answers(access=Access(person.checklist), answers=answers_of("es-05"), seen=fingerprint(1), edition=1)
    return case


@pytest.fixture
def case(firm, published):
    return household(firm, "Ana", "Rui", "Eva")


@pytest.fixture
def shared(case):
    SharedDocument.objects.create(case=case, key=PAPER)
    return case


def tick(case, name, done=True, **fields):
    person = case.people.select_related("checklist").get(name=name)
    return save_item(access=Access(person.checklist), kind="document", key=PAPER, done=done, **fields)


def ticks(case):
    """By name, the day of whoever has the paper; None for a tick without one."""
    items = ChecklistItem.objects.filter(checklist__places__case=case, key=PAPER, done=True)
    return dict(items.values_list("checklist__places__name", "date"))


ALL = {"Ana": DAY, "Rui": DAY, "Eva": DAY}


def test_ticked_by_one_it_is_ticked_for_all_with_its_day(shared):
    tick(shared, "Rui", date=DAY)
    assert ticks(shared) == ALL


def test_unticked_by_another_it_is_unticked_for_all(shared):
    tick(shared, "Rui", date=DAY)
    tick(shared, "Eva", done=False, seen=fingerprint(1))
    assert ticks(shared) == {}


def test_another_day_goes_along_and_a_note_does_not(shared):
    tick(shared, "Rui", date=DAY)
    tick(shared, "Ana", seen=fingerprint(1), note="In the drawer", date=DAY + datetime.timedelta(days=1))
    assert set(ticks(shared).values()) == {DAY + datetime.timedelta(days=1)}
    assert ChecklistItem.objects.exclude(note="").count() == 1


def test_a_note_alone_changes_nobody_elses_row(shared):
    tick(shared, "Rui")
    tick(shared, "Ana", seen=fingerprint(1), note="In the drawer")
    assert set(ChecklistItem.objects.exclude(note="In the drawer").values_list("version", flat=True)) == {1}


def test_a_form_that_was_open_meanwhile_is_refused(shared):
    tick(shared, "Rui", date=DAY)
    with pytest.raises(Changed):
        tick(shared, "Ana", done=False)


def test_everybodys_history_and_the_summary_say_so(firm, shared):
    person = shared.people.select_related("checklist").get(name="Rui")
    before = shared.tasks_done
    save_item(access=Access(person.checklist, person, firm.advisor), kind="document", key=PAPER, done=True)
    entries = firm.organisation.history.filter(verb="ticked")
    assert sorted(entry.details["person"] for entry in entries) == ["Ana", "Eva", "Rui"]
    assert {entry.actor_number for entry in entries} == {firm.advisor.pk}
    shared.refresh_from_db()
    assert shared.tasks_done >= before


@pytest.mark.parametrize(
    "apart", [{"shares_documents": False}, {"shares_checklist": False}, {"revoked_at": "2026-01-01T00:00Z"}]
)
def test_who_shares_no_documents_is_left_out(shared, apart):
    shared.people.filter(name="Eva").update(**apart)
    tick(shared, "Rui", date=DAY)
    assert ticks(shared) == {"Ana": DAY, "Rui": DAY}
    tick(shared, "Eva", date=None)
    tick(shared, "Eva", done=False, seen=fingerprint(1))
    assert ticks(shared) == {"Ana": DAY, "Rui": DAY}


def test_who_does_not_need_the_paper_gets_no_tick(shared, monkeypatch):
    eva = shared.people.select_related("checklist").get(name="Eva")
    monkeypatch.setattr(
        "checklists.firms.cases.shared_papers._needs", lambda checklist, key: checklist.pk != eva.checklist_id
    )
    tick(shared, "Rui", date=DAY)
    assert ticks(shared) == {"Ana": DAY, "Rui": DAY}


def test_other_papers_and_tasks_are_everybodys_own(shared):
    person = shared.people.select_related("checklist").get(name="Rui")
    save_item(access=Access(person.checklist), kind="procedure", key=PAPER, done=True)
    save_item(access=Access(person.checklist), kind="document", key="form-ex17", done=True)
    assert ChecklistItem.objects.count() == 2


def test_it_never_crosses_cases_or_firms(firm, other_firm, shared):
    """Rui is in a case of another firm as well, with somebody whose papers are not those of the first household."""
    rui = shared.people.select_related("checklist").get(name="Rui")
    other = household(other_firm, "Zoe")
    SharedDocument.objects.create(case=other, key=PAPER)
    add_person(case=other, name="Rui there", by=other_firm.advisor, checklist=rui.checklist)
    tick(shared, "Ana", date=DAY)
    assert ticks(shared).keys() >= {"Ana", "Rui", "Eva"}
    assert "Zoe" not in ticks(other)
    assert not other_firm.organisation.history.filter(verb="ticked", actor_number__isnull=False).exists()


class TestPanel:
    def path(self, case, firm=None):
        organisation = firm.organisation if firm else case.organisation
        return reverse("cases:documents", args=[organisation.slug, case.pk])

    def test_marking_a_paper_that_somebody_has_ticks_it_for_all(self, advisor, firm, case):
        tick(case, "Rui", date=DAY)
        response = advisor.post(self.path(case), {"among": [PAPER], "shared": [PAPER], "seen": NOTHING}, follow=True)
        assert "Saved which documents are for everybody." in response.text
        assert ticks(case) == ALL
        assert firm.organisation.history.filter(verb="document-shared").count() == 1

    def test_unmarking_it_leaves_the_ticks(self, advisor, case):
        advisor.post(self.path(case), {"among": [PAPER], "shared": [PAPER], "seen": NOTHING})
        tick(case, "Rui", date=DAY)
        advisor.post(self.path(case), {"among": [PAPER], "seen": seen_shared([PAPER], [PAPER])})
        assert ticks(case) == ALL
        tick(case, "Rui", done=False, seen=fingerprint(1))
        assert "Ana" in ticks(case)

    def test_only_what_stood_on_the_page_is_changed(self, advisor, case):
        SharedDocument.objects.create(case=case, key="photo")
        advisor.post(self.path(case), {"among": [PAPER], "shared": [PAPER, "no-such-paper"], "seen": NOTHING})
        assert sorted(map(str, case.shared_documents.all())) == [PAPER, "photo"]

    def test_shows_who_needs_it_and_who_has_it(self, advisor, case):
        tick(case, "Rui")
        page = advisor.get(self.path(case)).text
        assert "Needed by" in page
        assert "ticked by" in page

    def test_a_case_of_one_says_why_it_is_empty(self, advisor, firm, published):
        assert "Nothing in common yet" in advisor.get(self.path(firm.case())).text

    def test_the_page_takes_few_queries(self, advisor, case, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            advisor.get(self.path(case))

    def test_viewers_look_and_change_nothing(self, client, firm, case):
        client.force_login(firm.viewer)
        page = client.get(self.path(case)).text
        assert "disabled" in page
        assert "Save</button>" not in page
        assert client.post(self.path(case), {"among": [PAPER], "shared": [PAPER]}).status_code == 403
        assert not case.shared_documents.exists()

    def test_other_firms_find_nothing(self, client, other_firm, case):
        client.force_login(other_firm.owner)
        for path in (self.path(case), self.path(case, other_firm)):
            assert client.get(path).status_code == 404
            assert client.post(path, {"among": [PAPER], "shared": [PAPER]}).status_code == 404

    def test_strangers_sign_in_first(self, client, case):
        assert client.get(self.path(case)).headers["Location"].startswith(reverse("account_login"))

    def test_wrong_method(self, advisor, case):
        assert advisor.delete(self.path(case)).status_code == 405


def test_members_stand_only_in_the_history_of_their_own_firm(firm, other_firm, shared):
    """Another firm, which Rui works with as well, ticks his paper; in the first firm's case nobody of theirs acted."""
    rui = shared.people.select_related("checklist").get(name="Rui")
    there = add_person(case=other_firm.case("Zoe"), name="Rui there", by=other_firm.advisor, checklist=rui.checklist)
    access = Access(rui.checklist, there, other_firm.advisor)
    save_item(access=access, kind="document", key=PAPER, done=True, date=DAY)
    assert ticks(shared) == ALL
    ticked = firm.organisation.history.filter(verb="ticked")
    assert list(ticked.values_list("actor_number", flat=True)) == [None, None, None]
    assert other_firm.organisation.history.get(verb="ticked").actor_number == other_firm.advisor.pk
