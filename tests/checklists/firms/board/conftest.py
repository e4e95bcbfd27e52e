import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from checklists.models import Case, Organisation

TODAY = datetime.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The same day for every test, wherever the firm is."""
    monkeypatch.setattr(Organisation, "today", lambda organisation: TODAY)
    return TODAY


def in_days(days):
    return TODAY + datetime.timedelta(days=days)


@pytest.fixture
def having(firm):
    """Makes a case of the firm, as the board keeps it of its plan: with these fields."""

    def make(name, *, of=firm, **fields):
        case = of.case(name)
        Case.objects.filter(pk=case.pk).update(**fields)
        return case

    return make


class Board:
    """The board as somebody sees it in a browser without scripts."""

    def __init__(self, client, organisation):
        self.client = client
        self.address = reverse("board:cases", args=[organisation.slug])

    def get(self, query="", status=200):
        response = self.client.get(self.address + query)
        assert response.status_code == status
        return response.content.decode()

    def queries(self, query=""):
        """How many queries the page itself asks, behind those of signing in; the counts are kept by then."""
        self.get(query)
        with CaptureQueriesContext(connection) as asked:
            self.get(query)
        own = 'SELECT "checklists_membership"'
        return len(asked) - next(place for place, entry in enumerate(asked) if entry["sql"].startswith(own))

    def names(self, query=""):
        """The clients on the list, from top to bottom."""
        return re.findall(r'<th class="board__name".*?<a [^>]*>(.*?)</a>', self.get(query), re.S)

    def row(self):
        """The first case of the list, as HTML."""
        return re.search(r'<tr class="board__row.*?</tr>', self.get(), re.S)[0]

    def total(self, query=""):
        return re.search(r'id="total">(.*?)</p>', self.get(query))[1]

    def tabs(self, query=""):
        """The number on each view."""
        return {
            text.strip(): int(count)
            for text, count in re.findall(r'<a [^>]*>([^<]*)<span class="count">(\d+)</span>', self.get(query))
        }


@pytest.fixture
def board(client, firm):
    client.force_login(firm.advisor)
    return Board(client, firm.organisation)
