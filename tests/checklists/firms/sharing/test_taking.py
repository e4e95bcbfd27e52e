"""An advisor uses a client's code: once, for one firm, and nobody learns more than they should."""

import datetime

import pytest
from django.utils import timezone

from checklists.access.codes import MOST_BY_ONE
from checklists.firms.sharing.services import take_back, take_code, withdraw_code
from checklists.firms.sharing.words import read_code, written
from checklists.models import Case, CasePerson, HistoryEntry, Membership, Role, ShareCode

GONE = "This code opens nothing"


@pytest.fixture
def code(checklist, code_of):
    return code_of(checklist)


@pytest.fixture
def advisor(client, firm):
    client.force_login(firm.advisor)
    return client


def address(code):
    return f"/share/{written(code.code)}/"


def words(response):
    return " ".join(response.text.split())


class TestTyping:
    @pytest.mark.parametrize("form", ["{}", " {} ", "{}\t", "–{}–"])
    def test_signs_between_do_not_matter(self, form):
        for typed in ("abcd-efgh-jkmn", "ABCD EFGH JKMN", "abcdefghjkmn", "ABCD–EFGH–JKMN"):
            assert read_code(form.format(typed)) == "ABCDEFGHJKMN"

    @pytest.mark.parametrize("typed", ["", "ABCD", "ABCDEFGHJKM0", "ABCDEFGHJKMO", "É" * 12, "A" * 500, "\x00" * 12])
    def test_anything_else_is_no_code(self, typed):
        assert read_code(typed) == ""

    def test_leads_to_what_the_code_opens(self, advisor, code):
        response = advisor.post("/share/", {"code": written(code.code).lower().replace("-", " ")})
        assert response.status_code == 302
        assert response.url == address(code)

    @pytest.mark.parametrize("typed", ["", "ABCD-EFGH-JKM0"])
    def test_mistake_is_told_and_kept(self, advisor, typed):
        response = advisor.post("/share/", {"code": typed})
        assert response.status_code == 422
        assert f'value="{typed}"' in response.text or not typed
        assert "field__error" in response.text


class TestTaking:
    def test_says_what_is_shared_and_who_sees_it_before_anything_happens(self, advisor, checklist, code):
        page = words(advisor.get(address(code)))
        assert "Your client shares the checklist with all answers, the documents and their own notes." in page
        assert "Everybody in Move Well can then see it" in page
        assert checklist.token not in page
        assert not CasePerson.objects.exists()

    def test_opens_a_new_case(self, advisor, checklist, code, firm):
        response = advisor.post(address(code), {"name": "Ana Silva", "email": "ana@example.org"}, follow=True)
        case = Case.objects.get()
        assert response.redirect_chain[-1][0] == case.get_absolute_url()
        assert "Ana Silva&#x27;s checklist is open to your firm." in response.text
        assert (case.name, case.email, case.assignee) == ("Ana Silva", "ana@example.org", firm.advisor)
        place = case.people.get()
        assert (place.checklist, place.shares_notes, place.name) == (checklist, True, "Ana Silva")
        assert case.tasks_total > 0
        assert HistoryEntry.objects.filter(verb="access-granted", actor_number=firm.advisor.pk).exists()

    def test_shows_no_more_than_the_code_says(self, advisor, checklist, code_of):
        code = code_of(checklist, shares_documents=False, shares_notes=False)
        advisor.post(address(code), {"name": "Ana"})
        place = CasePerson.objects.get()
        assert (place.shares_checklist, place.shares_documents, place.shares_notes) == (True, False, False)

    def test_adds_a_person_to_a_case(self, advisor, checklist, code, firm):
        case = firm.case("Silva family")
        found = advisor.get(address(code), {"firm": firm.organisation.slug, "find": "silv"})
        link = f"?firm={firm.organisation.slug}&amp;case={case.pk}"
        assert link in found.text
        advisor.post(address(code) + link.replace("&amp;", "&"), {"name": "Bruno Silva"})
        assert [person.name for person in case.people.all()] == ["Silva family", "Bruno Silva"]
        assert Case.objects.count() == 1

    def test_needs_a_name_and_uses_up_nothing_without(self, advisor, code):
        response = advisor.post(address(code), {"name": " ", "email": "no address"})
        assert response.status_code == 422
        assert "Enter a name, so that you find the case again." in response.text
        assert "no address" in response.text
        assert ShareCode.objects.open().exists()

    def test_again_after_taking_back_goes_to_the_old_place(self, advisor, checklist, place, code_of):
        take_back(place=place)
        code = code_of(checklist)
        assert "It goes back to Ana Silva in the case Ana Silva." in words(advisor.get(address(code)))
        assert advisor.post(address(code)).url == place.case.get_absolute_url()
        place.refresh_from_db()
        assert place.is_open and CasePerson.objects.count() == 1

    def test_what_is_open_already_uses_up_nothing(self, advisor, checklist, place, code_of):
        code = code_of(checklist)
        for send in (advisor.get, advisor.post):
            page = send(address(code))
            assert "Your firm sees this checklist already" in page.text
            assert place.case.get_absolute_url() in page.text
        assert ShareCode.objects.open().get() == code

    def test_second_firm_needs_a_second_code(self, client, checklist, place, code_of, other_firm):
        code = code_of(checklist)
        client.force_login(other_firm.owner)
        client.post(address(code), {"name": "Client from Lisbon"})
        assert checklist.places.open().count() == 2


class TestSeveralFirms:
    @pytest.fixture
    def both(self, client, firm, other_firm):
        Membership.objects.create(organisation=other_firm.organisation, user=firm.advisor, role=Role.ADVISOR)
        client.force_login(firm.advisor)
        return client

    def test_are_chosen_from(self, both, code, other_firm):
        page = both.get(address(code))
        assert "For which firm?" in page.text
        assert both.post(address(code), {"name": "Ana"}).status_code == 200
        assert ShareCode.objects.open().exists()
        both.post(f"{address(code)}?firm={other_firm.organisation.slug}", {"name": "Ana"})
        assert Case.objects.get().organisation == other_firm.organisation

    def test_where_one_only_looks_is_not_among_them(self, both, code, firm, other_firm):
        other_firm.organisation.memberships.filter(user=firm.advisor).update(role=Role.VIEWER)
        assert "for Move Well" in both.get(address(code)).text
        assert both.post(f"{address(code)}?firm={other_firm.organisation.slug}", {"name": "Ana"}).status_code == 404

    def test_case_of_the_other_is_not_found(self, both, code, firm, other_firm):
        foreign = other_firm.case("Foreign")
        query = f"?firm={firm.organisation.slug}&case={foreign.pk}"
        assert both.post(address(code) + query, {"name": "Ana"}).status_code == 404
        assert foreign.people.count() == 1


class TestCodeThatOpensNothing:
    @pytest.fixture(params=["used", "withdrawn", "expired", "unknown", "malformed"])
    def dead(self, request, code, other_firm):
        match request.param:
            case "used":
                take_code(code=code, organisation=other_firm.organisation, by=other_firm.owner, name="Ana")
            case "withdrawn":
                withdraw_code(code=code)
            case "expired":
                ShareCode.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
            case "unknown":
                return "/share/ABCD-EFGH-JKMN/"
            case "malformed":
                return "/share/%3Cscript%3E/"
        return address(code)

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_says_the_same_whatever_is_the_matter(self, advisor, dead, method):
        before = CasePerson.objects.count()
        response = getattr(advisor, method)(dead, {"name": "Ana"})
        assert response.status_code == 404
        assert GONE in response.text
        assert "script>" not in response.text.partition("<h1>")[2].partition("</main>")[0]
        assert CasePerson.objects.count() == before

    def test_is_not_tried_for_ever(self, advisor, code):
        for _time in range(MOST_BY_ONE):
            assert advisor.get("/share/ABCD-EFGH-JKMN/").status_code == 404
        for send in (advisor.get, advisor.post):
            stopped = send(address(code), {"name": "Ana"})
            assert stopped.status_code == 429
            assert "Too many wrong codes" in stopped.text
        assert ShareCode.objects.open().exists()

    def test_mistyping_what_is_no_code_at_all_does_not_count(self, advisor, code):
        for _time in range(MOST_BY_ONE + 1):
            advisor.get("/share/short/")
        assert advisor.get(address(code)).status_code == 200


class TestWhoMayNot:
    def test_anonymous_is_led_to_sign_in_and_learns_nothing(self, client, code):
        good, bad = client.get(address(code)), client.get("/share/ABCD-EFGH-JKMN/")
        assert good.status_code == bad.status_code == 200
        assert f"/account/login/?next={address(code)}" in good.text
        texts = [response.text.partition("<main")[2].partition("</main>")[0] for response in (good, bad)]
        assert texts[0].replace(written(code.code), "X") == texts[1].replace("ABCD-EFGH-JKMN", "X")
        assert client.post(address(code), {"name": "Ana"}).status_code in (200, 302)
        assert not CasePerson.objects.exists()

    def test_viewer_reads_why(self, client, code, firm):
        client.force_login(firm.viewer)
        response = client.post(address(code), {"name": "Ana"})
        assert response.status_code == 403
        assert "Only an owner or an advisor of a firm can use it" in response.text
        assert ShareCode.objects.open().exists()

    def test_somebody_without_a_firm_reads_why(self, client, code, somebody):
        client.force_login(somebody("private@example.org", second_factor=False))
        assert client.get(address(code)).status_code == 403

    def test_somebody_who_has_left_the_firm_gets_nothing(self, advisor, code, firm):
        firm.organisation.memberships.filter(user=firm.advisor).delete()
        assert advisor.post(address(code), {"name": "Ana"}).status_code == 403
        assert not CasePerson.objects.exists()

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_other_methods_are_refused(self, advisor, code, method):
        assert getattr(advisor, method)(address(code)).status_code == 405
        assert getattr(advisor, method)("/share/").status_code == 405

    def test_is_kept_out_of_caches_and_search_engines(self, advisor, code):
        response = advisor.get(address(code))
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex"
