"""What an answer was called that the current edition no longer has."""

import json
from functools import lru_cache

from guides.catalogue.naming import named
from guides.models import Edition


def name_in_earlier_edition(question: str, value: str) -> str:
    """The label of an option, or the name of a document, in the newest edition that has it; else the value itself."""
    newest = Edition.objects.values_list("number", "digest").first()
    return _name(question, value, newest) if newest else value


@lru_cache(maxsize=256)
def _name(question: str, value: str, newest: tuple[int, str]) -> str:
    for number in Edition.objects.filter(number__lte=newest[0]).values_list("number", flat=True):
        content = json.loads(Edition.objects.values_list("content", flat=True).get(number=number))
        options = [entry.get("options", ()) for entry in content.get("questions", ()) if entry["key"] == question]
        names = {entry["key"]: entry["name"] for entry in content.get("documents", ())}
        names |= {option["value"]: named(option["label"], "") for several in options for option in several}
        if value in names:
            return str(names[value])
    return value
