"""The cache in the memory of a process: its bound, and that it shows nobody what belongs to somebody else."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from checklists.models import Checklist
from relocation.memory import BoundedMemoryCache
from tests.people import Firm

MOST = 10_000


@pytest.fixture
def bounded():
    cache = BoundedMemoryCache("bounded", {"OPTIONS": {"MAX_BYTES": MOST}})
    yield cache
    cache.clear()


def test_what_was_not_used_for_longest_goes_first(bounded):
    for name in "abc":
        bounded.set(name, b"x" * 3_000)
    bounded.get("a")
    bounded.set("d", b"x" * 3_000)
    assert [name for name in "abcd" if name in bounded] == ["a", "c", "d"]


def test_what_is_larger_than_the_whole_is_made_but_not_kept(bounded):
    assert bounded.get_or_set("large", lambda: b"x" * 2 * MOST) == b"x" * 2 * MOST
    assert "large" not in bounded


def test_the_same_key_is_counted_once(bounded):
    bounded.set("other", b"x" * 3_000)
    for _ in range(10):
        bounded.set("same", b"x" * 3_000)
    assert "other" in bounded


def test_the_site_uses_it():
    assert isinstance(caches["local"], BoundedMemoryCache)


@pytest.mark.usefixtures("published")
class TestNobodyElsesPage:
    def test_two_people_with_the_same_answers(self, client):
        mine, theirs = (Checklist.objects.start(answers={"destination": "es"}, edition=1) for _ in range(2))
        mine.items.create(kind="procedure", key="empadronamiento", done=False, note="Bring my sister")
        assert "Bring my sister" in client.get(mine.get_absolute_url()).text
        page = client.get(theirs.get_absolute_url()).text
        assert "Bring my sister" not in page
        assert mine.token not in page

    def test_a_firm_that_may_not_see_notes_after_the_client_has_looked(self, client):
        firm = Firm()
        case = firm.case()
        checklist = Checklist.objects.start(answers={"destination": "es"}, edition=1)
        checklist.items.create(kind="procedure", key="empadronamiento", done=False, note="Bring my sister")
        person = case.people.get()
        person.checklist, person.shares_notes = checklist, False
        person.save()
        assert "Bring my sister" in client.get(checklist.get_absolute_url()).text
        client.force_login(firm.advisor)
        page = client.get(reverse("checklists:checklist", args=[person.door]))
        assert page.status_code == 200
        assert "Bring my sister" not in page.text
        assert checklist.token not in page.text
