"""What changed, as its reader sees it: above the list until it was read, and on a page of its own for ever."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.models import ChangeNotice, Checklist
from checklists.updates.notices import describe_notice
from checklists.updates.rollouts import tell_everybody
from tests.checklists.pages import row
from tests.checklists.publishing import SECOND, THIRD, publish, somebody
from tests.guides.small import changed

pytestmark = pytest.mark.django_db


def banner(response):
    return response.text.partition('id="changes"')[2].partition("</section>")[0]


@pytest.fixture
def page(client, checklist):
    return lambda: client.get(checklist.get_absolute_url())


class TestBanner:
    def test_says_what_is_new_why_and_where_it_is_written(self, page, told):
        found = banner(page())
        assert "The rules changed on" in found
        assert re.search(r">New</p>.*because you are there", found, re.DOTALL)
        assert 'href="#procedure-niss"' in found
        assert 'id="procedure-niss"' in page().text

    def test_stands_above_the_list(self, page, told):
        text = page().text
        assert text.index('id="changes"') < text.index("Do this next")

    def test_changed_has_old_and_new_and_gone_has_no_link(self, page, told, checklist):
        publish(changed(changed(SECOND, "procedures", "niss", summary="Other."), "procedures", "nif", optional_when=""))
        tell_everybody()
        publish(changed(SECOND, "procedures", "niss", required_when=""))
        tell_everybody()
        found = banner(page())
        assert "What it is: now “Other.”, it was “Gives you the NISS.”" in found
        assert re.search(r"No longer needed</p>.*<strong>Get a Social Security number", found, re.DOTALL)

    def test_what_changed_inside_a_task_is_one_line_that_opens(self, page, told, checklist):
        nif = next(entry for entry in SECOND.procedures if entry.key == "nif").model_dump()
        steps = [{**step, "text": f"{step['text']} Slowly."} for step in nif["steps"]]
        extra = [{"key": "wait", "text": "Wait for it.", "facts": ["nif.what"]}]
        publish(changed(SECOND, "procedures", "nif", steps=[*steps, *extra]))
        tell_everybody()
        newest = banner(page()).partition("<h2>")[2].partition("<h2>")[0]
        assert newest.startswith("The rules changed on") and ": 1 changed</h2>" in newest
        assert "Wait for it." in newest.partition('<details class="fold fold--quiet">')[2]

    def test_several_stand_together_newest_first(self, page, told):
        publish(THIRD)
        tell_everybody()
        found = banner(page())
        assert found.count("The rules changed on") == 2
        assert found.index("Ask for a Social Security number") < found.index(">Get a Social Security number")

    def test_nothing_where_nothing_changed(self, client, told):
        assert banner(client.get(somebody().get_absolute_url())) == ""

    def test_nothing_in_previews(self, client, editor, checklist, told):
        Checklist.objects.update(preview=True)
        client.force_login(editor)
        response = client.get(f"/preview/1/today{checklist.get_absolute_url()}")
        assert "Do this next" in response.text
        assert banner(response) == ""
        assert 'id="mail"' not in response.text

    def test_ticks_are_still_there(self, page, checklist, first):
        save_item(access=Access(checklist), kind="procedure", key="nif", done=True)
        publish(SECOND)
        tell_everybody()
        assert "row--done" in row(page(), "procedure", "nif")

    def test_costs_no_query_more_for_each_notice(self, page, told, django_assert_max_num_queries):
        publish(THIRD)
        tell_everybody()
        with django_assert_max_num_queries(6):
            page()


class TestReading:
    def press(self, client, response):
        url = re.search(r'formaction="([^"]+/read/[^"]*)"', banner(response))[1]
        return client.post(url, follow=True)

    def test_button_puts_it_away(self, client, page, told):
        response = self.press(client, page())
        assert banner(response) == ""
        told.refresh_from_db()
        assert told.acknowledged_at

    def test_what_came_after_the_page_was_drawn_stays(self, client, page, told):
        seen = page()
        publish(THIRD)
        tell_everybody()
        assert "Ask for a Social Security number" in banner(self.press(client, seen))

    def test_past_changes_stay_on_their_page(self, client, page, told, checklist):
        self.press(client, page())
        text = client.get(reverse("checklists:changes", args=[checklist.token])).text
        assert "Get a Social Security number" in text
        assert f'href="{checklist.get_absolute_url()}#procedure-niss"' in text
        assert "You read this on" in text

    def test_page_without_changes_says_so(self, client, checklist):
        assert (
            "Nothing on this checklist has changed"
            in client.get(reverse("checklists:changes", args=[checklist.token])).text
        )

    def test_wrong_link_and_wrong_method(self, client, checklist, told):
        assert client.get(reverse("checklists:acknowledge", args=[checklist.token])).status_code == 405
        assert client.post(reverse("checklists:changes", args=[checklist.token])).status_code == 405
        assert client.post(reverse("checklists:acknowledge", args=["A" * 22])).status_code == 404
        client.post(reverse("checklists:acknowledge", args=[checklist.token]) + "?edition=x")
        assert checklist.notices.unread().exists()


def test_a_notice_has_at_most_twelve_lines_and_leaves_nothing_out():
    def line(kind, key, within=""):
        return {"kind": kind, "key": key, "name": key.title(), "within": within, "because": [], "differences": [],
                "sources": []}  # fmt: skip

    changes = {
        "new": [line("procedure", "visa"), *(line("document", f"paper-{number}") for number in range(5))],
        "changed": [line("step", f"task-{number}/go", f"Task {number}") for number in range(20)],
        "gone": [line("alert", "no-visa")],
    }
    notice = ChangeNotice(edition=2, published_at=timezone.now(), changes=changes)
    groups = describe_notice(notice, {})["groups"]
    assert sum(len(group["lines"]) for group in groups) == 12
    shown = [line for group in groups for line in group["lines"]]
    told = {part["line"]["name"] for line in shown for part in line["parts"]} | {line["name"] for line in shown}
    assert {raw["name"] for state in changes.values() for raw in state} <= told
