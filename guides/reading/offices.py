"""The procedures of a country, by the office that deals with them."""

from dataclasses import dataclass, field

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Authority

from .addresses import procedure_url
from .procedure_page import Link


@dataclass(slots=True)
class Office:
    authority: Authority
    procedures: list[tuple[Link, str]] = field(default_factory=list)


def offices_of(compiled: CompiledCatalogue, country: str) -> list[Office]:
    """The offices in the order of their first procedure, each procedure with its local name."""
    offices: dict[str, Office] = {}
    for procedure in compiled.procedures_of[country]:
        office = offices.setdefault(procedure.authority, Office(compiled.authorities[procedure.authority]))
        link = Link(procedure.name, procedure.summary, procedure_url(procedure))
        office.procedures.append((link, procedure.local_name))
    return list(offices.values())
