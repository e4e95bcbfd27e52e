"""The lines of a plan field by field, in the words that their reader sees; and how two of them differ."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from checklists.planner import PlannedDocument, PlannedProcedure, RaisedAlert, Series
from checklists.planner.channels import OpenChannel
from checklists.planner.procedures import PlannedDeadline
from checklists.presenters.channels import KINDS, processing_time
from checklists.presenters.phrases import long_date, series
from checklists.presenters.taskbody import amount_of
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Fee, Pitfall, Step
from guides.reading.papers import local_name


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in words, with its value before and after; an empty value means that there was, or is, none."""

    field: str
    before: str
    after: str


# Kind of part -> a procedure's parts of that kind, by key.
PARTS: dict[str, Callable[[PlannedProcedure], dict[str, Any]]] = {
    "step": lambda task: {part.key: part for part in task.steps},
    "deadline": lambda task: {part.deadline.key: part for part in task.deadlines},
    "channel": lambda task: {part.channel.key: part for part in task.channels},
    "fee": lambda task: {part.key: part for part in task.fees},
    "pitfall": lambda task: {part.key: part for part in task.pitfalls},
}


def part_name(part: Any) -> tuple[Any, str]:
    """The entry of the catalogue behind a part of a procedure, and the words it goes by."""
    entry = next((getattr(part, name) for name in ("deadline", "channel", "recurring") if hasattr(part, name)), part)
    return entry, getattr(entry, "name", None) or entry.text


def differences(
    old: CompiledCatalogue, was: Any, new: CompiledCatalogue, now: Any, among: Collection[str] = ()
) -> list[Difference]:
    """The fields in which a line of a plan in ``new`` differs from the same line in ``old``."""
    # Most lines are the same, and putting them into words takes longer than planning.
    if _substance(old, was) == _substance(new, now):
        return []
    before, after = show(old, was, among), show(new, now, among)
    fields = dict.fromkeys([*before, *after])
    pairs = ((field, before.get(field, ""), after.get(field, "")) for field in fields)
    return [Difference(field, earlier, later) for field, earlier, later in pairs if earlier != later]


def _substance(compiled: CompiledCatalogue, line: Any) -> Any:
    """What the words of a line are made of."""
    match line:
        case PlannedProcedure():
            return line.procedure, line.status, line.depends_on, compiled.authorities[line.procedure.authority]
        case PlannedDocument():
            return line.document, line.uses
    return line


def show(compiled: CompiledCatalogue, line: Any, among: Collection[str] = ()) -> dict[str, str]:
    """The fields of a line of a plan or of a part of a procedure: name of the field -> value.

    Of the procedures that come before a procedure, or ask for a document, only those ``among`` these keys are told.
    """
    match line:
        case PlannedProcedure():
            return _procedure(compiled, line, among)
        case PlannedDocument():
            return _document(compiled, line, among)
        case PlannedDeadline():
            return _deadline(line)
        case OpenChannel():
            return _channel(compiled, line)
        case Fee():
            return {_("text"): line.text, _("amount"): amount_of(line)}
        case Pitfall():
            return {_("text"): line.text, _("way out"): line.fix}
        case Step():
            return {_("text"): line.text}
        case Series():
            return {_("text"): line.recurring.text, _("next days"): _series(map(long_date, line.next))}
        case RaisedAlert():
            return _alert(line)
    raise TypeError(line)


def _procedure(compiled: CompiledCatalogue, task: PlannedProcedure, among: Collection[str]) -> dict[str, str]:
    procedure = task.procedure
    return {
        _("how binding it is"): _statuses()[task.status],
        _("name"): procedure.name,
        _("local name"): procedure.local_name,
        _("what it is"): procedure.summary,
        _("why you need it"): procedure.reason,
        _("office"): compiled.authorities[procedure.authority].name,
        _("where you must be"): _places()[procedure.place],
        _("who does it"): _("your employer") if procedure.by_employer else _("you"),
        _("what it gives you"): _names(compiled.documents, procedure.outputs),
        _("what comes before it"): _names(compiled.procedures, sorted(set(task.depends_on) & set(among))),
    }


def _document(compiled: CompiledCatalogue, paper: PlannedDocument, among: Collection[str]) -> dict[str, str]:
    document = paper.document
    uses = [use for use in paper.uses if use.procedure in among]
    country = next((compiled.procedures[use.procedure].country for use in paper.uses), "")
    ages = dict.fromkeys(use.alternative.max_age for use in uses if use.alternative.max_age)
    return {
        _("how binding it is"): _paper_statuses()[paper.status],
        _("asked for by"): _names(compiled.procedures, (use.procedure for use in uses)),
        _("reason"): _series(use.need.requirement.why for use in uses),
        _("in which cases"): _series(use.need.requirement.discretion for use in uses),
        _("not older than"): _series(map(str, ages)),
        _("name"): document.name,
        _("local name"): local_name(compiled, document, country)[0],
        _("who issues it"): document.issuer,
        _("how to get it"): document.how,
        _("what it is"): _document_kinds()[document.kind],
        _("form"): _forms()[document.form],
        _("sworn translation"): _if_foreign()[document.translation],
        _("apostille"): _if_foreign()[document.apostille],
        _("how long it is good"): document.validity,
        _("address"): document.url,
    }


def _deadline(planned: PlannedDeadline) -> dict[str, str]:
    return {
        _("text"): planned.deadline.text,
        _("day"): long_date(planned.date) if planned.date else "",
        _("binding"): _("yes") if planned.binding else _("no"),
        _("what it can cost to be late"): planned.deadline.cost,
    }


def _alert(alert: RaisedAlert) -> dict[str, str]:
    return {
        _("text"): alert.text,
        _("what it can cost"): alert.cost,
        _("what to do now"): alert.action,
        _("day"): long_date(alert.date) if alert.date else "",
    }


def _channel(compiled: CompiledCatalogue, planned: OpenChannel) -> dict[str, str]:
    channel = planned.channel
    credentials = (compiled.documents[key].name if key in compiled.documents else key for key in channel.credentials)
    return {
        _("name"): channel.name,
        _("kind"): str(KINDS[channel.kind]),
        _("how"): channel.how,
        _("address"): channel.url,
        _("where you must be"): _places()[channel.place] if channel.place else "",
        _("what you need for it"): _series(credentials),
        _("files"): channel.file_limits,
        _("how long it takes"): processing_time(channel.processing),
    }


def _names(entries, keys) -> str:
    return _series(entries[key].name for key in keys)


def _series(texts) -> str:
    return series([text for text in dict.fromkeys(texts) if text], 20)


def status_of(line: PlannedProcedure | PlannedDocument) -> str:
    """How binding it is."""
    words = _paper_statuses() if isinstance(line, PlannedDocument) else _statuses()
    return words[line.status]


def _statuses() -> dict[str, str]:
    return {
        "required": _("required"),
        "recommended": _("recommended"),
        "optional": _("optional"),
        "provisional": _("depends on an open question"),
    }


def _paper_statuses() -> dict[str, str]:
    return {
        "required": _("required"),
        "one_of": _("one of several that do"),
        "conditional": _("only asked for in some cases"),
        "provisional": _("depends on an open question"),
    }


def _places() -> dict[str, str]:
    return {"destination": _("in the country you move to"), "abroad": _("abroad"), "anywhere": _("anywhere")}


def _document_kinds() -> dict[str, str]:
    return {"paper": _("paper"), "form": _("form to fill in"), "photo": _("photo"), "payment": _("payment")}


def _forms() -> dict[str, str]:
    return {
        "original": _("original"),
        "copy": _("copy"),
        "original_and_copy": _("original and copy"),
        "digital": _("digital"),
        "information": _("only the information"),
    }


def _if_foreign() -> dict[str, str]:
    return {"no": _("no"), "yes": _("yes"), "if_foreign": _("if it is foreign")}
