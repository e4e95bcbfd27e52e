"""Everything on the page of a checklist, in the order in which it is read."""

import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from checklists.planner.channels import ARRIVAL, ARRIVED
from guides.reading.addresses import to_country

from .alerts import alerts_of
from .days import all_days
from .guides import guides_of
from .leftovers import leftovers
from .lines import is_certain
from .nextstep import next_step, next_task
from .papers import paper_groups
from .phrases import distance, leaf_date, long_date, sentences, series
from .planview import PlanView
from .recurring import next_of_each
from .rows import PHASES, SOON, phases_of
from .tasks import counts

DAYS_SHOWN = 5
WHY_NOT = {
    "not_covered": gettext_lazy("Nobody can say yet when everything will be done. Read the box at the top first."),
    "late": gettext_lazy("No day can be told: something is late, and what the office answers decides the rest."),
    "loop": gettext_lazy("No day can be told: some tasks wait for each other. Ask the offices."),
    "open_question": gettext_lazy("No day can be told yet: open questions can still add tasks."),
    "unknown_length": gettext_lazy("Offices decide how long it takes, and nobody tells the usual time: %(tasks)s."),
}


def overview(view: PlanView) -> dict[str, Any]:
    """What ``checklists/top.html`` and ``checklists/body.html`` take.

    While nothing is certain there is only the next question, and how much is possible.
    """
    task = next_task(view)
    page: dict[str, Any] = {
        "access": view.access,
        "country": view.country,
        "url": view.access.url(),
        "alerts": alerts_of(view),
        "next": next_step(view, task),
        "days": _days(view),
    }
    if is_certain(view.plan):
        page |= {
            "standing": _standing(view),
            "no_end": _no_end(view),
            "open_questions": _open_questions(view),
            "phases": phases_of(view),
            "papers": paper_groups(view) if view.access.shows_documents else None,
            "guides": guides_of(view),
            "pointers": _pointers(view),
        }
    elif view.country is not None:
        page["possible"] = _possible(view)
    # Whatever is cited stands above.
    return {**page, "leftovers": leftovers(view), "notes": view.evidence.notes}


def _pointers(view: PlanView) -> list[dict[str, Any]]:
    """What else to think of, as {name, local_name, lang, text, phase, links}."""
    return [
        {
            "name": pointer.name,
            "local_name": pointer.local_name,
            "lang": view.compiled.countries[pointer.country].language,
            "text": pointer.text,
            "phase": PHASES[pointer.phase],
            "links": [view.compiled.links[link] for link in pointer.links],
        }
        for pointer in view.plan.pointers
    ]


def _possible(view: PlanView) -> dict[str, str]:
    """How many tasks there are in the country, and where to read about them."""
    assert view.country is not None
    count = len(view.plan.tasks)
    text = ngettext("%(count)d task is possible in %(place)s", "%(count)d tasks are possible in %(place)s", count) % {
        "count": count,
        "place": view.country.name,
    }
    return {"text": text, "url": to_country(view.country)["url"]}


def _open_questions(view: PlanView) -> str:
    """How many answers could still change the list; empty when none could."""
    count = len(view.plan.unknown)
    if not count:
        return ""
    return ngettext(
        "%(count)d answer could still change this list", "%(count)d answers could still change this list", count
    ) % {"count": count}


def _standing(view: PlanView) -> str:
    """Where the person stands, in one line."""
    tasks = [task for task in view.plan.tasks if counts(task)]
    papers = [p for p in view.papers if view.access.shows_documents and p.status in ("required", "one_of")]
    parts = []
    if tasks:
        done = {"done": sum(task.done for task in tasks), "total": len(tasks)}
        parts.append(_("%(done)d of %(total)d tasks done") % done)
    if papers:
        held = {"done": sum(paper.in_hand for paper in papers), "total": len(papers)}
        parts.append(_("%(done)d of %(total)d papers in hand") % held)
    parts += [_move(view), _end(view)]
    return " · ".join(filter(None, parts))


def _move(view: PlanView) -> str:
    """When the person came or will come."""
    day = view.answers.get(ARRIVAL)
    if day is None:
        return ""
    words = {"day": date_format(day, "j F" if abs((day - view.today).days) < 180 else "j F Y")}
    if view.access.person:
        return (_("arrived on %(day)s") if view.answers.get(ARRIVED) else _("arrives on %(day)s")) % words
    return (_("you arrived on %(day)s") if view.answers.get(ARRIVED) else _("you arrive on %(day)s")) % words


def _end(view: PlanView) -> str:
    """The day by which everything required can be done, if it can be told."""
    ready = view.plan.ready_by
    if view.plan.is_finished and view.plan.recurring:
        return _("everything required is done, but for what comes again")
    if view.plan.is_finished:
        return _("everything required is done")
    if ready.date is None or ready.date <= view.today:
        return ""
    return _("everything required can be done by %(day)s") % {"day": long_date(ready.date)}


def _no_end(view: PlanView) -> str:
    """Why nobody can tell that day."""
    ready = view.plan.ready_by
    if not ready.why_not:
        return ""
    return str(WHY_NOT[ready.why_not]) % {"tasks": series([view.tasks[key].name for key in ready.tasks], 3)}


def _days(view: PlanView) -> dict[str, Any]:
    """The next days as rows {date, day, text, left, soon, url}, and how many there are in all."""
    rows = [(row["date"], row["text"], row["procedure"]["url"], row["binding"]) for row in all_days(view)]
    if is_certain(view.plan):
        rows += [(day, text, url, True) for day, text, url in next_of_each(view)]
    ahead = sorted((row for row in rows if row[0] >= view.today), key=lambda row: row[0])
    return {"rows": [_day(view, *row) for row in ahead[:DAYS_SHOWN]], "count": len(rows)}


def _day(view: PlanView, day: datetime.date, text: str, url: str, binding: bool) -> dict[str, Any]:
    return {
        "date": day,
        "day": leaf_date(day, view.today),
        "text": sentences(text)[0],
        "left": distance(day, view.today),
        "soon": binding and (day - view.today).days <= SOON,
        "url": url,
    }
