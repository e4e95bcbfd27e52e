"""By which procedures a task is done: what it gives, and the ways beside the one that is taken."""

from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedProcedure, PlannedTask
from guides.catalogue.schema import Document
from guides.reading.addresses import procedure_url

from .lines import PROCEDURE, anchor
from .phrases import series
from .planview import PlanView


def given_by(view: PlanView, task: PlannedTask) -> list[Document]:
    """What the task reaches, without what another of these documents is good for."""
    documents = [view.compiled.documents[key] for key in task.reaches]
    covered = {cover.document for document in documents for cover in document.covers}
    return [document for document in documents if document.key not in covered]


def other_ways(view: PlanView, task: PlannedTask) -> list[dict[str, Any]]:
    """The other ways as {id, name, local_name, lang, why, needs, page, finish}; none once the task is done.

    A way to several tasks stands at each of them, and is ticked where the page leads to it: at the first.
    """
    return [] if task.done else [_other(view, task, way) for way in task.other_ways]


def _other(view: PlanView, task: PlannedTask, way: PlannedProcedure) -> dict[str, Any]:
    procedure = way.procedure
    row: dict[str, Any] = {
        "name": procedure.name,
        "local_name": procedure.local_name,
        "lang": view.language_of(procedure),
        "why": procedure.summary,
        "needs": _needs(view, task, way),
        "page": procedure_url(procedure),
    }
    if view.row_of[way.key] is not task:
        return row | {"elsewhere": view.link(view.row_of[way.key].key)}
    row["id"] = anchor(PROCEDURE, way.key)
    if not procedure.ongoing:
        label = _("I did it this way: %(way)s") % {"way": procedure.name}
        row["finish"] = view.lines.tick(PROCEDURE, way.key, label)
    return row


def _needs(view: PlanView, task: PlannedTask, way: PlannedProcedure) -> str:
    """What has to be there first: tasks that are not done, and papers that nothing on the list gives."""
    rows = dict.fromkeys(view.row_of[key].name for key in way.depends_on if view.row_of[key] is not task)
    open_rows = [name for name in rows if not any(row.name == name and row.done for row in view.plan.tasks)]
    papers = [view.compiled.documents[key].name for key in way.missing]
    return series([*open_rows, *papers], 4)
