"""What a firm sets up for its work: itself, its stages, labels and answer templates."""

import pytest
from django.urls import reverse

from checklists.firms.members import setup
from checklists.firms.members.forms import SettingsForm
from checklists.models import AnswerTemplate, HistoryEntry, Label, Stage
from checklists.seen import seen_of
from tests.checklists.pages import hidden_fields

pytestmark = pytest.mark.django_db

OWNERS_PAGES = ["settings", "stages"]
ADVISORS_PAGES = ["labels", "templates", "new-template"]
# Each list with what a new row of it holds.
LISTS = {
    "stage": {"name": "Hand over"},
    "label": {"name": "family"},
    "template": {"name": "Photo", "text": "Hi {client}"},
}
KINDS = {"stage": Stage, "label": Label, "template": AnswerTemplate}
EVERY_LIST = pytest.mark.parametrize("kind", LISTS)


def address(firm, name, *args):
    return reverse(f"firms:{name}", args=[firm.organisation.slug, *args])


def page_of(firm, kind):
    return address(firm, f"{kind}s")


def row_of(firm, kind, **values):
    return setup.add(kind=KINDS[kind], organisation=firm.organisation, values={**LISTS[kind], **values}, by=firm.owner)


def seen(row):
    fields = ["name", "text"] if isinstance(row, AnswerTemplate) else ["name"]
    return seen_of(row, fields)


def names(firm):
    return list(firm.organisation.stages.values_list("name", flat=True))


@pytest.fixture
def owner(client, firm):
    client.force_login(firm.owner)
    return client


class TestWhoSees:
    @pytest.mark.parametrize("page", OWNERS_PAGES + ADVISORS_PAGES)
    def test_pages(self, client, firm, other_firm, page):
        path = address(firm, page)
        assert "/login/" in client.get(path).url
        expected = {
            firm.owner: 200,
            firm.advisor: 200 if page in ADVISORS_PAGES else 403,
            firm.viewer: 403,
            other_firm.owner: 404,
        }
        for user, status in expected.items():
            client.force_login(user)
            assert client.get(path).status_code == status

    def test_the_tab_leads_an_advisor_to_what_is_theirs(self, client, firm):
        client.force_login(firm.advisor)
        page = client.get(address(firm, "labels")).text
        assert address(firm, "stages") not in page
        assert f'href="{address(firm, "labels")}"' in client.get(address(firm, "members")).text

    def test_a_viewer_has_no_tab(self, client, firm):
        client.force_login(firm.viewer)
        assert ">Settings<" not in client.get(address(firm, "members")).text


class TestTheFirm:
    @pytest.fixture
    def send(self, owner, firm):
        shown = {
            "name": "Move Well",
            "time_zone": "Europe/Madrid",
            "keep_months": 24,
            "stuck_after_days": 14,
            "seen": seen_of(firm.organisation, SettingsForm.Meta.fields),
        }
        return lambda **changes: owner.post(address(firm, "settings"), {**shown, **changes})

    def test_is_changed(self, send, firm):
        assert send(name="Move Better", time_zone="Atlantic/Canary", mail_shows_content="on").status_code == 302
        firm.organisation.refresh_from_db()
        assert (firm.organisation.name, firm.organisation.time_zone) == ("Move Better", "Atlantic/Canary")
        assert firm.organisation.mail_shows_content
        entry = HistoryEntry.objects.first()
        assert (entry.verb, entry.details["fields"]) == (
            "firm-changed",
            "name, time zone, emails show what messages say",
        )

    def test_unchanged_it_leaves_no_trace(self, send):
        assert send().status_code == 302
        assert HistoryEntry.objects.first().verb != "firm-changed"

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("name", "", "Enter the name"),
            ("name", "x" * 121, "at most 120"),
            ("time_zone", "Mars/Base", "no time zone of this name"),
            ("keep_months", "0", "greater than or equal to 1"),
            ("keep_months", "121", "less than or equal to 120"),
            ("stuck_after_days", "soon", "whole number"),
        ],
    )
    def test_bad_values_are_named_and_kept_on_the_page(self, send, firm, field, value, words):
        response = send(**{field: value})
        assert response.status_code == 422
        assert words in response.text
        assert f'value="{value}"' in response.text or not value
        firm.organisation.refresh_from_db()
        assert (firm.organisation.name, firm.organisation.keep_months) == ("Move Well", 24)

    def test_two_owners_at_once(self, send, owner, firm):
        send(name="Hers")
        response = send(name="His", keep_months=12)
        assert response.status_code == 409
        assert "Hers" in response.text
        assert "<strong>His</strong>" in response.text
        assert owner.post(address(firm, "settings"), hidden_fields(response)).status_code == 302
        firm.organisation.refresh_from_db()
        assert (firm.organisation.name, firm.organisation.keep_months) == ("His", 12)

    def test_by_an_advisor(self, client, firm):
        client.force_login(firm.advisor)
        assert client.post(address(firm, "settings"), {"name": "Mine"}).status_code == 403
        assert client.delete(address(firm, "settings")).status_code == 403


class TestEveryList:
    @EVERY_LIST
    def test_a_row_is_added(self, owner, firm, kind):
        path = address(firm, "new-template") if kind == "template" else page_of(firm, kind)
        response = owner.post(path, LISTS[kind])
        assert response.url == page_of(firm, kind)
        assert LISTS[kind]["name"] in owner.get(response.url).text
        assert HistoryEntry.objects.first().verb == f"{kind}-added"

    @EVERY_LIST
    @pytest.mark.parametrize("name", ["", "   ", "TAKEN", "x" * 200])
    def test_a_name_that_cannot_be(self, owner, firm, kind, name):
        row_of(firm, kind, name="Taken")
        path = address(firm, "new-template") if kind == "template" else page_of(firm, kind)
        response = owner.post(path, {**LISTS[kind], "name": name})
        assert response.status_code == 422
        assert 'aria-invalid="true"' in response.text
        assert KINDS[kind].objects.filter(organisation=firm.organisation, name__iexact="taken").count() == 1

    @EVERY_LIST
    def test_a_row_is_changed(self, owner, firm, kind):
        row = row_of(firm, kind)
        response = owner.post(address(firm, kind, row.pk), {**LISTS[kind], "name": "New name", "seen": seen(row)})
        assert response.url == page_of(firm, kind)
        row.refresh_from_db()
        assert row.name == "New name"
        assert HistoryEntry.objects.first().verb == f"{kind}-changed"

    @EVERY_LIST
    def test_to_a_name_that_is_taken(self, owner, firm, kind):
        row_of(firm, kind, name="Taken")
        row = row_of(firm, kind)
        response = owner.post(address(firm, kind, row.pk), {**LISTS[kind], "name": "taken", "seen": seen(row)})
        assert response.status_code == 422
        assert "is there already" in response.text
        assert 'value="taken"' in response.text

    @EVERY_LIST
    def test_two_people_at_once(self, owner, firm, kind):
        row = row_of(firm, kind)
        form = {**LISTS[kind], "seen": seen(row)}
        owner.post(address(firm, kind, row.pk), {**form, "name": "Hers"})
        response = owner.post(address(firm, kind, row.pk), {**form, "name": "His"})
        assert response.status_code == 409
        assert "Hers" in response.text
        assert "His" in response.text
        row.refresh_from_db()
        assert row.name == "Hers"
        assert owner.post(address(firm, kind, row.pk), hidden_fields(response)).status_code == 302
        row.refresh_from_db()
        assert row.name == "His"

    @EVERY_LIST
    def test_a_row_is_removed(self, owner, firm, kind):
        row = row_of(firm, kind)
        path = address(firm, f"remove-{kind}", row.pk)
        assert owner.get(path).status_code == 405
        assert owner.post(path, {"seen": seen(row)}).status_code == 302
        assert not KINDS[kind].objects.filter(pk=row.pk).exists()
        assert HistoryEntry.objects.first().verb == f"{kind}-removed"
        response = owner.post(path, {"seen": seen(row)})
        assert response.status_code == 404
        assert "Somebody removed it" in response.text

    @EVERY_LIST
    def test_rows_of_another_firm(self, owner, firm, other_firm, kind):
        theirs = row_of(other_firm, kind)
        for name in (kind, f"remove-{kind}"):
            form = {
                **LISTS[kind],
                "name": "Ours",
                "seen": seen(theirs),
                "pk": theirs.pk,
                "organisation": firm.organisation.pk,
            }
            assert owner.post(address(firm, name, theirs.pk), form).status_code == 404
            assert owner.post(address(other_firm, name, theirs.pk), form).status_code == 404
        theirs.refresh_from_db()
        assert theirs.name == LISTS[kind]["name"]

    @EVERY_LIST
    def test_is_nothing_for_viewers(self, client, firm, kind):
        row = row_of(firm, kind)
        client.force_login(firm.viewer)
        for path in (page_of(firm, kind), address(firm, kind, row.pk), address(firm, f"remove-{kind}", row.pk)):
            assert client.post(path, {**LISTS[kind], "seen": seen(row)}).status_code == 403
        row.refresh_from_db()

    @pytest.mark.parametrize("kind", ["label", "template"])
    def test_advisors_keep_labels_and_templates(self, client, firm, kind):
        row = row_of(firm, kind)
        client.force_login(firm.advisor)
        assert client.post(address(firm, f"remove-{kind}", row.pk), {"seen": seen(row)}).status_code == 302

    @EVERY_LIST
    def test_has_an_end(self, owner, firm, kind, monkeypatch):
        monkeypatch.setitem(setup.MOST, KINDS[kind], 1)
        if kind != "stage":
            row_of(firm, kind)
        path = address(firm, "new-template") if kind == "template" else page_of(firm, kind)
        response = owner.post(path, {**LISTS[kind], "name": "One more"})
        assert response.status_code == 422
        assert "the most that a firm can have" in response.text


def shown(firm):
    return {"seen": setup.seen_order(firm.organisation.stages.all())}


class TestStages:
    def test_move(self, owner, firm):
        first, second, *rest = names(firm)
        stage = firm.organisation.stages.first()
        path = address(firm, "move-stage", stage.pk)
        response = owner.post(path, {"to": "down", **shown(firm)}, follow=True)
        assert names(firm) == [second, first, *rest]
        assert response.text.index(f'value="{second}"') < response.text.index(f'value="{first}"')
        owner.post(path, {"to": "up", **shown(firm)})
        owner.post(path, {"to": "up", **shown(firm)})
        assert names(firm) == [first, second, *rest]
        assert [entry.verb for entry in HistoryEntry.objects.all()[:3]] == [
            "stage-moved",
            "stage-moved",
            "firm-started",
        ]

    @pytest.mark.parametrize("to", ["", "sideways"])
    def test_move_nowhere(self, owner, firm, to):
        before = names(firm)
        assert (
            owner.post(address(firm, "move-stage", firm.organisation.stages.last().pk), {"to": to}).status_code == 404
        )
        assert names(firm) == before

    def test_of_another_firm_stay_where_they_are(self, owner, firm, other_firm):
        before = names(other_firm)
        path = address(firm, "move-stage", other_firm.organisation.stages.first().pk)
        assert owner.post(path, {"to": "down"}).status_code == 404
        assert names(other_firm) == before

    def test_with_a_case_stays(self, owner, firm):
        stage = firm.case().stage
        page = owner.get(page_of(firm, "stage")).text
        assert address(firm, "remove-stage", stage.pk) not in page
        response = owner.post(address(firm, "remove-stage", stage.pk), {"seen": seen(stage)})
        assert response.status_code == 422
        assert "1 case is in “New”" in response.text
        assert Stage.objects.filter(pk=stage.pk).exists()

    def test_the_only_one_stays(self, owner, firm):
        stages = list(firm.organisation.stages.all())
        answers = [
            owner.post(address(firm, "remove-stage", stage.pk), {"seen": seen(stage)}).status_code for stage in stages
        ]
        assert answers == [302] * 4 + [422]
        assert names(firm) == [stages[-1].name]


def test_a_removed_label_comes_off_its_cases(owner, firm):
    label, case = row_of(firm, "label"), firm.case()
    case.labels.add(label)
    assert "1 case" in owner.get(page_of(firm, "label")).text
    owner.post(address(firm, "remove-label", label.pk), {"seen": seen(label)})
    assert not case.labels.exists()


@pytest.mark.parametrize("text", ["Dear {klient}", "{client.password}"])
def test_an_answer_template_with_an_unknown_field_is_refused(owner, firm, text):
    response = owner.post(address(firm, "new-template"), {"name": "Photo", "text": text})
    assert response.status_code == 422
    assert "There is no field" in response.text
    assert text in response.text
    assert not AnswerTemplate.objects.exists()
