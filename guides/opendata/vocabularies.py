"""Addresses in the authority tables of the EU Publications Office, and the nodes that stand for their entries."""

from django_countries import countries

from guides.catalogue.schema import Country

from .context import Node, node

TABLES = "http://publications.europa.eu/resource/authority"
ENGLISH = f"{TABLES}/language/ENG"
# The official languages of the EU by BCP 47 tag, as the language table names them.
LANGUAGES = {
    "bg": "BUL", "cs": "CES", "da": "DAN", "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST",
    "fi": "FIN", "fr": "FRA", "ga": "GLE", "hr": "HRV", "hu": "HUN", "it": "ITA", "lt": "LIT", "lv": "LAV",
    "mt": "MLT", "nl": "NLD", "pl": "POL", "pt": "POR", "ro": "RON", "sk": "SLK", "sl": "SLV", "sv": "SWE",
}  # fmt: skip


def country_address(key: str) -> str:
    """The keys of countries are ISO 3166-1 codes; one that is not gets an address of our own."""
    code = countries.alpha3(key.upper())
    return f"{TABLES}/country/{code}" if code else f"/open-data/#country-{key}"


def language_address(tag: str) -> str | None:
    """None for a language that is not official in the EU."""
    code = LANGUAGES.get(tag.split("-")[0].lower())
    return code and f"{TABLES}/language/{code}"


def currency_address(code: str) -> str:
    return f"{TABLES}/currency/{code}"


def channel_kind_address(kind: str) -> str:
    return f"/open-data/#channel-{kind}"


def location(country: Country) -> Node:
    return node(
        country_address(country.key), "dct:Location", prefLabel=in_languages(country.name, country.local_name, country)
    )


def language(address: str) -> Node:
    return node(address, "dct:LinguisticSystem", notation=address.rpartition("/")[2])


def currency(code: str) -> Node:
    return node(currency_address(code), "skos:Concept", notation=code)


def channel_kind(kind: str) -> Node:
    label = kind.replace("_", " ").capitalize()
    return node(channel_kind_address(kind), "skos:Concept", notation=kind, prefLabel={"en": label})


def english(*texts: str) -> dict[str, str | list[str]]:
    """The texts that are not empty, as English."""
    said = [text for text in texts if text]
    return {"en": said[0] if len(said) == 1 else said} if said else {}


def in_languages(name: str, local_name: str, country: Country | None) -> dict[str, str]:
    """An English name and the local one; a local name of no country has no known language and is left out."""
    local = {country.language: local_name} if country and local_name else {}
    return {**local, "en": name}
