"""Both caches: neither shows what belongs to somebody else, nor takes more than its share of the memory."""

import datetime
import gc
import itertools
import os
import re
import tracemalloc
from functools import partial

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse
from django.utils import translation

from checklists.caching import MEGABYTE, BoundedCache, cached_by_data, cached_for_each, cached_for_state
from checklists.models import Checklist
from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Catalogue
from tests.checklists.conftest import answers_of
from tests.people import Firm

DAY = datetime.date(2026, 11, 20)
FIRST = CompiledCatalogue(Catalogue(), 1, "first")
STATE = ("checklist", 1)
MOST = 10_000

counter = itertools.count()


def for_state(what="body", state=STATE, compiled=FIRST, today=DAY):
    """A number that nobody else was given, or that of the same state."""
    return cached_for_state(what, state, compiled, today, lambda: next(counter))


def by_data(what="row.html", data="one"):
    return cached_by_data(what, data, lambda: next(counter))


def for_each(what="row.html", data="one"):
    return cached_for_each(what, [data], lambda _data: next(counter))[0]


@pytest.mark.parametrize("cached", [for_state, by_data, for_each])
class TestBothKinds:
    def test_the_same_is_made_once(self, cached):
        assert cached() == cached()

    def test_something_else_is_another_thing(self, cached):
        assert cached() != cached(what="other")

    def test_another_language(self, cached):
        here = cached()
        with translation.override("pt"):
            assert cached() != here

    def test_inside_a_preview(self, cached):
        here = cached()
        with override_script_prefix("/preview/draft/today/"):
            assert cached() != here


@pytest.mark.parametrize(
    "other",
    [
        {"state": ("checklist", 2)},
        {"today": DAY + datetime.timedelta(days=1)},
        {"compiled": CompiledCatalogue(Catalogue(), 2, "first")},
        {"compiled": CompiledCatalogue(Catalogue(), 1, "second")},
    ],
    ids=["whose", "day", "edition", "digest"],
)
def test_another_state_has_a_page_of_its_own(other):
    assert for_state() != for_state(**other)


@pytest.mark.parametrize("cached", [by_data, for_each])
def test_other_data_is_drawn_anew(cached):
    assert cached() != cached(data="two")


def test_many_come_in_their_order():
    assert cached_for_each("letter", "abac", str.upper) == ["A", "B", "A", "C"]


@pytest.mark.parametrize(
    ("megabytes", "put"),
    [
        (4, lambda name, make: cached_for_state(name, STATE, FIRST, DAY, make)),
        (2, lambda name, make: cached_by_data(name, "data", make)),
    ],
    ids=["for a state", "by data"],
)
def test_each_takes_no_more_than_its_share(megabytes, put):
    made = []

    def value_of(name):
        return put(name, lambda: made.append(name) or os.urandom(MEGABYTE - 2000))

    for name in range(megabytes):
        value_of(name)
    value_of(0)
    assert made == list(range(megabytes))
    value_of("one too many")
    value_of(0)
    value_of(1)
    assert made[megabytes:] == ["one too many", 1]


class TestTheBound:
    @pytest.fixture
    def put(self):
        """Asks for a name, which takes so many bytes; whether it had to be made."""
        cache = BoundedCache(MOST)

        def put(name, size=2_500):
            made = []
            value = cache.get_or_make(name, lambda: made.append(name) or os.urandom(size))
            assert len(value) == size
            return bool(made)

        put.cache = cache
        return put

    def test_what_was_not_used_for_longest_goes_first(self, put):
        assert [put(name) for name in "abcad"] == [True, True, True, False, True]
        assert [put(name) for name in "acd"] == [False, False, False]
        assert put("b")

    def test_what_is_larger_than_the_whole_is_made_but_not_cached(self, put):
        assert put("large", 2 * MOST)
        assert put("large", 2 * MOST)

    def test_keys_count_as_well(self, put):
        assert put("x" * MOST, 1)
        assert put("x" * MOST, 1)

    def test_what_is_made_twice_at_a_time_is_counted_once(self, put):
        put("other")
        for number in range(10):
            once = partial(put.cache.get_or_make, number, lambda: os.urandom(2_500))
            put.cache.get_or_make(number, once)
            put("other")
        assert not put("other")
        assert not put(9)

    def test_what_is_counted_is_what_it_takes(self):
        """Many small things with long keys, and texts of which each sign takes four bytes in memory."""
        most = 500_000
        tracemalloc.start()
        try:
            cache, before = BoundedCache(most), tracemalloc.get_traced_memory()[0]
            for number in range(3_000):
                key = ("row.html", number), ("checklist", number, datetime.datetime.now(datetime.UTC), f"key-{number}")
                cache.get_or_make(key, lambda number=number: f"{number} 🧭 {os.urandom(100).hex()}")
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] - before <= most
        finally:
            tracemalloc.stop()

    def test_who_changes_what_was_handed_out_changes_nothing_for_others(self):
        cache = BoundedCache(MOST)
        cache.get_or_make("list", lambda: [1]).append(2)
        cache.get_or_make("list", list).append(3)
        assert cache.get_or_make("list", list) == [1]


@pytest.mark.usefixtures("published")
class TestPages:
    @pytest.fixture
    def noted(self):
        """Somebody with a note at what is not on the list, so that it stands on the page of the list itself."""
        checklist = Checklist.objects.start(answers=answers_of("es-05"), edition=1)
        checklist.items.create(kind="procedure", key="nif", done=False, note="Bring my sister")
        return checklist

    @pytest.fixture
    def person(self, noted):
        """The client in a firm's case."""
        person = Firm().case().people.get()
        person.checklist, person.shares_notes = noted, True
        person.save()
        return person

    def test_two_people_with_the_same_answers(self, client, noted):
        other = Checklist.objects.start(answers=answers_of("es-05"), edition=1)
        assert "Bring my sister" in client.get(noted.get_absolute_url()).text
        page = client.get(other.get_absolute_url()).text
        assert "Bring my sister" not in page
        assert noted.token not in page

    def test_a_firm_after_the_client(self, client, noted, person):
        person.shares_notes = person.shares_documents = False
        person.save()
        own = client.get(noted.get_absolute_url()).text
        assert "Bring my sister" in own
        assert 'id="papers-title"' in own
        client.force_login(person.case.organisation.memberships.get(role="advisor").user)
        page = client.get(reverse("checklists:checklist", args=[person.door])).text
        assert "Bring my sister" not in page
        assert 'id="papers-title"' not in page
        assert noted.token not in page

    def test_a_firm_that_may_see_less_by_now(self, client, noted, person):
        client.force_login(person.case.organisation.memberships.get(role="advisor").user)
        door = reverse("checklists:checklist", args=[person.door])
        assert "Bring my sister" in client.get(door).text
        person.shares_notes = False
        person.save()
        assert "Bring my sister" not in client.get(door).text
        person.shares_documents = False
        person.save()
        assert 'id="papers-title"' not in client.get(door).text

    def test_a_viewer_of_a_firm_after_an_advisor(self, client, person):
        door = reverse("checklists:checklist", args=[person.door])
        members = person.case.organisation.memberships
        client.force_login(members.get(role="advisor").user)
        assert "/tick/" in client.get(door).text
        client.force_login(members.get(role="viewer").user)
        assert "/tick/" not in client.get(door).text

    def test_another_day(self, client, noted):
        def calendar(day):
            with clock.as_of(day):
                return re.search(r"Calendar from (\w+ \w+)", client.get(f"{noted.get_absolute_url()}calendar/").text)[1]

        assert calendar(DAY) == "November 2026"
        assert calendar(DAY - datetime.timedelta(days=30)) == "October 2026"

    def test_the_head_of_every_page_says_where_one_is_and_whether_signed_in(self, client):
        def marked(path):
            head = client.get(path).text.partition("</header>")[0]
            # In a row on a wide page, and in the menu of a phone.
            row, _, menu = head.partition("<details")
            found = [re.findall(r'aria-current="(?:page|true)">([^<]*)<', part) for part in (row, menu)]
            assert found[0] == found[1]
            return found[0], ">Sign in<" in head

        assert marked("/") == (["Home"], True)
        assert marked("/guides/") == (["Guides"], True)
        assert marked("/no-such-page/") == ([], True)
        client.force_login(Firm().owner)
        assert marked("/") == ([], False)
        assert marked("/guides/spain/") == (["Guides"], False)
        assert marked("/account/") == (["Account"], False)
        assert marked("/no-such-page/") == ([], False)
