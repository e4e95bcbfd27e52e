import datetime
import itertools
import time
from io import StringIO
from pathlib import Path
from resource import getpagesize

import yaml
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from checklists.models import Checklist
from checklists.planner import plan
from checklists.seen import fingerprint
from guides.conditions import read_answers
from guides.editions.publishing import current

from . import board, impact
from .engines import COUNT, contestants

PERSONAS = Path(__file__).parent.parent / "personas"
MOST_QUERIES = 6
MOST_TIMES_BARE_TO_SAVE = 2
CHECKLISTS, MOST_MEGABYTES = 1000, 150
# What each page may take, as a multiple of a bare one.
MOST_TIMES_BARE = {
    "checklist page": 1.2,
    "task page": 1.2,
    "question page": 1.5,
    "country question page": 1.5,
    "home page": 1.5,
    "procedure page": 1.5,
    "guide page": 1.5,
}


def run():
    call_command("migrate", verbosity=0)
    call_command("load_content", stdout=StringIO())
    call_command("publish", word="Measured", stdout=StringIO())
    print("Fastest of many repetitions, in milliseconds.\n")
    print(f"{'measured':<44}{'ms':>9}  {'aim':<30}{'met':>5}")
    plans()
    conditions()
    pages()
    memory()
    board.measure(line, fastest, fetch)
    impact.measure(sorted(PERSONAS.glob("*.yaml")), line)


def line(name, milliseconds, aim="", met=None):
    verdict = "" if met is None else ("yes" if met else "no")
    print(f"{name:<44}{milliseconds:>9.3f}  {aim:<30}{verdict:>5}")


def fastest(functions, rounds):
    """Milliseconds of the fastest run of each function; they take turns."""
    best = dict.fromkeys(functions, float("inf"))
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            best[name] = min(best[name], (time.perf_counter() - start) * 1000)
    return best


def personas():
    for path in sorted(PERSONAS.glob("*.yaml")):
        persona = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield path.stem, persona["answers"], datetime.date.fromisoformat(persona["today"])


def plans():
    compiled, cases = current(), {}
    for name, raw, today in personas():
        answers, _ = read_answers(raw, compiled.vocabulary, today=today)
        cases[name] = lambda answers=answers, today=today: plan(compiled, answers, today)
    times = sorted(fastest(cases, 60).values())
    line("plan for one person, median of the personas", times[len(times) // 2], "≤ 3 ms", times[len(times) // 2] <= 3)
    line("plan for one person, slowest of the personas", times[-1], "≤ 3 ms", times[-1] <= 3)


def conditions():
    functions = contestants()
    results = {name: [bool(value) for value in function()] for name, function in functions.items()}
    assert len(set(map(tuple, results.values()))) == 1, "the engines disagree"
    times = fastest(functions, 60)
    ours = times["conditions"]
    line(f"{COUNT} conditions for one person", ours, "≤ 0.25 ms", ours <= 0.25)
    for name in ("rule-engine", "zen-engine"):
        line(f"  the same with {name}", times[name], f"{times[name] / ours:.0f} × ours")


def pages():
    """Each page as a signed-in reader gets it, beside a bare Django page; queries are counted on a second visit."""
    # Whoever saves is remembered, and guides are then drawn with their plan; the reader of these pages has none.
    client, writer = Client(), Client()
    for browser, name in ((client, "reader"), (writer, "writer")):
        browser.force_login(get_user_model().objects.create_user(name))
    raw = yaml.safe_load((PERSONAS / "es-05.yaml").read_text(encoding="utf-8"))["answers"]
    checklist = Checklist.objects.start(answers=raw, edition=current().number)
    half = Checklist.objects.start(answers={"destination": "es", "nationalities": ["us"]}, edition=current().number)
    base = checklist.get_absolute_url()
    paths = {
        "a bare Django page": "/bare/",
        "checklist page": base,
        "task page": f"{base}tasks/tie-ex17/",
        "question page": f"{half.get_absolute_url()}questions/activities/",
        "country question page": f"{half.get_absolute_url()}questions/nationalities/",
        "answers summary": f"{base}answers/",
        "home page": "/",
        "procedure page": "/procedures/spain/tie-ex17/",
        "guide page": "/guides/spain/empadronamiento/",
    }
    functions = {name: lambda path=path: fetch(client, path) for name, path in paths.items()}
    times = fastest({**functions, "saving an answer": saving(writer, raw)}, 60)
    bare = times["a bare Django page"]
    ratio = times["saving an answer"] / bare
    aim = f"{ratio:.2f} × bare, aim ≤ {MOST_TIMES_BARE_TO_SAVE} ×"
    line("saving an answer", times["saving an answer"], aim, ratio <= MOST_TIMES_BARE_TO_SAVE)
    for name, path in paths.items():
        with CaptureQueriesContext(connection) as queries:
            fetch(client, path)
        ratio, most = times[name] / bare, MOST_TIMES_BARE.get(name)
        aim = f"{ratio:.2f} × bare{f', aim ≤ {most} ×' if most else ''}"
        met = ratio <= most and len(queries) <= MOST_QUERIES if most else None
        line(f"{name}, queries: {len(queries)}", times[name], aim, met)


def saving(client, raw):
    """A function that answers one question of a nearly full checklist, each time in another way."""
    checklist = Checklist.objects.start(answers=raw, edition=current().number)
    url, versions = f"{checklist.get_absolute_url()}questions/housing/", itertools.count(checklist.version)
    homes = itertools.cycle(["owner", "guest"])

    def save():
        sent = {"housing": next(homes), "region": raw.get("region", "madrid"), "seen": fingerprint(next(versions))}
        response = client.post(url, sent)
        assert response.status_code == 302, response.status_code

    return save


def memory():
    """By how much the process grows while a thousand people look at their checklists."""
    client, cases = Client(), itertools.cycle([raw for _name, raw, _today in personas()])
    before = resident()
    for raw in itertools.islice(cases, CHECKLISTS):
        fetch(client, Checklist.objects.start(answers=raw, edition=current().number).get_absolute_url())
    grown = resident() - before
    line(f"megabytes more after {CHECKLISTS:,} checklists", grown, f"≤ {MOST_MEGABYTES} MB", grown <= MOST_MEGABYTES)


def resident():
    """Megabytes of memory that this process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize() / 2**20


def fetch(client, path):
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content
