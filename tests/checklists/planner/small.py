"""Small catalogues for tests of the planner: a country of its own, and procedures in a few words."""

import datetime
import re

from checklists.planner import plan
from guides.catalogue import schema
from guides.catalogue.compiled import CompiledCatalogue

# A Saturday.
TODAY = datetime.date(2026, 11, 21)
ANSWERS = {"destination": "xx", "already_arrived": True, "in_hand": frozenset()}


def question(key, kind, order=1, **extra):
    return schema.Question(key=key, kind=kind, text=f"{key}?", why="It matters.", order=order, **extra)


QUESTIONS = (
    question("destination", "choice", options=(schema.Option(value="xx", label="Xanadu", phrase="you go there"),)),
    question("works", "yes_no", 2, phrase="you work", negative_phrase="you do not work"),
    question("already_arrived", "yes_no", 3, phrase="you are there", negative_phrase="you are not there"),
    question("arrival_date", "date", 4, phrase="you arrive on {value}"),
    question("start", "date", 5, phrase="you start on {value}"),
    question("in_hand", "documents", 6, phrase="you hold {value}"),
)


def procedure(key, *, order=1, needs=(), gives=(), days=None, **extra):
    """A procedure with one requirement for each of ``needs``: a document, or a tuple of alternatives."""
    requirements = [
        {"key": f"need-{number}", "name": "Proof", "alternatives": [_alternative(item) for item in _listed(need)]}
        for number, need in enumerate(needs)
    ]
    channels = [desk(max_days=days)]
    fields = {"required_when": "destination is xx", "requirements": requirements, "channels": channels, **extra}
    fields.setdefault("local_name", "")
    return schema.Procedure.model_validate(
        {"key": key, "country": "xx", "name": key.title(), "summary": "It is.", "reason": "You need it.",
         "authority": "office", "order": order, "outputs": list(gives), **fields}
    )  # fmt: skip


def desk(kind="in_person", **processing):
    """A channel with this ``Processing``."""
    return {"key": "desk", "kind": kind, "name": "Desk", "processing": processing}


def deadline(kind, date, **extra):
    """A deadline of this kind; ``date`` is an expression."""
    key = re.sub(r"[^a-z0-9]+", "-", f"{kind} {date}")
    return {"key": key, "kind": kind, "text": "Then", "date": date, **extra}


def task(key, *ways, **extra):
    return schema.Task(key=key, country="xx", name=key.title(), ways=ways, **extra)


def alert(key, kind, when, **extra):
    return schema.Alert.model_validate({"key": key, "kind": kind, "when": when, "text": f"{key}!", **extra})


def document(key, origin="yourself", **extra):
    return schema.Document.model_validate({"key": key, "name": key, "origin": origin, "issuer": "You", **extra})


def _listed(need):
    return need if isinstance(need, list) else [need]


def _alternative(item):
    return item if isinstance(item, dict) else {"documents": [item]}


def catalogue(*procedures, tasks=(), alerts=(), documents=(), questions=QUESTIONS, calendar=""):
    """These entries, and every other document that they speak of."""
    papers = {d for p in procedures for d in p.outputs}
    papers |= {d for p in procedures for r in p.requirements for a in r.alternatives for d in a.documents}
    papers |= {cover.document for found in documents for cover in found.covers}
    known = [*documents, *(document(key) for key in sorted(papers - {found.key for found in documents}))]
    country = schema.Country(
        key="xx", name="Xanadu", local_name="", language="en", mark="XX", colour="#123456", calendar=calendar
    )
    return CompiledCatalogue(
        schema.Catalogue(
            countries=(country,),
            questions=questions,
            documents=known,
            procedures=procedures,
            tasks=tasks,
            alerts=alerts,
        )
    )


def made(*procedures, progress=None, today=TODAY, **answers):
    return plan(catalogue(*procedures), {**ANSWERS, **answers}, today, progress)


def planned(compiled, today=TODAY, progress=None, **answers):
    """The plan of somebody in a catalogue that is made already."""
    return plan(compiled, {**ANSWERS, **answers}, today, progress)


def keys(plan):
    return [planned.key for planned in plan.procedures]


def row(plan, key):
    return next(planned for planned in plan.procedures if planned.key == key)


def paper(plan, key):
    """A document of the plan."""
    return next(planned for planned in plan.documents if planned.key == key)


def line(plan, key):
    """A line of the list of papers."""
    return next(planned for planned in plan.papers if planned.key == key)


def task_of(plan, key):
    return next(found for found in plan.tasks if found.key == key)
