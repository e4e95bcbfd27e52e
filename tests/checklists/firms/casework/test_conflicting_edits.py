"""Two people save the same thing 200 times, at the same moment or from pages that are out of date.

Every save lands or is answered with a 409 that shows both values. At the end everything that landed is there: no save
has silently replaced another one.
"""

import html
import random
import re
import threading
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from checklists.firms.casework.notes import write_note
from checklists.firms.history.verifying import verify
from checklists.models import HistoryEntry
from tests.checklists.pages import hidden_fields

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 34


@dataclass
class Editor:
    """A browser with a page of one thing open. ``words`` are what landed, ``refused`` what was answered with a 409."""

    client: Client
    address: str
    name: str
    others: dict[str, str] = field(default_factory=dict)
    page: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def read(self):
        """Open the page anew, as somebody does who wants to see what is there."""
        response = self.client.get(self.address)
        self.page = {**self.others, **hidden_fields(response), self.name: self._value(response.text)}

    def _value(self, text):
        area = re.search(rf'<textarea[^>]*name="{self.name}"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL)
        line = re.search(rf'<input[^>]*name="{self.name}"[^>]*>', text)
        value = area[1] if area else re.search(r'value="([^"]*)"|$', line[0])[1] or ""
        return html.unescape(value).strip()

    def save(self, word, keep):
        """Add a word to what the page held, or with ``keep`` false put it in its place."""
        text = f"{self.page[self.name]} {word}".strip() if keep else word
        response = self.client.post(self.address, {**self.page, self.name: text})
        if response.status_code == 302:
            self.words.append(word)
        elif response.status_code == 409 and word in response.text and "Saved now" in response.text:
            self.refused.append(response.text)
        else:
            self.problems.append(f"{response.status_code} for {word}: {response.text[:2000]}")


def edit_together(one, two, *, keep):
    """Let both save in many rounds, at the same moment. Each sometimes saves from a page that is out of date."""
    chance, start = random.Random(one.address), threading.Barrier(2)
    stale = [[chance.random() < 0.4 for _editor in (one, two)] for _round in range(ROUNDS)]

    def work(editor, place):
        try:
            for number in range(ROUNDS):
                if not number or not stale[number][place]:
                    editor.read()
                start.wait(60)
                editor.save(f"{'ab'[place]}{number}", keep)
                start.wait(60)
        except Exception as error:
            editor.problems.append(repr(error))
            start.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(editor, place)) for place, editor in enumerate((one, two))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.problems + two.problems == []
    assert len(one.words + two.words + one.refused + two.refused) == 2 * ROUNDS
    assert one.refused or two.refused
    return one.words + two.words


def browser(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client


def entries(verb):
    return list(HistoryEntry.objects.filter(verb=verb).order_by("number"))


def test_a_note_of_the_firm_in_two_windows(firm, case):
    note = write_note(case=case, text="", by=firm.advisor)
    address = reverse("casework:change-note", args=[firm.organisation.slug, case.pk, note.pk])
    editors = [Editor(browser(firm.advisor), address, "text") for _window in range(2)]
    landed = edit_together(*editors, keep=True)
    note.refresh_from_db()
    assert sorted(note.text.split()) == sorted(landed)
    assert len(entries("note-changed")) == len(landed)
    assert verify(firm.organisation).broken is None


def test_a_line_of_the_checklist_by_client_and_advisor(published, firm, ana):
    ana.shares_notes = True
    ana.save()
    line = ("procedure", "empadronamiento")
    by_link = Editor(browser(), reverse("checklists:item", args=[ana.checklist.token, *line]), "note", {"date": ""})
    through = reverse("checklists:item", args=[ana.door, *line])
    by_door = Editor(browser(firm.advisor), through, "note", {"date": ""})
    landed = edit_together(by_link, by_door, keep=True)
    assert sorted(ana.checklist.items.get().note.split()) == sorted(landed)
    noted = entries("noted")
    assert len(noted) == len(landed)
    assert sum(entry.actor_number == firm.advisor.pk for entry in noted) == len(by_door.words)
    assert verify(firm.organisation).broken is None


def test_a_case_by_two_colleagues(published, firm, case):
    address = reverse("cases:edit", args=[firm.organisation.slug, case.pk])
    others = {"name": case.name, "stage": case.stage_id, "priority": 2}
    editors = [Editor(browser(user), address, "reference", others) for user in (firm.advisor, firm.owner)]
    landed = edit_together(*editors, keep=False)
    changes = [entry.details["changes"]["reference"] for entry in entries("case-changed")]
    assert sorted(after for _before, after in changes) == sorted(landed)
    # Each value was replaced by somebody who had seen it.
    values = ["", *(after for _before, after in changes)]
    assert [before for before, _after in changes] == values[:-1]
    case.refresh_from_db()
    assert case.reference == values[-1]
    assert verify(firm.organisation).broken is None
