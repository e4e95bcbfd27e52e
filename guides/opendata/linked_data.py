"""A catalogue as JSON-LD in the terms of CPSV-AP 3.2. Says only what the catalogue says, in its order."""

import datetime
from dataclasses import dataclass
from typing import Any

from guides.catalogue.schema import Catalogue

from .context import Node, context, node
from .services import LEGAL_SOURCE, Services
from .things import authority, evidence_type, output, publication
from .vocabularies import ENGLISH, channel_kind, currency, english, language, language_address, location

PAGE = "/open-data/"
NAME = "Relocation Checklist"
# That of the data. The code has another one (docs/decisions/0053).
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Imprint:
    """What tells an edition from the others. ``digest`` is the SHA-256 of its JSON, in hexadecimal."""

    number: int
    published_at: datetime.datetime
    digest: str


def linked_data(catalogue: Catalogue, imprint: Imprint, site: str) -> dict[str, Any]:
    """The document for the site at this origin (without a final slash). References in the catalogue must be sound."""
    services = Services(catalogue)
    graph = [
        _dataset(imprint, list(services.addresses.values())),
        node("/", "foaf:Agent", identifier=f"{site}/", title=english(NAME)),
        node(PAGE, "foaf:Document"),
        node(LICENCE, "dct:LicenseDocument"),
        *_codes(catalogue),
        *_shared(catalogue, services),
        *(services.node(procedure) for procedure in catalogue.procedures),
    ]
    return {"@context": context(site), "@graph": graph}


def _dataset(imprint: Imprint, services: list[str]) -> Node:
    folder = f"{PAGE}editions/{imprint.number}/"
    checksum = {
        "@type": "spdx:Checksum",
        "algorithm": "spdx:checksumAlgorithm_sha256",
        "checksumValue": imprint.digest,
    }
    distribution = node(
        f"{folder}#json",
        "dcat:Distribution",
        downloadURL=f"{folder}catalogue.json",
        mediaType="https://www.iana.org/assignments/media-types/application/json",
        license=LICENCE,
        checksum=checksum,
    )
    return node(
        f"{folder}catalogue.jsonld",
        "dcat:Dataset",
        identifier=f"edition-{imprint.number}",
        title=english(f"{NAME}, edition {imprint.number}"),
        description=english("What offices ask of people who move to another country: procedures, documents, sources."),
        version=str(imprint.number),
        issued=imprint.published_at.isoformat(timespec="seconds"),
        license=LICENCE,
        publisher="/",
        landingPage=PAGE,
        language=ENGLISH,
        distribution=distribution,
        hasPart=services,
    )


def _codes(catalogue: Catalogue) -> list[Node]:
    """Entries of code lists that the other nodes refer to, each once."""
    languages = {language_address(country.language): None for country in catalogue.countries} | {ENGLISH: None}
    currencies = {fee.currency: None for p in catalogue.procedures for fee in p.fees if fee.amount is not None}
    kinds = {channel.kind: None for p in catalogue.procedures for channel in p.channels if channel.available}
    return [
        *(location(country) for country in catalogue.countries),
        *(language(address) for address in languages if address),
        *(currency(code) for code in currencies),
        *(channel_kind(kind) for kind in kinds),
    ]


def _shared(catalogue: Catalogue, services: Services) -> list[Node]:
    countries = services.countries
    given = {key for procedure in catalogue.procedures for key in procedure.outputs}
    return [
        *(authority(entry, countries[entry.country]) for entry in catalogue.authorities),
        *(evidence_type(entry, countries.get(entry.country or "")) for entry in catalogue.documents),
        *(output(entry, countries.get(entry.country or "")) for entry in catalogue.documents if entry.key in given),
        *(publication(entry, entry.kind == LEGAL_SOURCE) for entry in catalogue.sources),
    ]
