"""What a person has: what is ticked, what other answers say, and what these papers are good for in turn."""

from collections.abc import Iterable

from guides.catalogue.compiled import CompiledCatalogue
from guides.conditions import Truths

HOLDINGS = "in_hand"


def held(compiled: CompiledCatalogue, truths: Truths, more: Iterable[str] = ()) -> frozenset[str]:
    """Keys of all documents that count as being in hand: those answered, ``more``, those that answers speak of
    (``Document.held_when``), and everything that these are good for (``Document.covers``)."""
    found = {*(truths.answers.get(HOLDINGS) or ()), *more}
    found |= {document.key for document in compiled.held_by_answers if truths[document.held_when]}
    waiting = list(found)
    while waiting:
        document = compiled.documents.get(waiting.pop())
        for cover in document.covers if document else ():
            if cover.document not in found and truths[cover.when]:
                found.add(cover.document)
                waiting.append(cover.document)
    return frozenset(found)
