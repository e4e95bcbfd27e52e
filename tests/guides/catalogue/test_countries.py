"""Countries by the names that people write: everyday ones, other languages, slips, and what may mean several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from guides.catalogue.countries import (
    CLDR,
    countries_called,
    countries_like,
    country_names,
    folded,
    suggestions,
)
from tests import country_names as cldr

KNOWN = {
    "us": "us|US|USA|U.S.A.|United States|America|American|Estados Unidos|EEUU|EE. UU.|EUA|États-Unis|США",
    "gb": "UK|uk|U.K.|Great Britain|England|Scotland|Wales|Northern Ireland|British|Reino Unido|Großbritannien",
    "nl": "Holland|The Netherlands|Países Bajos|Holanda|Dutch",
    "ci": "Ivory Coast|Côte d'Ivoire|Côte d’Ivoire|cote divoire|Elfenbeinküste|Costa do Marfim",
    "es": "Espanha|Spanien|España|ESPAÑA|Espagne",
    "de": "Alemania|Alemanha|Deutschland|deutschland|Allemagne|Німеччина",
    "tr": "Turkey|Türkiye|turkiye|Turquía",
    "kr": "South Korea|Corea del Sur|Südkorea|대한민국",
    "kp": "North Korea",
    "cz": "Czechia|Czech Republic|República Checa",
    "cv": "Cabo Verde|Cape Verde",
    "cd": "DRC|Democratic Republic of the Congo|Congo-Kinshasa|RDC",
    "cg": "Republic of the Congo|Congo-Brazzaville",
    "gn": "Guinea (Conakry)|Guiné-Conacri",
    "gw": "Guinea-Bissau|Guiné-Bissau",
    "ru": "Russia|Россия|Rusia",
    "ua": "Ukraine|Україна|Ucrania",
    "in": "India|भारत",
    "bd": "Bangladesh|বাংলাদেশ",
    "ma": "Morocco|Marrocos|المغرب",
    "cn": "China|中国|PRC",
    "ax": "Åland|Aland Islands",
    "st": "Sao Tome|São Tomé e Príncipe",
    "mm": "Burma|Myanmar|Birmania",
    "sz": "Swaziland|Eswatini",
    "tl": "East Timor|Timor",
    "va": "Vatican|Holy See",
    "ae": "UAE|Emirates",
    "vn": "Vietnam|Viet Nam",
    "ie": "Ireland|Irish|Republic of Ireland",
    "bs": "The Bahamas",
    "no": "no|Norway|Noruega",
}
SEVERAL = {
    "Korea": "kr kp",
    "Corea": "kr kp",
    "Congo": "cg cd",
    "Kongo": "cg cd",
    "Guinea": "gn gw gq pg",
    "Guiné": "gn gw gq pg",
    "Virgin Islands": "vg vi",
    "Dominican": "do dm",
    "Saint Martin": "mf sx",
    "Czechoslovakia": "cz sk",
    "SA": "za sa",
    "CH": "ch cn",
}
SLIPS = {
    "germny": "de",
    "ukrain": "ua",
    "brazl": "br",
    "Protugal": "pt",
    "spian": "es",
    "venezula": "ve",
    "phillipines": "ph",
    "scottland": "gb",
    "morroco": "ma",
    "untied states": "us",
    "austira": "at",
    "austrailia": "au",
    "south corea": "kr",
    "czek republic": "cz",
    "Brittish": "gb",
    "Kingdom of Morocco": "ma",
    "Germ": "de",
    "Elfenbeinkueste": "ci",
}


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in KNOWN.items() for name in names.split("|")])
def test_known_by_what_people_call_it(code, name):
    assert countries_called(name) == (code,)


@pytest.mark.parametrize(("name", "codes"), SEVERAL.items())
def test_name_of_several_is_none_of_them_alone(name, codes):
    assert countries_called(name) == countries_like(name) == tuple(codes.split())


@pytest.mark.parametrize(("name", "code"), SLIPS.items())
def test_slip_is_not_taken_but_understood(name, code):
    assert countries_called(name) == ()
    assert countries_like(name)[0] == code


@pytest.mark.parametrize("name", ["", " ", "???", "x", "ukk", "xyzzy", "Atlantis", "Kosovo", "\x00", "ü" * 500, "🇩🇪"])
def test_what_means_nothing_gives_nothing(name):
    assert countries_called(name) == countries_like(name) == ()


def test_nigeria_with_a_slip_is_not_niger_in_latvian():
    assert countries_called("Nigera") == ()
    assert countries_like("Nigera")[:2] == ("ng", "ne")


def test_ukraine_is_never_offered_alone_for_the_uk():
    assert [hit.code for hit in suggestions("uk")] == ["gb", "ua"]


def test_every_name_that_is_shown_means_its_country():
    assert {name: countries_called(name) for name in country_names().values()} == {
        name: (code,) for code, name in country_names().items()
    }
    assert len(country_names()) == 249


def test_names_are_everyday_ones_in_the_order_of_the_alphabet():
    names = list(country_names().values())
    assert names[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    assert {"Russia", "South Korea", "Taiwan", "United Kingdom", "Vietnam", "Ivory Coast", "Turkey"} <= {*names}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Ger", ("de", "Germany")),
        ("alem", ("de", "Alemania")),
        ("usa", ("us", "USA")),
        ("holl", ("nl", "Holland")),
        ("south k", ("kr", "South Korea")),
        ("korea", ("kr", "South Korea")),
        ("brazl", ("br", "Brazil")),
        ("Украї", ("ua", "Україна")),
    ],
)
def test_suggested_while_typing(typed, first):
    assert suggestions(typed)[0] == first


def test_suggestions_are_few_and_each_country_once():
    for typed in ("a", "s", "united", "republic", "guinea", "saint"):
        codes = [hit.code for hit in suggestions(typed)]
        assert 1 <= len(codes) <= 6
        assert len(codes) == len({*codes})


def test_file_holds_what_cldr_says():
    assert CLDR.read_text(encoding="utf-8") == cldr.text(), "write it anew: see tests/country_names.py"


def test_no_name_of_another_language_is_an_english_one_with_a_slip():
    for line in CLDR.read_text(encoding="utf-8").splitlines()[2:]:
        code, *names = line.split("\t")
        for name in filter(str.isascii, map(folded, names)):
            near = [o for o, n in country_names().items() if OSA.normalized_similarity(name, folded(n)) > 0.9]
            assert near in ([], [code]), name


@given(st.text(max_size=200))
def test_whatever_is_typed_has_an_answer(typed):
    called, like = countries_called(typed), countries_like(typed)
    assert {*called, *like, *(hit.code for hit in suggestions(typed))} <= country_names().keys()
    assert called in ((), like)
