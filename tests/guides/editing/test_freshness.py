"""The review queue: what is due stands first, and one click says that it still holds."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from guides import clock
from guides.editions.publishing import current
from guides.models import Document, Fact, Verification

TODAY = datetime.date(2026, 11, 22)
DAY = datetime.timedelta(days=1)
QUEUE = reverse("admin:guides_fact_reviews")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.as_of(TODAY):
        yield TODAY


@pytest.fixture
def browser(client, editor, working_copy):
    client.force_login(editor)
    return client


def make_due(key="nif.what", days=0, since=180):
    """Make a fact due so many days ago, verified so many days before that."""
    due = TODAY - days * DAY
    Fact.objects.filter(key=key).update(review_due=due, verified_on=due - since * DAY)
    return Fact.objects.get(key=key)


def row_of(page, fact):
    return page.text.partition(f'id="fact-{fact.pk}"')[2].partition("</article>")[0]


def token_of(page, fact):
    return re.search(r'type="hidden" name="facts" value="([^"]+)"', row_of(page, fact))[1]


def fields(page, *facts, **typed):
    chosen = {"facts": [token_of(page, fact) for fact in facts], "day": TODAY, "note": "", "again": "", "then": ""}
    return {**chosen, **typed}


class TestQueue:
    def test_it_says_when_nothing_is_left(self, browser):
        Fact.objects.update(verified_on=TODAY, review_due=TODAY + 365 * DAY)
        page = browser.get(QUEUE)
        assert page.status_code == 200
        assert "There is nothing to review." in page.text

    def test_due_then_due_soon_then_never_verified(self, browser):
        for key, due in [("soon", 30), ("late", -3), ("later", 31), ("today", 0)]:
            fact = Fact(key=key, country_id=Fact.objects.first().country_id, statement=key, confidence="guide")
            fact.verified_on, fact.review_due = TODAY - 300 * DAY, TODAY + due * DAY
            fact.save()
        page = browser.get(QUEUE)
        assert re.findall(r'id="fact-\d+-key"><a[^>]+>([^<]+)', page.text) == ["late", "today", "soon", "nif.fee"]
        assert (
            "Due: <strong>2</strong> · Due soon: <strong>1</strong> · Never verified: <strong>1</strong>" in page.text
        )

    def test_row_tells_sources_and_uses(self, browser, editor):
        fact = make_due()
        Verification.objects.create(fact=fact, day=fact.verified_on, note="Read it again", by=editor)
        row = row_of(browser.get(QUEUE), fact)
        assert '<a href="https://example.org/" rel="noopener">Portal</a> (2024-07)' in row
        assert "Official source" in row
        assert "2024-07-19" in row
        assert "(editor@example.org: Read it again)" in row
        document = Document.objects.get(key="nif-document")
        assert f'Document <a href="{reverse("admin:guides_document_change", args=[document.pk])}">Tax number</a>' in row
        assert re.search(r'Procedure <a href="[^"]+">Get a tax number</a>', row)

    def test_guides_are_uses_too(self, browser):
        row = row_of(browser.get(QUEUE), Fact.objects.get(key="nif.fee"))
        assert re.search(r'Guide <a href="[^"]+">Work in Portugal</a>', row)

    @pytest.mark.parametrize(
        ("query", "keys"),
        [
            ({"kind": "due"}, {"nif.what"}),
            ({"kind": "never"}, {"nif.fee"}),
            ({"publisher": "The state"}, {"nif.what"}),
            ({"source": "blog"}, {"nif.what", "nif.fee"}),
            ({"source": "portal"}, {"nif.what"}),
            ({"country": "none", "kind": "odd", "page": "x"}, {"nif.what", "nif.fee"}),
        ],
    )
    def test_filters(self, browser, query, keys):
        make_due()
        page = browser.get(QUEUE, query)
        assert set(re.findall(r'id="fact-\d+-key"><a[^>]+>([^<]+)', page.text)) == keys

    def test_country(self, browser):
        country = Fact.objects.first().country_id
        assert "nif.fee" in browser.get(QUEUE, {"country": country}).text

    def test_queries_do_not_grow_with_the_queue(self, browser, django_assert_num_queries):
        make_due()
        browser.get(QUEUE)
        with django_assert_num_queries(17):
            browser.get(QUEUE)
        one = Fact.objects.get(key="nif.what")
        for number in range(60):
            fact = Fact.objects.create(
                key=f"f{number}", country=one.country, statement="?", confidence="guide", review_due=TODAY
            )
            fact.sources.set(one.sources.all())
            Verification.objects.create(fact=fact, day=TODAY)
        with django_assert_num_queries(17):
            page = browser.get(QUEUE)
        assert "Page 1 of 3" in page.text

    def test_is_linked_from_the_start_page_and_from_the_list(self, browser):
        make_due()
        index = browser.get(reverse("admin:index")).text
        assert "1 fact is due for a review." in index
        assert QUEUE in index
        assert QUEUE in browser.get(reverse("admin:guides_fact_changelist")).text

    @pytest.mark.parametrize(("choice", "keys"), [("due", {"nif.what"}), ("soon", set()), ("never", {"nif.fee"})])
    def test_list_of_facts_filters_by_review(self, browser, choice, keys):
        make_due()
        page = browser.get(reverse("admin:guides_fact_changelist"), {"review": choice})
        assert {row.key for row in page.context_data["cl"].result_list} == keys


class TestVerifying:
    def test_one_click_writes_day_next_review_and_history(self, browser, editor):
        fact = make_due(days=5)
        page = browser.get(QUEUE)
        assert 'value="2027-05-21"' in row_of(page, fact)
        response = browser.post(QUEUE, fields(page, fact, again="2027-05-21", note="Same text"), follow=True)
        assert "1 fact is verified. Readers see it with the next edition." in response.text
        assert not row_of(response, fact)
        fact.refresh_from_db()
        assert (fact.verified_on, fact.review_due) == (TODAY, datetime.date(2027, 5, 21))
        made = Verification.objects.get()
        assert (made.fact, made.day, made.note, made.by) == (fact, TODAY, "Same text", editor)
        assert LogEntry.objects.get().object_id == str(fact.pk)
        address = reverse("admin:guides_fact_change", args=[fact.pk])
        assert "editor@example.org: Same text" in browser.get(address).text

    def test_readers_see_it_with_the_next_edition_only(self, browser, edition):
        fact = make_due()
        browser.post(QUEUE, fields(browser.get(QUEUE), fact))
        assert current().facts["nif.what"].verified_on == datetime.date(2026, 11, 1)

    def test_without_a_distance_the_next_review_is_in_a_year(self, browser):
        fact = Fact.objects.get(key="nif.fee")
        browser.post(QUEUE, fields(browser.get(QUEUE), fact))
        fact.refresh_from_db()
        assert fact.review_due == datetime.date(2027, 11, 22)

    def test_several_at_once_each_keep_their_distance(self, browser):
        facts = [make_due(since=100), make_due("nif.fee", since=10)]
        page = browser.get(QUEUE, {"source": "blog"})
        data = fields(page, *facts)
        del data["then"]
        response = browser.post(f"{QUEUE}?source=blog", data)
        assert response.url == f"{QUEUE}?source=blog"
        found = Fact.objects.filter(verified_on=TODAY)
        assert {fact.review_due - TODAY for fact in found} == {100 * DAY, 10 * DAY}
        assert Verification.objects.count() == 2

    def test_filter_and_place_stay(self, browser):
        fact = make_due()
        data = fields(browser.get(QUEUE), fact, then="7")
        assert browser.post(f"{QUEUE}?kind=due&page=2", data).url == f"{QUEUE}?kind=due&page=2#fact-7"

    @pytest.mark.parametrize("change", [{"verified_on": TODAY}, {"statement": "It is another number."}])
    def test_what_somebody_changed_meanwhile_is_not_overwritten(self, browser, change):
        fact = make_due()
        page = browser.get(QUEUE)
        Fact.objects.filter(pk=fact.pk).update(**change)
        Fact.objects.filter(pk=fact.pk).update(review_due=TODAY + DAY)
        response = browser.post(QUEUE, fields(page, fact, then="7"), follow=True)
        assert "somebody has changed or verified “nif.what” since" in response.text
        fact.refresh_from_db()
        assert fact.review_due == TODAY + DAY
        assert not Verification.objects.exists()

    def test_deleted_meanwhile(self, browser):
        fact = Fact.objects.create(
            key="gone", country=Fact.objects.first().country, statement="?", confidence="guide", review_due=TODAY
        )
        page = browser.get(QUEUE)
        data = fields(page, fact)
        fact.delete()
        assert "1 fact is deleted by now." in browser.post(QUEUE, data, follow=True).text

    def test_day_before_the_last_verification_changes_nothing(self, browser):
        fact = make_due(since=1)
        browser.post(QUEUE, fields(browser.get(QUEUE), fact, day=TODAY - 2 * DAY))
        assert not Verification.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "complaint"),
        [
            ({"day": "soon"}, "Enter a valid date."),
            ({"day": TODAY + DAY}, "This day is still to come."),
            ({"again": TODAY}, "The next review comes after this one."),
            ({"facts": []}, "Tick the facts that you have verified."),
            ({"facts": ["x:y", "9", ":", "99999999999999999999:a"]}, "Tick the facts that you have verified."),
        ],
    )
    def test_bad_input_is_kept_and_explained(self, browser, typed, complaint):
        fact = make_due()
        page = browser.get(QUEUE)
        response = browser.post(QUEUE, {**fields(page, fact, note="My note"), **typed})
        assert response.status_code == 422
        assert complaint in response.text
        if typed.get("facts") is None:
            assert 'value="My note"' in row_of(response, fact)
        assert not Verification.objects.exists()

    def test_only_for_those_who_may_change_facts(self, client, working_copy, somebody):
        assert client.get(QUEUE).status_code == 302
        reader = somebody("reader@example.org", is_staff=True)
        client.force_login(reader)
        assert client.get(QUEUE).status_code == 403
        assert client.post(QUEUE, {"facts": "1:x", "day": TODAY}).status_code == 403

    def test_other_methods(self, browser):
        assert browser.delete(QUEUE).status_code == 405
