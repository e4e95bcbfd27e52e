"""Somebody who uses the site: opens pages, ticks, answers, and remembers what the site said was saved."""

import html
import itertools
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .browser import Answer, Browser
from .content import Content, new_checklist

HOMES = ("owner", "guest")
# How often each page is asked for, out of a hundred.
MIX = {
    "list": 22,
    "tick": 20,
    "answer": 12,
    "task": 8,
    "calendar": 4,
    "board": 6,
    "home": 8,
    "guide": 5,
    "procedure": 5,
    "search": 5,
    "plan by API": 5,
}
GUIDES = ("/guides/spain/empadronamiento/", "/guides/portugal/")
PROCEDURES = ("/procedures/spain/tie-ex17/", "/procedures/spain/empadronamiento/", "/procedures/portugal/nif/")
SEARCHES = ("padron", "nif", "health card", "residence permit", "autónomo")
TICK = re.compile(r'<button class="tick[^>]*formaction="([^"]*)" name="done" value="([01])"')


@dataclass
class Saved:
    """What one visitor was told is saved. ``ticks``: by address of the line, how often, and the last value.

    ``open``: what was sent without an answer, so that it may be saved or not.
    """

    checklist: int
    ticks: dict[str, tuple[int, bool]] = field(default_factory=dict)
    answers: int = 0
    home: str = ""
    open: list[str] = field(default_factory=list)


class Visitor:
    """``record`` is told the name of each page, and the answer; it is one of MIX, or "question"."""

    def __init__(self, number: int, port: int, content: Content, record: Callable[[str, Answer], None]):
        self.answers = content.people[number % len(content.people)]
        self.checklist = new_checklist(self.answers)
        self.base, self.board = self.checklist.get_absolute_url(), content.board
        self.saved = Saved(self.checklist.pk)
        network = f"10.1.{number // 250 % 250}.{number % 250 + 1}"
        self.browser = Browser(port, network)
        self.advisor = Browser(port, network, content.session)
        self.random, self.homes = random.Random(number), itertools.cycle(HOMES)
        self._record, self._page = record, None
        self.steps = {
            "list": self.open_list,
            "tick": self.tick,
            "answer": self.answer,
            "task": self.open_task,
            "calendar": lambda: self._get("calendar", f"{self.base}calendar/"),
            "board": lambda: self._get("board", self.board, self.advisor),
            "home": lambda: self._get("home", "/"),
            "guide": lambda: self._get("guide", self.random.choice(GUIDES)),
            "procedure": lambda: self._get("procedure", self.random.choice(PROCEDURES)),
            "search": lambda: self._get("search", f"/search/?{urlencode({'q': self.random.choice(SEARCHES)})}"),
            "plan by API": self.plan,
        }

    def go_to(self, port: int) -> None:
        """Use another web host from now on."""
        self.browser.port = self.advisor.port = port

    def step(self) -> None:
        """One thing, as likely as MIX says."""
        self.steps[self.random.choices(list(MIX), MIX.values())[0]]()

    def open_list(self) -> Answer:
        self._page = self._get("list", self.base)
        return self._page

    def tick(self) -> Answer:
        """Tick a line, or take the tick back, and look at the list that comes of it."""
        page = self._page or self.open_list()
        self._page = None
        found = TICK.findall(page.text) if page.status == 200 else []
        if not found:
            return page
        action, value = self.random.choice(found)
        action = html.unescape(action)
        line = action.partition("?")[0].removeprefix(f"{self.base}tick/")
        answer = self.browser.post(page, action, {"done": value})
        self._record("tick", answer)
        if answer.status == 302:
            self.saved.ticks[line] = self.saved.ticks.get(line, (0, False))[0] + 1, value == "1"
            self.open_list()
        else:
            self.saved.open.append(line)
        return answer

    def answer(self) -> Answer:
        """Say that one lives somewhere else."""
        path = f"{self.base}questions/housing/"
        page = self._get("question", path)
        if page.status != 200:
            return page
        home = next(self.homes)
        fields = {"seen": page.hidden("seen"), "housing": home, "region": self.answers.get("region", "madrid")}
        answer = self.browser.post(page, path, fields)
        self._record("answer", answer)
        self._page = None
        if answer.status == 302:
            self.saved.answers, self.saved.home = self.saved.answers + 1, home
        else:
            self.saved.open.append("housing")
        return answer

    def open_task(self) -> Answer:
        page = self._page or self.open_list()
        tasks = re.findall(rf'href="{re.escape(self.base)}tasks/([\w-]+)/"', page.text)
        return self._get("task", f"{self.base}tasks/{self.random.choice(tasks)}/") if tasks else page

    def plan(self) -> Answer:
        answer = self.browser.post_json("/api/plan", json.dumps(self.answers))
        self._record("plan by API", answer)
        return answer

    def _get(self, name: str, path: str, browser: Browser | None = None) -> Answer:
        answer = (browser or self.browser).get(path)
        self._record(name, answer)
        return answer
