"""Opening, changing and putting away one case."""

import pytest
from django.urls import reverse

from checklists.firms.cases.services import change_case
from checklists.models import Case, Label
from checklists.models.cases import CaseSummary
from checklists.seen import seen_of
from tests.checklists.pages import hidden_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisor(client, firm, published):
    client.force_login(firm.advisor)
    return client


def address(firm, page, *rest):
    return reverse(f"cases:{page}", args=[firm.organisation.slug, *rest])


def typed(firm, **fields):
    stage = firm.organisation.stages.first()
    return {"name": "Ana Silva", "email": "", "priority": 2, "stage": stage.pk, **fields}


def history(firm):
    return list(firm.organisation.history.order_by("number").values_list("verb", flat=True))


class TestOpening:
    def test_everything_that_is_known_is_kept(self, advisor, firm):
        label = Label.objects.create(organisation=firm.organisation, name="VIP")
        stage = firm.organisation.stages.last()
        fields = {
            "email": "ana@client.example",
            "destination": "pt",
            "target_date": "2027-05-03",
            "reference": "R-17",
            "assignee": firm.owner.pk,
            "stage": stage.pk,
            "priority": 3,
            "labels": [label.pk],
        }
        response = advisor.post(address(firm, "new"), typed(firm, **fields))
        case = Case.objects.get()
        assert response.headers["Location"] == case.get_absolute_url()
        assert (case.destination, str(case.target_date), case.reference) == ("pt", "2027-05-03", "R-17")
        assert (case.assignee, case.stage, case.priority, list(case.labels.all())) == (firm.owner, stage, 3, [label])
        assert case.people.get().checklist.answers == {"destination": "pt"}
        assert set(case.organisation.history.values_list("verb", flat=True)) >= {"case-opened", "person-added"}

    def test_the_form_offers_the_countries_of_the_edition_and_who_works_here(self, advisor, firm):
        page = advisor.get(address(firm, "new")).text
        assert ">Spain</option>" in page
        assert ">Olga Owner</option>" in page
        assert "Vera Viewer</option>" not in page

    @pytest.mark.parametrize(
        "bad",
        [{"name": ""}, {"email": "nobody"}, {"destination": "xx"}, {"target_date": "soon"}, {"priority": 9}],
    )
    def test_bad_input_keeps_what_was_typed(self, advisor, firm, bad):
        response = advisor.post(address(firm, "new"), typed(firm, reference="R-17", **bad))
        assert response.status_code == 422
        assert "Nothing was saved yet" in response.text
        assert "R-17" in response.text
        assert not Case.objects.exists()

    def test_nothing_of_another_firm_can_be_chosen(self, advisor, firm, other_firm):
        label = Label.objects.create(organisation=other_firm.organisation, name="Theirs")
        stage = other_firm.organisation.stages.first()
        for bad in ({"assignee": other_firm.owner.pk}, {"stage": stage.pk}, {"assignee": firm.viewer.pk}):
            assert advisor.post(address(firm, "new"), typed(firm, **bad)).status_code == 422
        advisor.post(address(firm, "new"), typed(firm, labels=[label.pk]))
        assert not label.cases.exists()

    def test_an_address_that_a_case_has_already_wants_a_second_word(self, advisor, firm):
        twin = firm.case(email="Ana@client.example", reference="R-1")
        response = advisor.post(address(firm, "new"), typed(firm, email="ana@CLIENT.example"))
        assert response.status_code == 422
        assert twin.get_absolute_url() in response.text
        assert Case.objects.count() == 1
        advisor.post(address(firm, "new"), typed(firm, email="ana@CLIENT.example", anyway="1"))
        assert Case.objects.count() == 2

    def test_an_archived_case_and_one_of_another_firm_are_no_twins(self, advisor, firm, other_firm):
        other_firm.case(email="ana@client.example")
        old = firm.case(email="ana@client.example")
        advisor.post(address(firm, "archive", old.pk))
        assert advisor.post(address(firm, "new"), typed(firm, email="ana@client.example")).status_code == 302


class TestChanging:
    def test_a_change_is_kept_and_written_down(self, advisor, firm):
        case = firm.case()
        sent = typed(firm, name="Ana Sousa", seen=seen_of(case), destination="es")
        assert advisor.post(address(firm, "edit", case.pk), sent).status_code == 302
        case.refresh_from_db()
        assert (case.name, case.destination) == ("Ana Sousa", "es")
        entry = firm.organisation.history.first()
        assert entry.verb == "case-changed"
        assert entry.details["changes"] == {"name": ["Ana Silva", "Ana Sousa"], "destination": ["", "Spain"]}

    def test_what_is_kept_of_the_plans_is_nobody_s_to_change(self, advisor, firm):
        case = firm.case(destination="es")
        names = [field.name for field in CaseSummary._meta.fields]
        before = Case.objects.values(*names).get()
        made_up = {name: "2030-01-01" if name in ("next_deadline", "summarised_on") else "17" for name in names}
        sent = typed(firm, destination="es", seen=seen_of(case), reference="R-17", **made_up)
        assert advisor.post(address(firm, "edit", case.pk), sent).status_code == 302
        assert Case.objects.get().reference == "R-17"
        assert Case.objects.values(*names).get() == before
        advisor.post(address(firm, "new"), typed(firm, destination="es", **made_up))
        assert Case.objects.values(*names).last() == before

    def test_saving_without_a_change_leaves_no_trace(self, advisor, firm):
        case = firm.case()
        before = history(firm)
        advisor.post(address(firm, "edit", case.pk), typed(firm, seen=seen_of(case)))
        assert history(firm) == before

    def test_who_was_slower_sees_both_and_decides(self, advisor, firm):
        case = firm.case()
        change_case(case=case, seen=seen_of(case), by=firm.owner, name="Ana Costa", priority=3)
        sent = typed(firm, name="Ana Sousa", seen=seen_of(case))
        response = advisor.post(address(firm, "edit", case.pk), sent)
        assert response.status_code == 409
        for text in ("Ana Costa", "Ana Sousa", "Somebody changed this before you"):
            assert text in response.text
        assert Case.objects.get().name == "Ana Costa"
        assert advisor.post(address(firm, "edit", case.pk), hidden_fields(response)).status_code == 302
        assert Case.objects.get().name == "Ana Sousa"

    @pytest.mark.parametrize("seen", ["", "0", "nonsense"])
    def test_a_form_that_has_not_seen_it_overwrites_nothing(self, advisor, firm, seen):
        case = firm.case()
        response = advisor.post(address(firm, "edit", case.pk), typed(firm, name="Eve", seen=seen))
        assert response.status_code in (409, 422)
        assert Case.objects.get().name == "Ana Silva"

    def test_bad_input(self, advisor, firm):
        case = firm.case()
        sent = typed(firm, name="", reference="R-17", seen=seen_of(case))
        response = advisor.post(address(firm, "edit", case.pk), sent)
        assert response.status_code == 422
        assert "Change Ana Silva" in response.text
        assert "R-17" in response.text

    def test_a_country_that_the_edition_no_longer_has_can_stay(self, advisor, firm):
        case = firm.case(destination="fr")
        sent = typed(firm, destination="fr", seen=seen_of(case))
        assert advisor.post(address(firm, "edit", case.pk), sent).status_code == 302


def test_archive_and_restore(advisor, firm):
    case = firm.case()
    advisor.post(address(firm, "archive", case.pk))
    assert Case.objects.archived().get() == case
    advisor.post(address(firm, "restore", case.pk))
    assert Case.objects.active().get() == case
    assert history(firm)[-2:] == ["archived", "restored"]


def test_follow_and_stop(advisor, firm):
    case = firm.case()
    advisor.post(address(firm, "follow", case.pk), {"follow": "1"})
    assert list(case.followers.all()) == [firm.advisor]
    advisor.post(address(firm, "follow", case.pk), {"follow": "0"})
    assert not case.followers.exists()


PAGES = ["new", "edit", "archive", "restore", "follow"]


def path_of(firm, case, page):
    return address(firm, page, *([] if page == "new" else [case.pk]))


class TestWrongPerson:
    @pytest.mark.parametrize("page", PAGES)
    def test_viewers_may_not(self, client, firm, published, page):
        case = firm.case()
        client.force_login(firm.viewer)
        assert client.post(path_of(firm, case, page), typed(firm, seen=seen_of(case), name="Eve")).status_code == 403
        case.refresh_from_db()
        assert (case.name, case.archived_at, Case.objects.count()) == ("Ana Silva", None, 1)

    @pytest.mark.parametrize("page", PAGES)
    def test_other_firms_find_nothing(self, client, firm, other_firm, published, page):
        case = firm.case()
        client.force_login(other_firm.owner)
        assert client.post(path_of(firm, case, page), typed(firm, seen=seen_of(case), name="Eve")).status_code == 404
        if page != "new":
            assert client.post(path_of(other_firm, case, page), typed(other_firm, name="Eve")).status_code == 404
        case.refresh_from_db()
        assert (case.name, case.archived_at) == ("Ana Silva", None)

    @pytest.mark.parametrize("page", PAGES)
    def test_strangers_sign_in_first(self, client, firm, published, page):
        response = client.post(path_of(firm, firm.case(), page))
        assert response.headers["Location"].startswith(reverse("account_login"))

    @pytest.mark.parametrize("page", ["archive", "restore", "follow"])
    def test_looking_changes_nothing(self, advisor, firm, page):
        assert advisor.get(path_of(firm, firm.case(), page)).status_code == 405
