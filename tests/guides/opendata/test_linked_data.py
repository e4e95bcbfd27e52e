"""A catalogue as JSON-LD: it conforms to CPSV-AP, and says what the catalogue says and nothing else.

Conformance is tested against ``cpsv_ap.ttl``, and against the official shapes too when ``CPSV_AP_SHAPES`` names them.
"""

import datetime
import json
import os
import socket
from pathlib import Path
from urllib.parse import urldefrag

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS, XSD

from guides.opendata import LICENCE, Imprint, linked_data
from tests.guides.small import changed, without
from tests.shipped import shipped_catalogue

SITE = "https://site.example"
IMPRINT = Imprint(3, datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC), "0a" * 32)
DOUBLE = str(Path(__file__).with_name("cpsv_ap.ttl"))
SHAPES = [DOUBLE, *filter(None, [os.environ.get("CPSV_AP_SHAPES")])]

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
TABLES = Namespace("http://publications.europa.eu/resource/authority/")
PAGES = Namespace(f"{SITE}/")
NIF = PAGES["procedures/portugal/nif/"]


# rdflib reads JSON-LD with a class of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_args, **_options):
        raise AssertionError("The data is read without asking any other host.")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def triples(catalogue):
    return Graph().parse(data=json.dumps(linked_data(catalogue, IMPRINT, SITE)), format="json-ld")


def violations(graph, shapes=DOUBLE):
    conforms, _results, report = pyshacl.validate(graph, shacl_graph=Graph().parse(shapes, format="turtle"))
    return "" if conforms else report


@pytest.fixture
def graph(small):
    return triples(small)


@pytest.mark.parametrize("shapes", SHAPES, ids=lambda path: Path(path).stem)
def test_shipped_catalogue_conforms(shapes):
    assert violations(triples(shipped_catalogue().catalogue), shapes) == ""


@pytest.mark.parametrize("shapes", SHAPES, ids=lambda path: Path(path).stem)
@pytest.mark.parametrize(
    ("subject", "predicate", "instead"),
    [
        (NIF, DCTERMS.title, None),
        (NIF, DCTERMS.description, Literal("In no language")),
        (NIF, DCTERMS.identifier, None),
        (NIF, CV.hasCompetentAuthority, PAGES.nobody),
        (NIF, CV.hasInputType, NIF),
        (PAGES["open-data/#authority-financas"], DCTERMS.spatial, None),
        (URIRef(f"{NIF}#cost-none"), DCTERMS.identifier, None),
        (URIRef(f"{NIF}#requirement-identity"), DCTERMS.title, None),
        (PAGES["open-data/editions/3/catalogue.jsonld"], DCTERMS.publisher, PAGES.nobody),
    ],
)
def test_a_mistake_is_found(graph, subject, predicate, instead, shapes):
    assert violations(graph, shapes) == ""
    assert (subject, predicate, None) in graph
    graph.remove((subject, predicate, None))
    if instead is not None:
        graph.add((subject, predicate, instead))
    assert f"<{subject}>" in violations(graph, shapes)


def test_a_service_has_its_names_office_country_and_language(graph):
    assert (NIF, RDF.type, CPSV.PublicService) in graph
    assert set(graph.objects(NIF, DCTERMS.title)) == {Literal("Get a tax number", "en"), Literal("Pedir o NIF", "pt")}
    assert graph.value(NIF, DCTERMS.description) == Literal("Gives you the NIF.", "en")
    office = graph.value(NIF, CV.hasCompetentAuthority)
    assert Literal("Finanças", "pt") in set(graph.objects(office, SKOS.prefLabel))
    for thing in (NIF, office):
        assert graph.value(thing, DCTERMS.spatial) == TABLES["country/PRT"]
    assert graph.value(NIF, DCTERMS.language) == TABLES["language/POR"]


def test_what_a_service_asks_for_and_gives(graph):
    paper, passport = PAGES["documents/nif-document/"], PAGES["documents/passport/"]
    assert set(graph.objects(NIF, CV.hasInputType)) == {paper, passport}
    assert graph.value(graph.value(NIF, CPSV.produces), DCTERMS.conformsTo) == paper
    requirement = graph.value(NIF, CV.holdsRequirement)
    assert set(graph.objects(requirement, DCTERMS.description)) == {
        Literal("They must know you.", "en"),
        Literal("Some offices ask for it.", "en"),
    }
    ways = [
        set(graph.objects(way, CV.specifiesEvidenceType))
        for way in sorted(graph.objects(requirement, CV.hasEvidenceTypeList))
    ]
    assert ways == [{paper, passport}, {passport}]


def test_conditions_go_along(graph):
    (condition,) = graph.objects(URIRef(f"{NIF}#requirement-identity"), PAGES["open-data/#applies-when"])
    assert condition == Literal("stay_months >= 3")


def test_only_publications_of_law_are_legal_resources(small):
    graph = triples(changed(changed(small, "sources", "portal", kind="law"), "sources", "blog", kind="press"))
    assert list(graph.objects(NIF, CV.hasLegalResource)) == [PAGES["sources/#source-portal"]]
    assert list(graph.objects(NIF, DCTERMS.source)) == [PAGES["sources/#source-blog"]]


def with_part(catalogue, section, **fields):
    """The catalogue with other values in the first of the channels, fees or dependencies of a procedure."""
    key = "niss" if section == "requires" else "nif"
    (procedure,) = [procedure for procedure in catalogue.procedures if procedure.key == key]
    part = getattr(procedure, section)[0].model_dump() | fields
    return changed(catalogue, "procedures", key, **{section: [part]})


@pytest.mark.parametrize(
    ("processing", "expected"),
    [
        ({"min_days": 2, "max_days": 90}, Literal("P90D", datatype=XSD.duration)),
        ({"max_days": 0, "text": "at once"}, Literal("P0D", datatype=XSD.duration)),
        ({"min_days": 2}, None),
        ({"text": "Months, they say."}, None),
    ],
)
def test_processing_time_is_the_longest_that_is_known(small, processing, expected):
    graph = triples(with_part(small, "channels", available=True, processing=processing))
    channel = graph.value(NIF, CV.hasChannel)
    assert graph.value(channel, CV.processingTime) == expected
    assert not processing.get("text") or Literal(processing["text"], "en") in set(graph[channel : DCTERMS.description])


def test_closed_channels_are_left_out(graph, small):
    assert graph.value(NIF, CV.hasChannel) is None
    assert triples(with_part(small, "channels", available=True)).value(NIF, CV.hasChannel)


@pytest.mark.parametrize(
    ("fee", "value", "currency"),
    [
        ({"amount": 12.5, "amount_to": None, "currency": "EUR"}, [12.5], TABLES["currency/EUR"]),
        ({"amount": 0.0, "amount_to": 0.0}, [0.0], TABLES["currency/USD"]),
        ({"amount": 7.5, "amount_to": 15.0}, [], TABLES["currency/USD"]),
        ({"amount": None, "amount_to": None}, [], None),
    ],
)
def test_cost_has_a_value_where_there_is_one(small, fee, value, currency):
    graph = triples(with_part(small, "fees", **fee))
    cost = graph.value(NIF, CV.hasCost)
    assert [amount.toPython() for amount in graph.objects(cost, CV.hasValue)] == value
    assert graph.value(cost, CV.currency) == currency
    assert graph.value(cost, DCTERMS.description) == Literal("From 7.50 to 15 dollars.", "en")


@pytest.mark.parametrize(
    ("dependency", "predicate"),
    [
        ({"strength": "required", "when": ""}, DCTERMS.requires),
        ({"strength": "required", "when": "here"}, CV.relatedService),
        ({"strength": "recommended", "when": ""}, CV.relatedService),
    ],
)
def test_only_what_always_comes_first_is_required(small, dependency, predicate):
    graph = triples(with_part(small, "requires", **dependency))
    assert list(graph.predicates(PAGES["procedures/portugal/niss/"], NIF)) == [predicate]


def test_the_edition_names_itself_and_its_licence(graph):
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    assert dataset == PAGES["open-data/editions/3/catalogue.jsonld"]
    assert graph.value(dataset, DCTERMS.license) == URIRef(LICENCE)
    assert graph.value(dataset, DCTERMS.issued).toPython() == IMPRINT.published_at
    assert set(graph.objects(dataset, DCTERMS.hasPart)) == set(graph.subjects(RDF.type, CPSV.PublicService))
    checksum = graph.value(graph.value(dataset, DCAT.distribution), URIRef("http://spdx.org/rdf/terms#checksum"))
    value = graph.value(checksum, URIRef("http://spdx.org/rdf/terms#checksumValue"))
    assert str(value).lower() == IMPRINT.digest


def test_no_text_is_invented():
    catalogue = shipped_catalogue().catalogue
    graph = triples(catalogue)
    written = set(strings(catalogue.model_dump(mode="json")))
    ours = {*graph.subjects(RDF.type, DCAT.Dataset), *graph.subjects(RDF.type, FOAF.Agent)}
    ours |= {kind for kind in graph.subjects(RDF.type, SKOS.Concept) if "#channel-" in kind}
    told = {str(text) for thing, _p, text in graph if isinstance(text, Literal) and text.language and thing not in ours}
    assert len(told) > 1000
    assert told <= written


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def test_a_language_or_country_outside_the_tables_is_no_obstacle(small):
    somewhere = {**small.countries[0].model_dump(), "key": "xx", "name": "Nowhere", "language": "tlh"}
    text = without(small, "countries", "pt").model_dump_json().replace('"country":"pt"', '"country":"xx"')
    elsewhere = type(small).model_validate({**json.loads(text), "countries": [somewhere]})
    graph = triples(elsewhere)
    nif = PAGES["procedures/nowhere/nif/"]
    assert graph.value(nif, DCTERMS.language) is None
    assert graph.value(nif, DCTERMS.spatial) == PAGES["open-data/#country-xx"]
    assert violations(graph) == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("edition")
def test_addresses_of_things_lead_to_pages(client, graph):
    own = {urldefrag(thing).url for thing in graph.subjects() if str(thing).startswith(SITE)}
    pages = {page.removeprefix(SITE) for page in own if "/editions/" not in page} - {"/"}
    assert pages >= {"/procedures/portugal/nif/", "/documents/passport/", "/sources/", "/open-data/"}
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
