"""Whether the site is alive, whether it can serve, and the figures behind it: for probes and those who watch it.

Nothing of it needs a session. What is more than "alive" is told to the machine itself, and to whoever brings the token
of the environment (``Authorization: Bearer …``).
"""

import datetime
import os
import resource
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from checklists import caching
from checklists.models import OutgoingMail
from guides.editions.publishing import current
from guides.models import Edition

# How long something may wait before somebody should look, in seconds: a worker takes work at once, cron mail after ten
# minutes.
QUEUE_WAITS = 15 * 60
MAIL_WAITS = 30 * 60
# A mail that failed so often has waited for more than an hour; so many of them are no mistyped address.
FAILED_OFTEN, MANY_FAIL = 4, 3
# With one of these no page can be trusted; with the others the site serves, and somebody should look.
STOPS = {"database", "migrations", "files", "no edition"}
# What a proxy adds: whoever comes through one is not this machine.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
HERE = ("127.0.0.1", "::1")


def for_probes(view):
    """A view for probes, of which no cache keeps anything."""
    return login_not_required(require_safe(never_cache(view)))


def for_operators(view):
    """The same, for the machine itself and whoever has the token."""

    @wraps(view)
    def wrapped(request):
        if not _may_know(request):
            return HttpResponse("Bring the token.\n", status=403, content_type="text/plain")
        return view(request)

    return for_probes(wrapped)


def _may_know(request) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.HEALTH_TOKEN and constant_time_compare(given, settings.HEALTH_TOKEN):
        return True
    return request.META.get("REMOTE_ADDR") in HERE and not any(name in request.META for name in FORWARDED)


@for_probes
def alive(request):
    """The process answers. Says nothing of the database: restarting the process would not bring that back."""
    return HttpResponse("ok\n", content_type="text/plain")


@for_operators
def ready(request):
    """Whether pages can be served (200), or not (503); what waits for a look is named either way."""
    found = state()
    return JsonResponse(found, status=200 if found["ready"] else 503)


@for_operators
def work(request):
    """503 for any alarm: the same for somebody who looks at the status alone."""
    found = state()
    return JsonResponse(found, status=503 if found["alarms"] else 200)


@for_operators
def metrics(request):
    """In the text format of Prometheus. What belongs to a process is that of the one that answers."""
    lines = []
    for name, (text, value) in {**of_process(), **_of_database()}.items():
        lines += [f"# HELP relocation_{name} {text}", f"# TYPE relocation_{name} gauge", f"relocation_{name} {value}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8")


def state() -> dict[str, Any]:
    """``ready``, the ``alarms`` by their names in docs/operating.md, and the figures; no figures without a database."""
    try:
        figures = read_figures()
    except Error:
        return {"ready": False, "alarms": ["database"]}
    alarms = [*files_missing(), *alarms_of(figures)]
    return {"ready": STOPS.isdisjoint(alarms), "alarms": alarms, **figures}


def read_figures() -> dict[str, int]:
    """What the database tells, times in seconds; nothing but the missing migrations where there are any.

    Raises django.db.Error when it does not answer.
    """
    if missing := len(_migrations() - MigrationRecorder(connection).applied_migrations().keys()):
        return {"migrations_missing": missing}
    now = timezone.now()
    tasks = DBTaskResult.objects.ready()
    owed = OutgoingMail.objects.overdue()
    return {
        "migrations_missing": 0,
        "edition": Edition.objects.values_list("number", flat=True).first() or 0,
        "edition_served": current().number,
        "tasks_waiting": tasks.count(),
        "task_waits_seconds": _since(now, tasks.aggregate(at=Min("enqueued_at"))["at"]),
        "mail_owed": owed.count(),
        "mail_waits_seconds": _since(now, owed.filter(tries=0).aggregate(at=Min("next_try_at"))["at"]),
        "mail_failing": owed.filter(tries__gte=FAILED_OFTEN).count(),
        "mail_given_up": OutgoingMail.objects.undelivered().count(),
    }


def alarms_of(figures: dict[str, int]) -> list[str]:
    """Their names, as docs/operating.md explains them."""
    if figures["migrations_missing"]:
        return ["migrations"]
    found = {
        "no edition": not figures["edition_served"],
        "old edition": 0 < figures["edition_served"] < figures["edition"],
        "tasks": figures["task_waits_seconds"] > QUEUE_WAITS,
        "email waits": figures["mail_waits_seconds"] > MAIL_WAITS,
        "email fails": figures["mail_failing"] >= MANY_FAIL,
    }
    return [name for name, raised in found.items() if raised]


def files_missing() -> list[str]:
    """The alarm for stylesheets and scripts that were not gathered: then no page can be drawn, not even an error's."""
    try:
        staticfiles_storage.url("img/icon.svg")
    except ValueError:
        return ["files"]
    return []


def _since(now: datetime.datetime, moment: datetime.datetime | None) -> int:
    return max(0, round((now - moment).total_seconds())) if moment else 0


@cache
def _migrations() -> set[tuple[str, str]]:
    """Those that this release has."""
    return set(MigrationLoader(None).disk_migrations)


TEXTS = {
    "migrations_missing": "Migrations that were not applied.",
    "edition": "Number of the newest edition.",
    "edition_served": "Number of the edition that is served.",
    "tasks_waiting": "Tasks that no worker has begun.",
    "task_waits_seconds": "How long the oldest of them has waited.",
    "mail_owed": "Emails that are owed.",
    "mail_waits_seconds": "How long the oldest of them that was never tried has waited.",
    "mail_failing": "Emails that failed at least four times and are tried again.",
    "mail_given_up": "Emails that were given up and whose row is still kept.",
}


def _of_database() -> dict[str, tuple[str, int]]:
    try:
        figures = read_figures()
    except Error:
        return {"database_up": ("Whether the database answers.", 0)}
    up = {"database_up": ("Whether the database answers.", 1)}
    return up | {name: (TEXTS[name], value) for name, value in figures.items()}


def of_process() -> dict[str, tuple[str, int]]:
    return {
        "process_id": ("Which process answers.", os.getpid()),
        "process_peak_memory_bytes": (
            "The most memory that this process has had.",
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        ),
        "cache_of_states_bytes": ("What is kept of lists and boards.", caching.BY_STATE.size),
        "cache_of_data_bytes": ("What is kept of pieces of pages.", caching.BY_DATA.size),
    }


urls = (
    [
        path("", alive, name="alive"),
        path("ready/", ready, name="ready"),
        path("work/", work, name="work"),
        path("metrics/", metrics, name="metrics"),
    ],
    "health",
)
