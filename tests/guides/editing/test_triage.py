"""Editors take up what readers report, compare it with the published text, and say what became of it."""

import datetime
import re

import pytest
from django.urls import reverse

from guides.models import Fact, Procedure, Report

LIST = reverse("admin:guides_report_changelist")

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(edition):
    def make(**fields):
        values = {
            "edition": 1,
            "country": "pt",
            "procedure": "nif",
            "fact": "nif.fee",
            "office": "Lisboa 3",
            "month": datetime.date(2026, 10, 1),
            "words": "They want <b>an invoice</b>.",
            "received_on": datetime.date(2026, 11, 22),
        }
        return Report.objects.create(**{**values, **fields})

    return make


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


def page_of(report, name="change"):
    return reverse(f"admin:guides_report_{name}", args=[report.pk])


def offices(page):
    return [report.office for report in page.context_data["cl"].result_list]


def test_new_ones_stand_first(browser, make):
    make(office="Answered", state="answered", received_on=datetime.date(2026, 11, 30))
    make(office="Old")
    make(office="Newest", received_on=datetime.date(2026, 11, 23))
    assert offices(browser.get(LIST)) == ["Newest", "Old", "Answered"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state__exact": "new"}, ["Lisboa 3", "Somewhere"]),
        ({"procedure": "nif"}, ["Lisboa 3", "Done"]),
        ({"country": "es"}, ["Somewhere"]),
        ({"q": "invoice"}, ["Lisboa 3"]),
    ],
)
def test_list_is_filtered_and_searched(browser, make, query, found):
    make(office="Somewhere", country="es", procedure="gone", words="?")
    make()
    make(office="Done", state="no_change", words="?")
    assert offices(browser.get(LIST, query)) == found


def test_list_names_procedures_and_needs_few_queries(browser, make, django_assert_max_num_queries):
    for number in range(30):
        make(office=str(number))
    with django_assert_max_num_queries(12):
        page = browser.get(LIST)
    assert "Get a tax number" in page.text


def test_report_stands_beside_the_published_text_and_links(browser, make):
    Procedure.objects.filter(key="nif").update(summary="Changed since.")
    page = browser.get(page_of(make())).text
    assert "They want &lt;b&gt;an invoice&lt;/b&gt;." in page
    assert "Gives you the NIF." in page
    assert "Changed since." not in page
    assert "Agents charge." in page
    assert "<strong>The fact:</strong> It is free." in page
    assert '<a href="/procedures/portugal/nif/">as readers see it</a>' in page
    assert reverse("admin:guides_procedure_change", args=[Procedure.objects.get(key="nif").pk]) in page
    assert reverse("admin:guides_fact_change", args=[Fact.objects.get(key="nif.fee").pk]) in page


def test_report_about_what_is_gone_still_opens(browser, make):
    page = browser.get(page_of(make(edition=7, procedure="gone", fact="gone")))
    assert "Edition 7 cannot be read any more." in page.text


def test_editor_says_what_became_of_it(browser, editor, make):
    report = make()
    browser.post(
        page_of(report), {"state": "answered", "note": "The portal says so.", "words": "Nothing", "office": "X"}
    )
    report.refresh_from_db()
    assert (report.state, report.note, report.handled_by) == ("answered", "The portal says so.", editor)
    assert report.handled_at is not None
    assert (report.words, report.office) == ("They want <b>an invoice</b>.", "Lisboa 3")


def test_saving_without_a_change_names_nobody(browser, make):
    report = make()
    browser.post(page_of(report), {"state": "new", "note": ""})
    report.refresh_from_db()
    assert report.handled_by is None


def test_unknown_state_is_refused(browser, make):
    report = make()
    assert "Select a valid choice." in browser.post(page_of(report), {"state": "odd", "note": ""}).text
    report.refresh_from_db()
    assert report.state == "new"


def test_nobody_writes_a_report_in_the_admin(browser, make):
    assert browser.get(reverse("admin:guides_report_add")).status_code == 403


def test_only_publishers_delete(client, editor, publisher, make):
    report = make()
    client.force_login(editor)
    assert client.post(page_of(report, "delete"), {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": report.pk, "post": "yes"})
    assert Report.objects.exists()
    client.force_login(publisher)
    client.post(page_of(report, "delete"), {"post": "yes"})
    assert not Report.objects.exists()


def test_others_see_no_reports(client, make, somebody):
    assert client.get(page_of(make())).status_code == 302
    client.force_login(somebody("reader@example.org", is_staff=True))
    assert client.get(LIST).status_code == 403


def test_open_reports_are_counted_where_editors_come_by(browser, make):
    make()
    make(state="taken_up", procedure="niss", fact="")
    make(state="no_change")
    assert "2 reports of readers are open." in browser.get(reverse("admin:index")).text
    procedure = Procedure.objects.get(key="nif")
    page = browser.get(reverse("admin:guides_procedure_change", args=[procedure.pk])).text
    assert re.search(rf'<a href="{LIST}\?procedure=nif">1 open report<', page)


def test_fact_lists_its_reports(browser, make):
    report = make()
    make(fact="", office="Elsewhere")
    page = browser.get(reverse("admin:guides_fact_change", args=[Fact.objects.get(key="nif.fee").pk])).text
    assert f'<a href="{page_of(report)}">Lisboa 3</a> · 2026-10 · New' in page
    assert "Elsewhere" not in page
