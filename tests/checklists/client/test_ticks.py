"""Ticks, notes and dates: saved with and without scripts, moving the plan on, never overwriting silently."""

import datetime
import re

import pytest

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.models import Checklist, ChecklistItem
from checklists.seen import fingerprint
from tests.checklists.pages import address, attributes, hidden_fields, list_of, press, row, tick_of

NOTE = '<script>alert("x")</script> & <b>bold</b>'


@pytest.fixture
def page(client, freelancer):
    return client.get(freelancer.get_absolute_url())


def item_of(checklist, kind, key):
    return checklist.items.get(kind=kind, key=key)


class TestTick:
    def test_leads_back_to_the_line_and_can_be_undone(self, client, freelancer, page):
        button = tick_of(page, "document", "photo")
        assert button["aria-pressed"] == "false"
        response = client.post(button["formaction"], {"done": button["value"]})
        assert response.url == f"{freelancer.get_absolute_url()}#document-photo"
        page = client.get(response.url)
        assert tick_of(page, "document", "photo")["aria-pressed"] == "true"
        press(client, page, "document", "photo")
        assert not item_of(freelancer, "document", "photo").done

    def test_counts_as_progress(self, client, page):
        before = re.search(r"(\d+) of (\d+) papers in hand", page.text)
        after = re.search(r"(\d+) of (\d+) papers in hand", press(client, page, "document", "photo").text)
        assert (int(after[1]), after[2]) == (int(before[1]) + 1, before[2])

    def test_says_what_happened_with_a_button_that_takes_it_back(self, client, freelancer, page):
        after = press(client, page, "document", "photo")
        told = after.text.partition("In hand: Passport photo.")[2].partition("</button>")[0]
        assert told.endswith("Undo")
        button = attributes(told)
        assert button["form"] == "ticks"
        undone = client.post(button["formaction"], {button["name"]: button["value"]}, follow=True)
        assert not item_of(freelancer, "document", "photo").done
        assert "No longer in hand: Passport photo." in undone.text

    def test_a_name_in_that_message_is_escaped(self, client, freelancer, page, monkeypatch):
        monkeypatch.setattr("checklists.client.views.items.name_of", lambda *args: "<b>x</b>")
        assert "In hand: &lt;b&gt;x&lt;/b&gt;." in press(client, page, "document", "photo").text

    def test_finished_task_moves_the_plan_on(self, client, freelancer):
        task = client.get(address("task", freelancer, "aeat-censal-036"))
        assert (
            "Done: Tax registration for self-employment (form 036)."
            in press(client, task, "procedure", "aeat-censal-036").text
        )
        page = client.get(freelancer.get_absolute_url())
        assert "1 of 9 tasks done" in page.text
        hero = page.text.partition("Do this next")[2].partition("</section>")[0]
        assert "Tax registration" not in hero
        assert "A finished task gave it to you" in row(page, "document", "form-036-receipt")

    def test_says_what_it_unlocks(self, client, employee):
        task = client.get(address("task", employee, "tax-number"))
        response = press(client, task, "procedure", "nif")
        assert "You can now start:" in response.text
        unlocked = response.text.partition("You can now start:")[2].partition("</div>")[0]
        assert "Tax address in Portugal" in unlocked

    def test_all_steps_done_suggest_finishing(self, client, freelancer):
        page = client.get(address("task", freelancer, "aeat-censal-036"))
        for step in re.findall(r'id="tick-step-(aeat-censal-036--[^"]+)"', page.text):
            press(client, page, "step", step)
            page = client.get(address("task", freelancer, "aeat-censal-036"))
        assert "All steps are ticked. Is this task finished?" in page.text
        assert not freelancer.items.filter(kind="procedure").exists()

    def test_day_of_a_finished_task_counts(self, client, freelancer, page):
        save_item(
            access=Access(freelancer),
            kind="procedure",
            key="empadronamiento",
            done=True,
            date=datetime.date(2026, 11, 10),
        )
        found = row(client.get(freelancer.get_absolute_url()), "procedure", "empadronamiento")
        assert "<b>10 Nov</b>done" in found

    def test_same_with_htmx_and_without(self, client, freelancer, page):
        plain = press(client, page, "document", "photo")
        press(client, plain, "document", "photo")
        again = client.get(freelancer.get_absolute_url())
        htmx = press(client, again, "document", "photo", hx_request="true")
        assert htmx.redirect_chain == plain.redirect_chain
        assert list_of(htmx).replace(fingerprint(3), fingerprint(1)) == list_of(plain)
        assert "In hand: Passport photo." in htmx.text.partition('id="status"')[2]

    def test_wrong_lines_are_not_found(self, client, freelancer):
        for kind, key in (
            ("document", "no-such"),
            ("procedure", "no-such"),
            ("step", "tie-ex17/no-such"),
            ("step", "tie-ex17"),
            ("mood", "passport"),
        ):
            assert client.post(address("tick", freelancer, kind, key), {"done": "1"}).status_code == 404
        assert not freelancer.items.exists()

    def test_looking_at_the_address_ticks_nothing(self, client, freelancer):
        response = client.get(address("tick", freelancer, "document", "photo"))
        assert response.status_code == 405
        assert "This address works in another way" in response.text
        assert not freelancer.items.exists()

    def test_queries_of_a_tick_and_the_page_after_it(self, client, page, django_assert_max_num_queries):
        button = tick_of(page, "document", "photo")
        with django_assert_max_num_queries(9):
            response = client.post(button["formaction"], {"done": "1"})
        with django_assert_max_num_queries(3):
            client.get(response.url)


class TestTwoBrowsers:
    def test_opposite_ticks_show_both(self, client, freelancer, page):
        press(client, client.get(freelancer.get_absolute_url()), "document", "photo")
        press(client, client.get(freelancer.get_absolute_url()), "document", "photo")
        response = press(client, page, "document", "photo")
        assert response.status_code == 409
        assert "Not ticked" in response.text
        assert not item_of(freelancer, "document", "photo").done

    def test_own_tick_can_be_saved_after_all(self, client, freelancer, page):
        save_item(access=Access(freelancer), kind="document", key="photo", done=False, note="two")
        conflict = press(client, page, "document", "photo")
        url = address("tick", freelancer, "document", "photo")
        assert f'action="{url}"' in conflict.text
        client.post(url, hidden_fields(conflict))
        saved = item_of(freelancer, "document", "photo")
        assert saved.done
        assert saved.note == "two"

    def test_same_tick_twice_is_no_conflict(self, client, freelancer, page):
        press(client, page, "document", "photo")
        response = press(client, page, "document", "photo")
        assert response.status_code == 200
        assert item_of(freelancer, "document", "photo").version == 1

    def test_htmx_is_told_where_to_put_the_conflict(self, client, freelancer, page):
        save_item(access=Access(freelancer), kind="document", key="photo", done=False, note="two")
        response = press(client, page, "document", "photo", hx_request="true")
        assert response.status_code == 409
        assert response.headers["HX-Retarget"] == "#content"
        assert response.headers["HX-Push-Url"] == address("item", freelancer, "document", "photo")

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 5000])
    def test_who_has_not_seen_it_overwrites_nothing(self, client, freelancer, seen):
        save_item(access=Access(freelancer), kind="document", key="photo", done=True)
        url = f"{address('tick', freelancer, 'document', 'photo')}?seen={seen}"
        assert client.post(url, {"done": "0"}).status_code == 409
        assert item_of(freelancer, "document", "photo").done

    def test_notes_show_both_and_keep_what_was_typed(self, client, freelancer):
        url = address("item", freelancer, "document", "photo")
        seen = hidden_fields(client.get(url))
        client.post(url, {**seen, "note": "theirs"})
        response = client.post(url, {**seen, "note": "mine", "date": "2026-12-01"})
        assert response.status_code == 409
        assert "theirs" in response.text
        assert "mine" in response.text
        assert item_of(freelancer, "document", "photo").note == "theirs"
        client.post(url, {**hidden_fields(response), "note": "mine"})
        saved = item_of(freelancer, "document", "photo")
        assert (saved.note, saved.date) == ("mine", datetime.date(2026, 12, 1))


class TestNotes:
    def save(self, client, checklist, kind="procedure", key="tie-ex17", **given):
        url = address("item", checklist, kind, key)
        return client.post(url, {**hidden_fields(client.get(url)), **given})

    def test_are_saved_and_shown_at_their_line(self, client, freelancer):
        response = self.save(client, freelancer, note="Ask for a morning", date="2027-02-01")
        assert response.url == f"{freelancer.get_absolute_url()}#procedure-tie-ex17"
        found = row(client.get(response.url), "procedure", "tie-ex17")
        assert "Ask for a morning" in found
        assert "<b>1 Feb</b>appointment" in found

    def test_are_escaped(self, client, freelancer):
        self.save(client, freelancer, note=NOTE)
        for url in (freelancer.get_absolute_url(), address("item", freelancer, "procedure", "tie-ex17")):
            page = client.get(url).text
            assert "<script>alert" not in page
            assert "&lt;script&gt;" in page

    def test_keep_their_tick(self, client, freelancer):
        save_item(access=Access(freelancer), kind="document", key="photo", done=True)
        page = client.get(address("item", freelancer, "document", "photo"))
        assert 'name="done" id="document-photo-own-done" checked' in page.text

    def test_come_back_with_their_line(self, client, freelancer):
        self.save(client, freelancer, key="reta-registration", note="Ask my adviser", done="on")
        before = freelancer.answers
        Checklist.objects.filter(pk=freelancer.pk).update(answers={**before, "activities": ["student"]})
        freelancer.refresh_from_db()
        freelancer.save()
        page = client.get(freelancer.get_absolute_url()).text
        retired = page.partition("No longer needed")[2]
        assert "Registration as self-employed with Social Security (RETA)" in retired
        assert "Ask my adviser" in retired
        freelancer.answers = before
        freelancer.save()
        page = client.get(freelancer.get_absolute_url()).text
        assert "No longer needed" not in page
        assert "Ask my adviser" in page

    def test_lines_of_an_older_edition_are_kept(self, client, freelancer):
        ChecklistItem.objects.create(checklist=freelancer, kind="document", key="gone-for-good", done=True, note="x")
        page = client.get(freelancer.get_absolute_url())
        assert "gone-for-good" in page.text.partition("No longer needed")[2]

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"date": "2027-02-30"}, "February 2027 has no day 30."),
            ({"note": "x" * 2001}, "at most 2000 characters"),
            ({"note": "a\x00b"}, "Null characters are not allowed"),
        ],
    )
    def test_bad_ones_are_explained_and_nothing_is_lost(self, client, freelancer, given, message):
        response = self.save(client, freelancer, **given)
        assert response.status_code == 422
        assert message in response.text
        assert response.headers["HX-Retarget"] == "#form-procedure-tie-ex17"
        assert not freelancer.items.exists()

    def test_wrong_lines_are_not_found(self, client, freelancer):
        assert client.get(address("item", freelancer, "document", "no-such")).status_code == 404

    def test_other_methods_are_refused(self, client, freelancer):
        assert client.delete(address("item", freelancer, "document", "photo")).status_code == 405

    def test_queries_are_few(self, client, freelancer, django_assert_num_queries):
        with django_assert_num_queries(2):
            client.get(address("item", freelancer, "document", "photo"))
