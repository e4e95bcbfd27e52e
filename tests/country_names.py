"""What CLDR calls the countries, as guides/catalogue/country_names_cldr.txt keeps it. To write that file anew:

.venv/bin/python manage.py shell -c "from tests import country_names; country_names.write()"
"""

from babel import Locale
from django_countries.data import COUNTRIES
from rapidfuzz.distance import OSA

from guides.catalogue.countries import CLDR, country_names, folded

# Which most people of some country write, or read in a passport.
# fmt: off
LANGUAGES = [
    "en", "es", "pt", "fr", "de", "it", "nl", "ca", "eu", "gl", "pl", "ro", "uk", "ru", "be", "bg",
    "sr", "hr", "sl", "sk", "cs", "hu", "lt", "lv", "et", "fi", "sv", "da", "nb", "is", "ga", "cy",
    "mt", "sq", "mk", "bs", "el", "tr", "az", "ka", "hy", "kk", "ky", "uz", "tg", "tk", "mn", "ar",
    "fa", "ps", "he", "ur", "hi", "bn", "ne", "pa", "gu", "mr", "ta", "te", "kn", "ml", "si", "my",
    "km", "lo", "th", "vi", "id", "ms", "fil", "zh", "zh_Hant", "ja", "ko", "am", "so", "sw", "ha", "yo",
    "ig", "rw", "mg", "af", "zu",
]
# fmt: on
HEAD = """\
# Names of countries in CLDR, the Common Locale Data Repository, each once: written by tests/country_names.py.
# Copyright © Unicode, Inc.; its licence is in LICENSE.unicode beside this file.
"""


def text() -> str:
    """One line for each country: its code and its names, with tabs between them."""
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    lines = []
    for code in sorted(COUNTRIES):
        names: dict[str, str] = {}
        for spoken in territories:
            if code in spoken and _is_safe(code.lower(), key := folded(spoken[code])):
                names.setdefault(key, spoken[code])
        lines.append("\t".join([code.lower(), *names.values()]))
    return HEAD + "\n".join(lines) + "\n"


def _is_safe(code: str, key: str) -> bool:
    """Not a name that in English is the code of another country, or another country with a slip: "Nigera" is Niger."""
    if not key.isascii():
        return True
    likeness = {other: OSA.normalized_similarity(key, folded(name)) for other, name in country_names().items()}
    mine = likeness.pop(code)
    return len(key) > 3 and (mine == 1 or max(likeness.values()) < max(mine, 0.8))


def write() -> None:
    CLDR.write_text(text(), encoding="utf-8")
