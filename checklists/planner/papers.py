"""What a person must hold in the hand or know: one line for each paper, whatever offices call it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from guides.catalogue.schema import Document
from guides.conditions import Truths

from .documents import PaperStatus, PlannedDocument, Shelf, Use, Window

PaperKind = Literal["paper", "form", "photo", "payment", "information"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing to have. ``covers`` are the documents that it is good for, ``tasks`` the rows that ask for one of them,
    ``obtained_from`` the row that gives it."""

    planned: PlannedDocument
    covers: tuple[str, ...]
    tasks: tuple[str, ...]
    obtained_from: str | None

    @property
    def document(self) -> Document:
        return self.planned.document

    @property
    def key(self) -> str:
        return self.planned.key

    @property
    def kind(self) -> PaperKind:
        return "information" if self.document.form == "information" else self.document.kind

    @property
    def status(self) -> PaperStatus:
        return self.planned.status

    @property
    def in_hand(self) -> bool:
        return self.planned.in_hand

    @property
    def use_between(self) -> Window:
        return self.planned.use_between


def papers_of(
    documents: Iterable[PlannedDocument], rows: Mapping[str, str], shelf: Shelf, truths: Truths
) -> list[Paper]:
    """The papers for the way that is taken to each thing, of alternatives the best one, in the order of ``documents``.

    ``rows`` maps the procedures that are taken to the keys of their rows.
    """
    wanted: dict[str, list[Use]] = {}
    for document in documents:
        if uses := [use for use in document.uses if use.recommended and use.procedure in rows]:
            wanted[document.key] = uses
    lines: dict[str, list[str]] = {}
    for key in wanted:
        lines.setdefault(_line_of(key, wanted, shelf, truths), []).append(key)
    found = []
    for line, keys in lines.items():
        planned = shelf.describe(line, [use for key in keys for use in wanted[key]])
        planned.in_hand = planned.in_hand or shelf.held.issuperset(keys)
        tasks = tuple(dict.fromkeys(rows[use.procedure] for use in planned.uses))
        found.append(Paper(planned, tuple(keys), tasks, rows.get(planned.obtained_from or "")))
    return found


def _line_of(key: str, wanted: Container[str], shelf: Shelf, truths: Truths) -> str:
    """The document under which this one is shown: the last one that is good in its place, or itself."""
    seen = [key]
    while better := [found for found in _in_place_of(seen[-1], wanted, shelf, truths) if found not in seen]:
        seen.append(better[0])
    return seen[-1]


def _in_place_of(key: str, wanted: Container[str], shelf: Shelf, truths: Truths) -> list[str]:
    """What this person can show instead: best what is in hand, then what no office has to give first.

    A document that is good for everybody counts only where it is wanted anyway; one that is good under a condition
    counts for all for whom that is true.
    """
    found = []
    for document, when in shelf.compiled.covered_by.get(key, ()):
        is_held, is_given = document.key in shelf.held, document.key in shelf.producers
        if (
            truths[when]
            and (is_held or when or document.key in wanted)
            and (is_held or not is_given or key in shelf.producers)
        ):
            found.append((not is_held, is_given, document.key not in wanted, document.key))
    return [key for *_rank, key in sorted(found)]
