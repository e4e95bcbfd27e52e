"""Procedures as cpsv:PublicService, with the channels, costs and requirements that belong to them alone."""

from collections.abc import Iterable
from functools import cached_property

from django.utils.text import slugify

from guides.catalogue.schema import Alternative, Catalogue, Channel, Fee, Procedure, Requirement

from .context import Node, node
from .things import authority_address, document_address, output_address, source_address
from .vocabularies import (
    channel_kind_address,
    country_address,
    currency_address,
    english,
    in_languages,
    language_address,
)

LEGAL_SOURCE = "law"


class Services:
    """The procedures of one catalogue as nodes."""

    def __init__(self, catalogue: Catalogue):
        self.procedures = {procedure.key: procedure for procedure in catalogue.procedures}
        self.countries = {country.key: country for country in catalogue.countries}
        self.sources = {source.key: source for source in catalogue.sources}
        self.facts = {fact.key: fact for fact in catalogue.facts}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The page of each procedure. Its country is named as in this catalogue, not as in the current edition."""
        slugs = {key: slugify(country.name) for key, country in self.countries.items()}
        return {p.key: f"/procedures/{slugs[p.country]}/{p.key}/" for p in self.procedures.values()}

    def node(self, procedure: Procedure) -> Node:
        country = self.countries[procedure.country]
        first = [need.procedure for need in procedure.requires if need.strength == "required" and not need.when]
        related = [need.procedure for need in procedure.requires if need.procedure not in first]
        laws, others = self._sources(procedure)
        return node(
            self.addresses[procedure.key],
            "cpsv:PublicService",
            identifier=procedure.key,
            title=in_languages(procedure.name, procedure.local_name, country),
            description=english(procedure.summary),
            spatial=country_address(country.key),
            language=language_address(country.language),
            hasCompetentAuthority=authority_address(procedure.authority),
            requires=[self.addresses[key] for key in first],
            relatedService=[self.addresses[key] for key in _once(related)],
            hasInputType=[document_address(key) for key in _asked(procedure)],
            produces=[output_address(key) for key in procedure.outputs],
            holdsRequirement=[self._requirement(procedure, part) for part in procedure.requirements],
            hasChannel=[self._channel(procedure, part) for part in procedure.channels if part.available],
            hasCost=[self._cost(procedure, part) for part in procedure.fees],
            hasLegalResource=[source_address(key) for key in laws],
            source=[source_address(key) for key in others],
        )

    def _requirement(self, procedure: Procedure, part: Requirement) -> Node:
        name = f"requirement-{part.key}"
        return node(
            self._part(procedure, name),
            "cv:Requirement",
            identifier=f"{procedure.key}#{name}",
            title=english(part.name),
            description=english(part.why, part.discretion),
            appliesWhen=part.when,
            hasEvidenceTypeList=[
                self._alternative(procedure, f"{name}-{place}", alternative)
                for place, alternative in enumerate(part.alternatives, 1)
            ],
        )

    def _alternative(self, procedure: Procedure, name: str, part: Alternative) -> Node:
        return node(
            self._part(procedure, name),
            "cv:EvidenceTypeList",
            identifier=f"{procedure.key}#{name}",
            description=english(part.why),
            appliesWhen=part.when,
            specifiesEvidenceType=[document_address(key) for key in part.documents],
        )

    def _channel(self, procedure: Procedure, part: Channel) -> Node:
        name = f"channel-{part.key}"
        longest = part.processing.max_days
        return node(
            self._part(procedure, name),
            "cv:Channel",
            identifier=f"{procedure.key}#{name}",
            kind=channel_kind_address(part.kind),
            title=english(part.name),
            description=english(part.how, part.processing.text),
            page=part.url,
            processingTime=None if longest is None else f"P{longest}D",
            appliesWhen=part.when,
        )

    def _cost(self, procedure: Procedure, part: Fee) -> Node:
        """A range has no single value, and an unknown amount no currency: the description says what is known."""
        name = f"cost-{part.key}"
        exact = part.amount is not None and part.amount_to in (None, part.amount)
        return node(
            self._part(procedure, name),
            "cv:Cost",
            identifier=f"{procedure.key}#{name}",
            description=english(part.text),
            hasValue=part.amount if exact else None,
            currency=None if part.amount is None else currency_address(part.currency),
            validIn=part.year and f"{part.year:04}",
            appliesWhen=part.when,
        )

    def _part(self, procedure: Procedure, name: str) -> str:
        return f"{self.addresses[procedure.key]}#{name}"

    def _sources(self, procedure: Procedure) -> tuple[list[str], list[str]]:
        """The laws and the other publications that the facts of a procedure rest on."""
        cited = _once(source for fact in procedure.facts for source in self.facts[fact].sources)
        laws = [key for key in cited if self.sources[key].kind == LEGAL_SOURCE]
        return laws, [key for key in cited if key not in laws]


def _asked(procedure: Procedure) -> list[str]:
    """Every document that some alternative of some requirement names."""
    return _once(
        document
        for requirement in procedure.requirements
        for alternative in requirement.alternatives
        for document in alternative.documents
    )


def _once(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))
