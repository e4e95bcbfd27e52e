"""The words of the linked data, and what they mean: a JSON-LD context that travels inside the document."""

from typing import Any

Context = dict[str, Any]
Node = dict[str, Any]

PREFIXES = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TEXTS = {
    "title": "dct:title",
    "description": "dct:description",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
}
LITERALS = {
    "identifier": "dct:identifier",
    "titleAsPrinted": "dct:title",
    "dateAsPrinted": "dct:date",
    "publisherName": "dc:publisher",
    "notation": "skos:notation",
    "version": "dcat:version",
}
TYPED = {
    "issued": ("dct:issued", "xsd:dateTime"),
    "validIn": ("dct:valid", "xsd:gYear"),
    "hasValue": ("cv:hasValue", "xsd:double"),
    "processingTime": ("cv:processingTime", "xsd:duration"),
    "checksumValue": ("spdx:checksumValue", "xsd:hexBinary"),
}
LINKS = {
    "algorithm": "spdx:algorithm",
    "checksum": "spdx:checksum",
    "conformsTo": "dct:conformsTo",
    "currency": "cv:currency",
    "distribution": "dcat:distribution",
    "downloadURL": "dcat:downloadURL",
    "hasChannel": "cv:hasChannel",
    "hasCompetentAuthority": "cv:hasCompetentAuthority",
    "hasCost": "cv:hasCost",
    "hasEvidenceTypeList": "cv:hasEvidenceTypeList",
    "hasInputType": "cv:hasInputType",
    "hasLegalResource": "cv:hasLegalResource",
    "hasPart": "dct:hasPart",
    "holdsRequirement": "cv:holdsRequirement",
    "kind": "dct:type",
    "landingPage": "dcat:landingPage",
    "language": "dct:language",
    "license": "dct:license",
    "mediaType": "dcat:mediaType",
    "page": "foaf:page",
    "produces": "cpsv:produces",
    "publisher": "dct:publisher",
    "relatedService": "cv:relatedService",
    "requires": "dct:requires",
    "source": "dct:source",
    "spatial": "dct:spatial",
    "specifiesEvidenceType": "cv:specifiesEvidenceType",
}


def context(site: str) -> Context:
    """The context for the site at this origin (without a final slash), against which addresses are resolved."""
    return {
        "@version": 1.1,
        "@base": f"{site}/",
        **PREFIXES,
        **{term: {"@id": iri, "@container": "@language"} for term, iri in TEXTS.items()},
        **LITERALS,
        **{term: {"@id": iri, "@type": datatype} for term, (iri, datatype) in TYPED.items()},
        **{term: {"@id": iri, "@type": "@id"} for term, iri in LINKS.items()},
        # The one word that no public vocabulary has; the page of the open data explains it.
        "appliesWhen": f"{site}/open-data/#applies-when",
    }


def node(address: str, thing: str, /, **properties: Any) -> Node:
    """A thing with what is known of it; empty properties are left out."""
    known = {name: value for name, value in properties.items() if value not in ("", None, [], {})}
    return {"@id": address, "@type": thing, **known}
