"""The board of firms with a thousand, ten thousand and a hundred thousand cases, all in one database."""

import datetime
import itertools
import random

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checklists import caching
from checklists.firms.cases.fields import words_of
from checklists.firms.members.services import start_firm
from checklists.models import Case, CaseDeadline, CasePerson, CaseWord, Label, Membership, Role
from tests.people import somebody

from . import casework
from .copies import copy_cases

SIZES = (1_000, 10_000, 100_000)
# So many cases are made one by one; larger firms have copies of them.
MADE = 1_000
MOST_TIMES_BARE = 2
ADVISORS = 12
FIRST_NAMES = [
    "Ana",
    "Bo",
    "Carla",
    "Dev",
    "Eva",
    "Femi",
    "Gita",
    "Hugo",
    "Ines",
    "Jan",
    "Kofi",
    "Lena",
    "Mara",
    "Nuno",
]
SYLLABLES = ["ba", "do", "ge", "li", "mo", "na", "pe", "ri", "su", "ta", "ve", "zo"]
PAGES = {
    "first page": "",
    "deep page": "",
    "filtered: mine": "?assignee=me",
    "filtered: stage and priority": "?stage={stage}&priority=3",
    "filtered: label, client's turn": "?label={label}&waiting=client",
    "filtered: stuck, least progress": "?stuck=1&sort=progress",
    "search: a whole name": "?q={name}",
    "search: one letter": "?q=b",
    "columns": "?view=columns",
}


def populate(size, today, chance):
    """A firm with so many cases: each with a person, words and up to four deadlines. ``size``: a multiple of MADE."""
    owner = somebody(f"owner{size}@bench.example", first_name="Olga", last_name=f"Owner {size}")
    firm = start_firm(name=f"Bench {size}", by=owner)
    advisors = [somebody(f"advisor{number}@{size}.bench.example") for number in range(ADVISORS)]
    Membership.objects.bulk_create(Membership(organisation=firm, user=user, role=Role.ADVISOR) for user in advisors)
    labels = Label.objects.bulk_create(Label(organisation=firm, name=name) for name in ("Family", "Tax", "Urgent"))
    stages, names = list(firm.stages.all()), [_name(chance) for _number in range(5_000)]
    people = [owner, *advisors, None]
    now = timezone.now()
    cases = Case.objects.bulk_create(
        _case(firm, number, names, stages, people, today, now, chance) for number in range(MADE)
    )
    persons = CasePerson.objects.bulk_create(CasePerson(case=case, name=case.name) for case in cases)
    CaseWord.objects.bulk_create(
        CaseWord(organisation=firm, case=case, word=word)
        for case in cases
        for word in words_of(case.name, case.email, case.reference)
    )
    CaseDeadline.objects.bulk_create(
        CaseDeadline(organisation=firm, case=person.case, person=person, procedure=f"p{number}", day=day)
        for person in persons
        if person.case.next_deadline
        for number, day in enumerate(_days(person.case.next_deadline, chance))
    )
    labelled = Case.labels.through
    labelled.objects.bulk_create(
        labelled(case=case, label=chance.choice(labels)) for case in cases if chance.random() < 0.2
    )
    copy_cases(firm, size // MADE)
    return firm


def _case(firm, number, names, stages, people, today, now, chance):
    total = chance.randint(4, 30)
    done = chance.randint(0, total)
    archived = chance.random() < 0.1
    return Case(
        organisation=firm,
        name=chance.choice(names),
        email=f"client{number}@mail.example",
        reference=f"R-{number}",
        stage=chance.choice(stages),
        assignee=chance.choice(people),
        priority=chance.choice((1, 2, 2, 2, 2, 3)),
        waiting_for=chance.choice(Case.Waiting.values),
        destination=chance.choice(("es", "pt")),
        created_at=now - datetime.timedelta(minutes=chance.randrange(500_000)),
        active_at=now - datetime.timedelta(minutes=chance.randrange(30_000)),
        archived_at=now if archived else None,
        next_deadline=today + datetime.timedelta(chance.randint(-20, 300)) if chance.random() < 0.7 else None,
        next_step="Register at the town hall",
        tasks_done=done,
        tasks_total=total,
        progress=100 * done // total,
        has_problem=chance.random() < 0.02,
        summarised_on=today,
    )


def _name(chance):
    return f"{chance.choice(FIRST_NAMES)} {''.join(chance.choices(SYLLABLES, k=3)).capitalize()}"


def _days(first, chance):
    return [first + datetime.timedelta(chance.randrange(200)) for _number in range(chance.randint(1, 4))]


def measure(line, fastest, fetch):
    """``line`` prints a figure, ``fastest`` times functions in turns, ``fetch`` gets a page: as in ``measure``."""
    chance, today = random.Random(1), timezone.localdate()
    firms = {size: populate(size, today, chance) for size in SIZES}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for size, firm in firms.items():
        pages_of(firm, size, line, fastest, fetch)
    casework.measure(firms[SIZES[-1]], line)


def pages_of(firm, size, line, fastest, fetch):
    """Each page beside a bare Django page for the same reader: with chrome and counts cached, then without them.

    A search that nobody has made before and a case that changes cost what is drawn and counted anew.
    """
    client = Client()
    client.force_login(firm.memberships.filter(role=Role.ADVISOR).first().user)
    known = firm.cases.active().first()
    about = {"stage": known.stage_id, "label": firm.labels.first().pk, "name": known.name.replace(" ", "+")}
    home = f"/firms/{firm.slug}/"
    deep = f"?after={today_in(100)}~0~2000"
    paths = {name: home + (deep if "deep" in name else query.format(**about)) for name, query in PAGES.items()}
    fetch(client, home)
    times = fastest(
        {name: lambda path=path: fetch(client, path) for name, path in {"bare": "/bare/", **paths}.items()}, 8
    )
    for name, path in paths.items():
        with CaptureQueriesContext(connection) as queries:
            fetch(client, path)
        ratio = times[name] / times["bare"]
        promised = name != "columns"
        aim = f"{ratio:.2f} × bare{f', aim ≤ {MOST_TIMES_BARE} ×' if promised else ''}"
        met = ratio <= MOST_TIMES_BARE if promised else None
        line(f"board of {size:,}, {name}, {len(queries)} q", times[name], aim, met)
    line("  a bare Django page, signed in", times["bare"])
    words = itertools.count()
    anew = {
        "a search for the first time": lambda: fetch(client, f"{home}?q=client{next(words)}"),
        "counted anew": lambda: _nothing_counted(client, home, fetch),
    }
    for name, milliseconds in fastest(anew, 3).items():
        line(f"board of {size:,}, {name}", milliseconds, f"{milliseconds / times['bare']:.2f} × bare")


def today_in(days):
    return (timezone.localdate() + datetime.timedelta(days)).isoformat()


def _nothing_counted(client, path, fetch):
    caching.BY_STATE.clear()
    fetch(client, path)
