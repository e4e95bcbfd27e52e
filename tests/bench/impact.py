"""A million stored answer sets: whom one changed condition concerns, and what it costs to plan ten thousand anew."""

import datetime
import hashlib
import random
import time

import yaml
from django.db import connection

from checklists.models import ChangeNotice, Checklist, Rollout
from checklists.updates.affected import Affected
from checklists.updates.answers_index import situations
from checklists.updates.rollouts import tell_everybody
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Procedure
from guides.editions.publishing import current
from guides.models import Edition

DISTINCT = 20_000
COPIES = 50
PLANNED = 10_000
MOST_TIMES_SCAN = 1.5
ROUNDS = 2
PROCEDURE = "aeat-censal-036"
TODAY = datetime.date(2026, 11, 21)
# What the database does anyway to read the answers of every row.
SCANS = {
    "sqlite": "SELECT SUM(LENGTH(CAST(answers AS BLOB))) FROM checklists_checklist WHERE NOT preview",
    "postgresql": "SELECT SUM(PG_COLUMN_SIZE(answers)) FROM checklists_checklist WHERE NOT preview",
}

COPIED = "answers, put_aside, confirmed, edition, version, preview, created_at, updated_at"


def measure(personas, line):
    """``personas``: paths of files with answers; ``line`` prints a figure."""
    store(personas)
    old = current()
    new = CompiledCatalogue(narrowed(old.catalogue), old.number + 1)
    reach(Affected(old, new, TODAY), line)
    replan(Affected(old, new, TODAY), line)


def reach(found, line):
    """Whom the changed condition concerns, beside a bare scan of the same rows."""
    best, concerned = dict.fromkeys(("scan", "impact", "fetch"), float("inf")), 0
    for _round in range(ROUNDS):
        best["scan"] = min(best["scan"], timed(scan))
        start = time.perf_counter()
        concerned = affected(found)
        best["impact"] = min(best["impact"], time.perf_counter() - start)
        best["fetch"] = min(best["fetch"], timed(fetch))
    ratio = best["impact"] / best["scan"]
    aim = f"{ratio:.1f} × bare scan, aim ≤ {MOST_TIMES_SCAN} ×"
    name = f"changed condition: {concerned:,} of {DISTINCT * COPIES:,}"
    line(name, best["impact"] * 1000, aim, ratio <= MOST_TIMES_SCAN)
    line(f"  a bare scan of these rows ({connection.vendor})", best["scan"] * 1000)
    line("  fetching these rows", best["fetch"] * 1000, f"impact is {best['impact'] / best['fetch']:.1f} × that")


def narrowed(catalogue):
    """The catalogue with one condition changed: a further thing is asked of those who have a procedure."""
    entries = [
        Procedure.model_validate(
            entry.model_dump() | {"required_when": f"({entry.required_when}) and worked_here_before"}
        )
        if entry.key == PROCEDURE
        else entry
        for entry in catalogue.procedures
    ]
    return catalogue.model_copy(update={"procedures": tuple(entries)})


def store(personas):
    """A few thousand people who are like the personas, each many times."""
    known = [yaml.safe_load(path.read_text(encoding="utf-8"))["answers"] for path in personas]
    known = [{key: plain(value) for key, value in answers.items()} for answers in known]
    chance = random.Random(1)
    people = [Checklist(answers=like(chance, known), edition=1) for _number in range(DISTINCT)]
    Checklist.objects.bulk_create(people, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE originals AS SELECT * FROM checklists_checklist WHERE NOT preview")
        for copy in range(1, COPIES):
            cursor.execute(
                f"INSERT INTO checklists_checklist (token, {COPIED}) "
                f"SELECT 'a-copy-for-the-bench-' || %s || '-' || id, {COPIED} FROM originals",
                [str(copy)],
            )
        cursor.execute("ANALYZE checklists_checklist")


def like(chance, known):
    """Answers like somebody's, with some of them as somebody else has them, and days of their own."""
    answers = dict(chance.choice(known))
    for key in chance.sample(sorted(answers), 4):
        others = [other[key] for other in known if key in other]
        answers[key] = answers[key] if key == "destination" else chance.choice(others)
    for key, value in answers.items():
        if isinstance(value, str) and len(value) == 10 and value[4] == "-":
            answers[key] = (datetime.date(2026, 1, 1) + datetime.timedelta(chance.randrange(800))).isoformat()
    return answers


def plain(value):
    return value.isoformat() if isinstance(value, datetime.date) else value


def timed(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def scan():
    with connection.cursor() as cursor:
        cursor.execute(SCANS[connection.vendor])
        cursor.fetchall()


def fetch():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, answers FROM checklists_checklist WHERE NOT preview")
        while cursor.fetchmany(2000):
            pass


def affected(found):
    return sum(count for raw, count in situations(found.keys) if found.may_differ(raw))


def replan(found, line):
    """Tell ten thousand affected people, beside one bare update of the same rows."""
    rows = Checklist.objects.live().order_by("pk").values_list("pk", "answers").iterator()
    concerned = (pk for pk, answers in rows if found.may_differ({key: answers.get(key) for key in found.keys}))
    last = [pk for pk, _number in zip(concerned, range(PLANNED), strict=False)][-1]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM checklists_checklist WHERE id > %s", [last])
    content = found.new.catalogue.model_dump_json(exclude_defaults=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    edition = Edition.objects.create(number=found.new.number, content=content, digest=digest)
    Rollout.objects.create(edition=edition.number, since=found.old.number)
    seconds = timed(tell_everybody)
    told = ChangeNotice.objects.filter(edition=edition.number).count()
    bare = timed(lambda: Checklist.objects.filter(edition=edition.number).update(edition=edition.number))
    line(f"telling {told:,} affected people, each", seconds * 1000 / told, f"{seconds / bare:.0f} × one bare update")
    line("  one bare update of all of them", bare * 1000)
