"""What the answers of an edition look like, as JSON Schema for the API's document."""

from typing import Any

from guides.catalogue.compiled import CompiledCatalogue
from guides.conditions.answers import LONGEST_LIST
from guides.conditions.asked import LISTS, Question

Schema = dict[str, Any]
DAY: Schema = {"type": "string", "format": "date", "pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
NULL: Schema = {"type": "null"}


def answers_schemas(compiled: CompiledCatalogue) -> dict[str, Schema]:
    """``PlanRequest`` and what it is made of, by name."""
    vocabulary = compiled.vocabulary
    questions = {key: _or_null(_schema(question, compiled), question) for key, question in vocabulary.questions.items()}
    answers = {"$ref": "#/components/schemas/Answers"}
    wrapped = {
        "type": "object",
        "properties": {"answers": answers, "today": {"anyOf": [DAY, NULL]}},
        "required": ["answers"],
    }
    return {
        "PlanRequest": {"anyOf": [answers, wrapped]},
        "Answers": {
            "type": "object",
            "description": "What is left out, null or an empty list is not known yet, which is neither yes nor no. "
            "Only an empty list of documents says that none is held.",
            "properties": questions,
            "additionalProperties": False,
        },
        "Country": {
            "type": "string",
            "description": "ISO 3166-1 alpha-2, in lower case",
            "enum": list(vocabulary.countries),
        },
        "DocumentKey": {"type": "string", "description": "Key of a document", "enum": list(vocabulary.documents)},
    }


def _or_null(schema: Schema, question: Question) -> Schema:
    return {"anyOf": [schema, NULL], "description": question.text}


def _schema(question: Question, compiled: CompiledCatalogue) -> Schema:
    match question.kind:
        case "yes_no":
            return {"type": "boolean"}
        case "date":
            return DAY
        case "integer":
            bounds = {"minimum": question.minimum, "maximum": question.maximum}
            return {"type": "integer"} | {name: bound for name, bound in bounds.items() if bound is not None}
        case kind if kind in LISTS:
            return _list(question, compiled)
        case _:
            return _one(question, compiled)


def _one(question: Question, compiled: CompiledCatalogue) -> Schema:
    shared = {"country": "Country", "countries": "Country", "documents": "DocumentKey"}.get(question.kind)
    if shared:
        return {"$ref": f"#/components/schemas/{shared}"}
    return {"type": "string", "enum": list(compiled.vocabulary.values(question.key))}


def _list(question: Question, compiled: CompiledCatalogue) -> Schema:
    """Any values; where "none" is one of them, nothing stands beside it."""
    found = {"type": "array", "items": _one(question, compiled), "maxItems": LONGEST_LIST}
    values = found["items"].get("enum", ())
    if "none" not in values:
        return found
    others = {"type": "string", "enum": [value for value in values if value != "none"]}
    return {"anyOf": [found | {"items": others}, found | {"items": {"type": "string", "const": "none"}}]}
