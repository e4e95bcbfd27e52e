"""A condition or a date as text again, as an editor would write it."""

from collections.abc import Iterable
from types import UnionType

from .tree import (
    Always,
    Amount,
    And,
    AnswerDay,
    AnyOf,
    Dated,
    DateNode,
    Day,
    Finish,
    FirstOfMonth,
    Latest,
    Named,
    Node,
    Not,
    OneOf,
    Or,
    Plus,
    PlusByYear,
    Span,
    Today,
    Yes,
)

ORDERS = {"<": "before", ">": "after", "<=": "on or before", ">=": "on or after"}


def as_text(node: Node) -> str:
    """The condition that parses to this node, values in alphabetical order."""
    match node:
        case Always(value):
            return "always" if value else "never"
        case Named(name, _):
            return name
        case Yes(key):
            return key
        case OneOf(key, values):
            return f"{key} is {next(iter(values))}" if len(values) == 1 else f"{key} in {_listed(values)}"
        case AnyOf(key, values):
            return f"{key} has {next(iter(values))}" if len(values) == 1 else f"{key} has any of {_listed(values)}"
        case Amount(key, operator, number):
            return f"{key} {operator} {number}"
        case Dated(key, operator, date):
            return f"{key} {ORDERS[operator]} {date_text(date)}"
        case Not(part):
            return f"not {_bracketed(part, And | Or)}"
        case And(parts):
            return " and ".join(_bracketed(part, Or) for part in parts)
        case Or(parts):
            return " or ".join(map(as_text, parts))


def date_text(node: DateNode) -> str:
    """The date expression that parses to this node."""
    match node:
        case Day(value):
            return value.isoformat()
        case Today():
            return "today"
        case AnswerDay(key):
            return key
        case Finish(procedure):
            return f"finish({procedure})"
        case FirstOfMonth(date):
            return f"first_of_month({date_text(date)})"
        case Plus(date, span, sign):
            return f"{date_text(date)} {'+' if sign > 0 else '-'} {_span(span)}"
        case PlusByYear(date, parameter, column):
            return f"{date_text(date)} + by_year({parameter}, {column})"
        case Latest(dates, known_only):
            return f"{'known_latest' if known_only else 'latest'}({', '.join(map(date_text, dates))})"


def _listed(values: Iterable[str]) -> str:
    return f"({', '.join(sorted(values))})"


def _bracketed(node: Node, kinds: type | UnionType) -> str:
    return f"({as_text(node)})" if isinstance(node, kinds) else as_text(node)


def _span(span: Span) -> str:
    number, unit = next(
        (n, unit) for n, unit in ((span.years, "year"), (span.months, "month"), (span.days, "day")) if n
    )
    return f"{number} {unit}{'' if number == 1 else 's'}"
