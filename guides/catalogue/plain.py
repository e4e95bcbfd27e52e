"""What is wrong with a value or a file, in words for people who write neither Python nor YAML."""

from typing import Any, get_args

import yaml
from pydantic_core import ErrorDetails

from .fields import AnswerKey, Key, Span, Url

LONGEST_SHOWN = 60
WORD = "Write a word or a sentence. A figure, a day, true and false stand in quotes here."
NUMBER = "Write a number, such as 12 or 9.84."
WHOLE = "Write a whole number."
DAY = "Write a day that there is, as 2026-11-22."
YES_NO = "Write true or false."
LIST = "Write a list: one line for each, with a dash before it."
FIELDS = "Write fields here: a name, a colon and a value on each line."
BY_TYPE = {
    "missing": "It is missing. Fill it in.",
    "extra_forbidden": "There is no field of this name here. Look at how it is spelt.",
    "string_type": WORD,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "bool_type": YES_NO,
    "bool_parsing": YES_NO,
    "list_type": LIST,
    "tuple_type": LIST,
    "dict_type": FIELDS,
    "model_type": FIELDS,
    "model_attributes_type": FIELDS,
}
NOT_SHOWN = ("extra_forbidden", "string_too_long")
KEY = "Write a key: small letters without accents, figures, hyphens, dots and underscores, no spaces"
BY_PATTERN = {
    Key: f"{KEY}. It begins with a letter or a figure.",
    AnswerKey: "Write a name: small letters without accents, figures and underscores. It begins with a letter.",
    Url: "Write an address that begins with https://, or a telephone number as tel:+34…",
    Span: "Write a number and days, weeks, months or years: 3 months.",
}
PATTERNS = {get_args(form)[1].pattern: text for form, text in BY_PATTERN.items()} | {
    r"^#[0-9a-f]{6}$": "Write a colour as # and six signs of 0-9 and a-f: #2f6b4f.",
    r"^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$": "Write the code of a country or a part of it: PT, or ES-MD.",
}
# What the parser of YAML says, and what somebody has typed then.
QUOTES = "Put the value in quotes"
YAML_CAUSES = {
    "cannot start any token": f"There is a tab, or a sign that YAML keeps for itself. Take spaces. {QUOTES}.",
    "found a tab": "There is a tab. Take spaces.",
    "mapping values are not allowed": f"There is a colon in a value, or a line too far to the right. {QUOTES}.",
    "could not find expected ':'": "A colon is missing behind a name, or a line stands too far to the left.",
    "did not find expected key": "A line stands too far to the left or right, or a quotation mark is missing.",
    "did not find expected '-' indicator": "A line of this list stands too far left or right, or lacks its dash.",
    "did not find expected node content": "A value or a bracket is missing.",
    "did not find expected ',' or": "A comma or a closing bracket is missing.",
    "unexpected end of stream": "A quotation mark is opened and not closed.",
    "document start": "There is something behind the end, or a line stands too far to the left.",
    "another document": "A line of dashes begins a second document. Take it out.",
    "unknown escape": "In quotation marks, a backslash needs another one before it.",
    "control characters": "There is a character that no text holds.",
    "unhashable": "A name of a field is a list. Write one word.",
}


def value_problem(detail: ErrorDetails) -> str:
    """What a value should be, and what it is."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "literal_error":
        text = f"It can be {context['expected'].replace(chr(39), '')}."
    elif kind == "string_pattern_mismatch":
        text = PATTERNS.get(context["pattern"], detail["msg"])
    elif kind == "string_too_long":
        text = f"It is longer than {context['max_length']} characters."
    elif kind in ("too_short", "string_too_short"):
        text = "It is empty. Fill it in."
    elif kind.startswith("date"):
        text = DAY
    else:
        text = BY_TYPE.get(kind, detail["msg"])
    return f"{text}{_found(detail)}"


def _found(detail: ErrorDetails) -> str:
    given: Any = detail.get("input")
    if (
        not isinstance(given, str | int | float)
        or given == ""
        or detail["type"] in ("extra_forbidden", "string_too_long")
    ):
        return ""
    shown = str(given)
    return f" It says “{shown if len(shown) <= LONGEST_SHOWN else shown[:LONGEST_SHOWN] + '…'}”."


def yaml_problem(error: Exception) -> str:
    """Why a file cannot be read, with line and column where they are known."""
    if isinstance(error, UnicodeDecodeError):
        return "It is not UTF-8 text."
    said = " ".join(str(error).split())
    text = next((words for cause, words in YAML_CAUSES.items() if cause in said), "")
    if not text and isinstance(error, ValueError) and "day" in said:
        text = DAY
    mark = getattr(error, "problem_mark", None)
    at = f"Line {mark.line + 1}, column {mark.column + 1}: " if isinstance(error, yaml.MarkedYAMLError) and mark else ""
    return at + (text or getattr(error, "problem", None) or said)
