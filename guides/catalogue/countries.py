"""Countries by their everyday names, and which one is meant by a name in any language, with a slip or not.

Names come from ISO 3166-1 (django-countries), from CLDR (a file that tests/country_names.py writes) and from
``country_names.yaml``.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.utils.translation import override
from django_countries.base import CountriesBase
from django_countries.data import ALT_CODES, COUNTRIES
from rapidfuzz import process
from rapidfuzz.distance import OSA

CLDR = Path(__file__).with_name("country_names_cldr.txt")
OWN = Path(__file__).with_name("country_names.yaml")
# How alike a name must be, of 1, to be asked about; how much less than the most alike one.
ALIKE, BEHIND = 0.7, 0.13
# Fewer letters than this say too little about what was meant; and about which language is written.
LEAST, ENOUGH = 4, 3
# More are no help.
MOST = 6
LONGEST = 80


class Hit(NamedTuple):
    """A country that may be meant, and the name of it that was found."""

    code: str
    name: str


@cache
def country_names() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes in lower case with everyday English names, sorted by name: Åland stands under A."""
    with override("en"):
        named = {code.lower(): str(CountriesBase.COMMON_NAMES.get(code, name)) for code, name in COUNTRIES.items()}
    named |= _own()["shown"]
    return dict(sorted(named.items(), key=lambda pair: folded(pair[1])))


def countries_called(name: str) -> tuple[str, ...]:
    """The codes of the countries that are called just so, or that have this code; none for a name that is not known."""
    if name in country_names():
        return (name,)
    return tuple(hit.code for hit in _names().get(folded(name), ()))


def countries_like(name: str) -> tuple[str, ...]:
    """The codes of the countries that may be meant: those called so, else those with a name that is alike."""
    return countries_called(name) or tuple(hit.code for hit in _alike(name)[:MOST])


def suggestions(typed: str) -> list[Hit]:
    """What to offer while a name is typed: names that begin so, English ones first, then names that are alike."""
    key, known = folded(typed), _names()
    english = [Hit(code, name) for code, name in country_names().items() if _has_word(name, key)]
    english.sort(key=lambda hit: not folded(hit.name).startswith(key))
    others = [hit for name in _long_names() if name.startswith(key) for hit in known[name]]
    hits = [*known.get(key, ()), *english, *(others if len(key) >= ENOUGH else ()), *_alike(typed)]
    return _each_once(hits)[:MOST] if key else []


def folded(name: str) -> str:
    """A name without capitals, accents, signs and "the" in front; the vowels of Indian scripts stay."""
    plain = name[:LONGEST].strip().casefold().removeprefix("the ").replace("&", " and ")
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in decomposed if sign.isalnum() or _is_vowel(sign))


def _is_vowel(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M" and unicodedata.combining(sign) < 200


def _has_word(name: str, key: str) -> bool:
    return folded(name).startswith(key) or any(folded(word).startswith(key) for word in name.split())


def _alike(name: str) -> list[Hit]:
    """Names with a slip or two, most alike first; else those that begin so, or that are one of several words."""
    key, known = folded(name), _names()
    if len(key) < LEAST:
        return []
    found = process.extract(key, _long_names(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=None)
    keys = [name for name, alike, _place in found if alike >= found[0][1] - BEHIND]
    keys = keys or [name for name in _long_names() if name.startswith(key)]
    keys = keys or [word for word in map(folded, name.split()) if len(word) >= LEAST and word in known]
    return _each_once(hit for name in keys for hit in known[name])


def _each_once(hits: Iterable[Hit]) -> list[Hit]:
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.code, hit)
    return list(first.values())


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in _names() if len(name) >= LEAST)


@cache
def _names() -> dict[str, tuple[Hit, ...]]:
    """By folded name, the countries that are called so. What ``several`` says comes before all languages."""
    found = {
        folded(name): {code: Hit(code, country_names()[code]) for code in codes}
        for name, codes in _own()["several"].items()
    }
    settled = set(found)
    for code, name in _all_names():
        key = folded(name)
        if key not in settled:
            found.setdefault(key, {}).setdefault(code, Hit(code, name))
    return {key: tuple(hits.values()) for key, hits in found.items() if key}


def _all_names() -> Iterator[tuple[str, str]]:
    """Pairs of code and name, those that most readers know first."""
    yield from country_names().items()
    for code, names in _own()["also"].items():
        yield from ((code, name) for name in names)
    with override("en"):
        for upper, name in COUNTRIES.items():
            usual = CountriesBase.COMMON_NAMES.get(upper, name)
            for each in (usual, name, *CountriesBase.OLD_NAMES.get(upper, ()), upper, ALT_CODES[upper][0]):
                yield upper.lower(), str(each)
    for line in CLDR.read_text(encoding="utf-8").splitlines():
        code, *others = line.split("\t")
        yield from ((code, name) for name in others)


@cache
def _own() -> Any:
    return yaml.safe_load(OWN.read_text(encoding="utf-8"))
