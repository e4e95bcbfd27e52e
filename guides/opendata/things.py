"""What several procedures share: authorities, documents and publications."""

from guides.catalogue.schema import Authority, Country, Document, Source

from .context import Node, node
from .vocabularies import country_address, english, in_languages


def authority_address(key: str) -> str:
    return f"/open-data/#authority-{key}"


def document_address(key: str) -> str:
    return f"/documents/{key}/"


def output_address(key: str) -> str:
    """The paper that an office hands out, as against the kind of evidence that another one asks for."""
    return f"{document_address(key)}#output"


def source_address(key: str) -> str:
    return f"/sources/#source-{key}"


def authority(entry: Authority, country: Country) -> Node:
    return node(
        authority_address(entry.key),
        "cv:PublicOrganisation",
        identifier=entry.key,
        prefLabel=in_languages(entry.name, entry.local_name, country),
        altLabel={country.language: entry.abbreviation} if entry.abbreviation else {},
        description=english(entry.about),
        spatial=country_address(country.key),
        page=entry.url,
    )


def evidence_type(entry: Document, country: Country | None) -> Node:
    return node(
        document_address(entry.key),
        "cv:EvidenceType",
        identifier=entry.key,
        title=in_languages(entry.name, entry.local_name, country),
        description=english(entry.how, entry.validity),
        page=entry.url,
    )


def output(entry: Document, country: Country | None) -> Node:
    return node(
        output_address(entry.key),
        "cv:Output",
        identifier=f"{entry.key}#output",
        title=in_languages(entry.name, entry.local_name, country),
        conformsTo=document_address(entry.key),
    )


def publication(entry: Source, legal: bool) -> Node:
    """Titles are in the language of the publication, which the catalogue does not tell: they carry no tag."""
    return node(
        source_address(entry.key),
        "eli:LegalResource" if legal else "foaf:Document",
        identifier=entry.key,
        titleAsPrinted=entry.title,
        publisherName=entry.publisher,
        dateAsPrinted=entry.date,
        page=entry.url,
    )
