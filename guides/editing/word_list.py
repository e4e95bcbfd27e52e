"""The words that conditions and dates may use, with what people call them: to pick from, and to complete."""

from collections.abc import Mapping
from typing import Any

from guides.conditions import Vocabulary
from guides.models import Procedure

# The lists that many questions share, by the kind of such a question.
SHARED = {"country": "countries", "countries": "countries", "documents": "documents"}
Pairs = list[tuple[str, str]]


def word_list(words: Vocabulary) -> dict[str, Any]:
    """Plain values: ``questions`` with key, kind, text and values, which are pairs of a word and its name, or the name
    of the list that holds them: ``countries`` or ``documents``; ``terms``, ``procedures`` and ``yearly`` as pairs.
    """
    return {
        "questions": [
            {
                "key": question.key,
                "kind": question.kind,
                "text": question.text,
                "values": SHARED.get(question.kind) or _pairs(words.labels(question.key)),
            }
            for question in sorted(words.questions.values(), key=lambda question: question.order)
        ],
        "terms": [(name, words.term_phrase(name, True)) for name in words.term_names()],
        "countries": _pairs(words.countries),
        "documents": _pairs(words.documents),
        "procedures": list(Procedure.objects.order_by("key").values_list("key", "name")),
        "yearly": [(f"by_year({parameter}, {column})", parameter) for parameter, column in sorted(words.tables)],
    }


def _pairs(named: Mapping[str, str]) -> Pairs:
    return list(named.items())
