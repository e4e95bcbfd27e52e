"""What has to be looked at to know who gains or loses a procedure or a document between two catalogues."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from checklists.planner import Progress
from checklists.planner.holding import HOLDINGS
from guides.catalogue.compiled import DESTINATION, CompiledCatalogue
from guides.catalogue.schema import Procedure
from guides.conditions.evaluate import comparisons, keys_in
from guides.conditions.tree import AnyOf


class Narrowing:
    """What has to be looked at: procedures with another selection or other documents.

    ``doubtful`` are answers that somebody gave and that the two catalogues understand differently.
    """

    def __init__(self, old: CompiledCatalogue, new: CompiledCatalogue, doubtful: frozenset[str]):
        self.old, self.new = old, new
        everything = sorted(old.procedures.keys() | new.procedures.keys())
        if any(_outputs(old, key) != _outputs(new, key) for key in everything):
            doubtful |= {HOLDINGS}
        doubtful |= {key for key in _overtaken(old) | _overtaken(new) if _stale(old, key) != _stale(new, key)}
        self.changed = tuple(
            key for key in everything if _shape(old, key) != _shape(new, key) or doubtful & _keys(key, old, new)
        )
        asked = frozenset().union(*(_asked(compiled, key) for compiled in (old, new) for key in self.changed))
        asked = asked.union(*(new.stand_ins.get(document, ()) for document in asked))
        makers = {maker for document in asked for maker in new.producers.get(document, ())}
        self.reading = Reading((*self.changed, *makers), asked, old, new)

    @cached_property
    def other_askers(self) -> dict[str, tuple[str, ...]]:
        """The procedures that ask for each document, without those that changed; the same in both catalogues."""
        found: dict[str, list[str]] = {}
        for key in self.new.procedures.keys() - set(self.changed):
            for document in _asked(self.new, key):
                found.setdefault(document, []).append(key)
        return {document: tuple(sorted(keys)) for document, keys in found.items()}


class Reading:
    """The answers and ticks that some procedures read, and whether some documents are held. The others are left out."""

    def __init__(self, procedures: Iterable[str], documents: frozenset[str], *catalogues: CompiledCatalogue):
        procedures = tuple(procedures)
        self.catalogues = catalogues
        keys = {DESTINATION}.union(*(_keys(key, *catalogues) for key in procedures))
        keys = keys.union(*(_keys_of_document(compiled, key) for compiled in catalogues for key in documents))
        self.keys = sorted(keys.union(*(_keys_of_overtaken(compiled, keys) for compiled in catalogues)))
        self.documents = documents.union(*(_held(compiled, key) for compiled in catalogues for key in procedures))
        self.procedures = frozenset(procedures).union(
            *(compiled.producers.get(document, ()) for compiled in catalogues for document in self.documents)
        )

    def answers(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Always in the same order, so that equal ones look the same."""
        return {key: value for key in self.keys if (value := raw.get(key)) is not None}

    def holdings(self, raw: dict[str, Any]) -> dict[str, Any]:
        """What somebody answered to have, where it matters."""
        return {HOLDINGS: raw[HOLDINGS]} if self.documents and raw.get(HOLDINGS) is not None else {}

    def ticks(self, progress: Progress) -> Progress:
        """What matters of it. Whoever ticked any paper has told what is in hand, so one always stays."""
        finished = {key: None for key in progress.finished if key in self.procedures}
        documents = progress.documents & self.documents
        if not documents and self.documents:
            documents = frozenset(sorted(progress.documents | self._given(progress))[:1])
        return Progress(finished, documents)

    def _given(self, progress: Progress) -> frozenset[str]:
        """What finished procedures gave that matters to none of these."""
        given = (_outputs(compiled, key) for compiled in self.catalogues for key in progress.finished)
        return frozenset().union(*given) - self.documents


def _overtaken(compiled: CompiledCatalogue) -> set[str]:
    """The answers that time can overtake."""
    return {str(key) for key in compiled.overtaken.places}


def _stale(compiled: CompiledCatalogue, key: str) -> Any:
    return compiled.vocabulary.parse(compiled.questions[key].stale_when) if key in _overtaken(compiled) else None


def _keys_of_overtaken(compiled: CompiledCatalogue, keys: Iterable[str]) -> frozenset[str]:
    """The answers that say whether time has overtaken some of these."""
    texts = [compiled.questions[key].stale_when for key in _overtaken(compiled).intersection(keys)]
    return frozenset().union(*(keys_in(compiled.vocabulary.parse(text)) for text in texts))


def _keys_of_document(compiled: CompiledCatalogue, key: str) -> frozenset[str]:
    """The answers that say whether somebody has a document, or something in its place."""
    texts = compiled.texts_of_document.get(key, ())
    return frozenset().union(*(keys_in(compiled.vocabulary.parse(text)) for text in texts))


def _asked(compiled: CompiledCatalogue, key: str) -> frozenset[str]:
    """The documents that a procedure may ask for."""
    found = compiled.procedures.get(key)
    ways = [way for need in found.requirements for way in need.alternatives] if found else ()
    return frozenset(document for way in ways for document in way.documents)


def _held(compiled: CompiledCatalogue, key: str) -> frozenset[str]:
    """The documents that the conditions of a procedure ask whether somebody holds."""
    found = compiled.procedures.get(key)
    nodes = [compiled.vocabulary.parse(text) for text in _conditions(found) if text] if found else ()
    atoms = (atom for node in nodes for atom in comparisons(node) if isinstance(atom, AnyOf))
    return frozenset(value for atom in atoms if atom.key == HOLDINGS for value in atom.values)


def _outputs(compiled: CompiledCatalogue, key: str) -> frozenset[str]:
    return frozenset(compiled.procedures[key].outputs) if key in compiled.procedures else frozenset()


def _shape(compiled: CompiledCatalogue, key: str) -> Any:
    """All that decides whether a procedure is in a plan and which documents it asks for there."""
    if key not in compiled.procedures:
        return None
    procedure = compiled.procedures[key]
    parse = compiled.vocabulary.parse
    statuses = procedure.required_when, procedure.recommended_when, procedure.optional_when, procedure.done_when
    asked = [
        (parse(need.when), bool(need.discretion), [(parse(way.when), way.documents) for way in need.alternatives])
        for need in procedure.requirements
    ]
    is_offered = procedure.country in compiled.countries
    return is_offered, procedure.country, [text and parse(text) for text in statuses], asked


def _keys(key: str, *catalogues: CompiledCatalogue) -> frozenset[str]:
    """The answers that the shape of a procedure reads in any of these catalogues."""
    found = ((compiled, compiled.procedures[key]) for compiled in catalogues if key in compiled.procedures)
    texts = [(compiled, text) for compiled, procedure in found for text in _conditions(procedure) if text]
    return frozenset().union(*(keys_in(compiled.vocabulary.parse(text)) for compiled, text in texts))


def _conditions(procedure: Procedure) -> Iterator[str]:
    yield from (procedure.required_when, procedure.recommended_when, procedure.optional_when, procedure.done_when)
    for requirement in procedure.requirements:
        yield requirement.when
        yield from (alternative.when for alternative in requirement.alternatives)
