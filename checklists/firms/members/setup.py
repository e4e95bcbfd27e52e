"""Verbs that change what a firm has set up for its work: itself, and its stages, labels and answer templates."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.firms.history.chain import Event, record
from checklists.models import AnswerTemplate, Label, Organisation, Stage, User
from checklists.seen import Changed, fingerprint, seen_of

from .services import Refused

type Row = Stage | Label | AnswerTemplate

# How the history calls each kind, and how many a firm may have.
WORDS = {Stage: "stage", Label: "label", AnswerTemplate: "template"}
MOST = {Stage: 30, Label: 200, AnswerTemplate: 200}


@transaction.atomic
def change_firm(*, organisation: Organisation, values: dict[str, Any], seen: str, by: User) -> Organisation:
    """Set these fields of the firm, as they were seen. Raises Changed."""
    firm = organisation.lock()
    if seen_of(firm, values) != seen:
        raise Changed(firm)
    changed = [name for name, value in values.items() if getattr(firm, name) != value]
    for name in changed:
        setattr(firm, name, values[name])
    if changed:
        firm.save(update_fields=changed)
        fields = ", ".join(str(Organisation._meta.get_field(name).verbose_name) for name in changed)
        record(firm, Event("firm-changed", by=by, details={"fields": fields}))
    return firm


@transaction.atomic
def add(*, kind: type[Row], organisation: Organisation, values: dict[str, Any], by: User) -> Row:
    """A new row of the firm's; a stage comes last. Raises Refused for a name that is taken, or too many."""
    firm = organisation.lock()
    rows = kind.objects.filter(organisation=firm)
    if rows.count() >= MOST[kind]:
        raise Refused(_("%(count)d is the most that a firm can have. Remove one first.") % {"count": MOST[kind]})
    _must_be_free(rows, values["name"])
    if kind is Stage:
        values = {**values, "order": (rows.aggregate(last=models.Max("order"))["last"] or 0) + 1}
    row = kind.objects.create(organisation=firm, **values)
    record(firm, Event(f"{WORDS[kind]}-added", by=by, details={"name": row.name}))
    return row


@transaction.atomic
def change(*, row: Row, values: dict[str, Any], seen: str, by: User) -> Row:
    """Set these fields of the row, as they were seen. Raises Changed, and Refused for a taken name."""
    firm = row.organisation.lock()
    rows = type(row).objects.filter(organisation=firm)
    current = rows.get(pk=row.pk)
    if seen_of(current, values) != seen:
        raise Changed(current)
    _must_be_free(rows.exclude(pk=row.pk), values["name"])
    before = current.name
    for name, value in values.items():
        setattr(current, name, value)
    current.save(update_fields=list(values))
    record(firm, Event(f"{WORDS[type(row)]}-changed", by=by, details={"before": before, "name": current.name}))
    return current


@transaction.atomic
def remove(*, row: Row, fields: Collection[str], seen: str, by: User) -> None:
    """Remove the row, whose ``fields`` were seen like this. Raises Changed, with None for one that is removed already.

    Raises Refused for a stage with cases in it, and for the only stage.
    """
    firm = row.organisation.lock()
    current = type(row).objects.filter(pk=row.pk).first()
    if seen_of(current, fields) != seen:
        raise Changed(current)
    if isinstance(row, Stage):
        _must_be_empty(row)
        if not firm.stages.exclude(pk=row.pk).exists():
            raise Refused(_("Every case is in a stage, so this one has to stay until there is another."))
    type(row).objects.filter(pk=row.pk).delete()
    record(firm, Event(f"{WORDS[type(row)]}-removed", by=by, details={"name": row.name}))


def seen_order(stages: Iterable[Stage]) -> str:
    """The fingerprint of this order."""
    return fingerprint(*(stage.pk for stage in stages))


def moved(stages: list[Stage], stage: Stage, places: int) -> list[Stage]:
    """The stages with this one moved up (-1) or down (1). At the end it stays, and one that is gone changes nothing."""
    if stage not in stages:
        return stages
    place = stages.index(stage)
    others = [other for other in stages if other != stage]
    there = min(max(place + places, 0), len(others))
    return [*others[:there], stage, *others[there:]]


@transaction.atomic
def move_stage(*, stage: Stage, places: int, seen: str, by: User) -> None:
    """Move the stage up (-1) or down (1) among the firm's, whose order was seen. Raises Changed with the order now."""
    firm = stage.organisation.lock()
    before = list(firm.stages.all())
    if seen_order(before) != seen:
        raise Changed(before)
    stages = moved(before, stage, places)
    for order, each in enumerate(stages, start=1):
        each.order = order
    Stage.objects.bulk_update(stages, ["order"])
    if stages != before:
        record(firm, Event("stage-moved", by=by, details={"name": stage.name, "place": stages.index(stage) + 1}))


def _must_be_free(rows: models.QuerySet, name: str) -> None:
    if rows.filter(name__iexact=name).exists():
        raise Refused(_("“%(name)s” is there already. Choose another name.") % {"name": name})


def _must_be_empty(stage: Stage) -> None:
    count = stage.cases.count()
    if not count:
        return
    text = ngettext(
        "%(count)d case is in “%(stage)s”, archived ones counted. Move it to another stage first.",
        "%(count)d cases are in “%(stage)s”, archived ones counted. Move them to another stage first.",
        count,
    )
    raise Refused(text % {"count": count, "stage": stage.name})
