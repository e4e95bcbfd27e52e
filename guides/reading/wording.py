"""Conditions in plain words, where they are plain enough to be read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from guides.catalogue.compiled import CompiledCatalogue
from guides.conditions.tree import Always, Amount, And, AnyOf, Dated, Day, Named, Node, Not, OneOf, Or, Today, Yes

MOST_VALUES = 5
MOST_WORDS = 60
MOST_PARTS, FEW_WORDS = 2, 20  # of what is read in passing
LONG_ROW = 12
AMOUNTS = {
    "<": gettext_lazy("fewer than %(number)d"),
    "<=": gettext_lazy("at most %(number)d"),
    ">": gettext_lazy("more than %(number)d"),
    ">=": gettext_lazy("at least %(number)d"),
    "==": gettext_lazy("exactly %(number)d"),
}
DAYS = {
    "<": gettext_lazy("before %(day)s"),
    "<=": gettext_lazy("on or before %(day)s"),
    ">": gettext_lazy("after %(day)s"),
    ">=": gettext_lazy("on or after %(day)s"),
    "==": gettext_lazy("on %(day)s"),
}


class _TooInvolved(Exception):
    pass


@dataclass(frozen=True, slots=True)
class Clause:
    """What must hold, and what must not. ``str()`` makes it one phrase: "if …, unless …"."""

    needed: tuple[str, ...]
    excluded: tuple[str, ...]

    def __str__(self):
        said = _("if %(condition)s") % {"condition": _all_of(self.needed)} if self.needed else ""
        if self.excluded:
            exception = _("unless %(condition)s") % {"condition": _listed(self.excluded, _or())}
            said = f"{said}, {exception}" if said else exception
        return said


def in_words(compiled: CompiledCatalogue, condition: str, country: str, given: str = "") -> list[Clause] | None:
    """When a condition holds on a page about ``country``: clauses, one of which is enough.

    ``given`` is a condition that the page has said before; it is not said again.

    Empty when it holds for everybody who moves to that country; None when words would only confuse.
    """
    said = _parts(compiled.vocabulary.parse(given))
    rest = [part for part in _parts(compiled.vocabulary.parse(condition)) if part not in said]
    node = _without_destination(_joined(And, rest, neutral=True), country)
    if isinstance(node, Always):
        return [] if node.value else None
    try:
        clauses = [_clause(part, compiled) for part in (node.parts if isinstance(node, Or) else (node,))]
    except _TooInvolved:
        return None
    return clauses if all(len(str(clause).split()) <= MOST_WORDS for clause in clauses) else None


def is_short(clauses: Sequence[Clause]) -> bool:
    """Whether they can be read in passing; longer ones are better listed."""
    parts = sum(len(clause.needed) + len(clause.excluded) for clause in clauses)
    words = sum(len(str(clause).split()) for clause in clauses)
    return parts <= MOST_PARTS and words <= FEW_WORDS


def as_phrase(clauses: Sequence[Clause]) -> str:
    """Empty for everybody."""
    return _("; or ").join(str(clause) for clause in clauses)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And) else (node,)


def _without_destination(node: Node, country: str) -> Node:
    """The same condition for somebody who moves to this country."""
    match node:
        case OneOf("destination", values) | Named(_, OneOf("destination", values)):
            return Always(country in values)
        case Not(part):
            inner = _without_destination(part, country)
            return Always(not inner.value) if isinstance(inner, Always) else Not(inner)
        case And(parts):
            return _joined(And, [_without_destination(part, country) for part in parts], neutral=True)
        case Or(parts):
            return _joined(Or, [_without_destination(part, country) for part in parts], neutral=False)
    return node


def _joined(kind: type[And] | type[Or], parts: list[Node], *, neutral: bool) -> Node:
    if Always(not neutral) in parts:
        return Always(not neutral)
    kept = tuple(part for part in parts if part != Always(neutral))
    return kind(kept) if len(kept) > 1 else kept[0] if kept else Always(neutral)


def _clause(node: Node, compiled: CompiledCatalogue) -> Clause:
    needed, excluded = [], []
    for part in _parts(node):
        try:
            needed.append(_simple(part, compiled))
        except _TooInvolved:
            if not isinstance(part, Not):
                raise
            excluded.append(_simple(part.part, compiled))
    return Clause(tuple(needed), tuple(excluded))


def _simple(node: Node, compiled: CompiledCatalogue) -> str:
    vocabulary = compiled.vocabulary
    match node:
        case Named(name, _condition):
            return vocabulary.term_phrase(name, True)
        case Not(Named(name, _condition)):
            return vocabulary.term_phrase(name, False)
        case Yes(key):
            return vocabulary.questions[key].phrase
        case Not(Yes(key)):
            return vocabulary.questions[key].negative_phrase
        case Not(Not(part)):
            return _simple(part, compiled)
        case Not(AnyOf(key, values)) if vocabulary.questions[key].kind == "documents":
            return _("you do not hold %(documents)s yet") % {"documents": _listed(_names(key, values, compiled), _or())}
        case OneOf(key, values) | AnyOf(key, values):
            return _answer(key, values, compiled)
        case Amount(key, operator, number) if vocabulary.questions[key].phrase:
            return vocabulary.questions[key].phrase.format(value=AMOUNTS[operator] % {"number": number})
        case Dated(key, operator, Day() | Today() as date) if vocabulary.questions[key].phrase:
            said = DAYS[operator] % {"day": _("today") if isinstance(date, Today) else date_format(date.value, "j F Y")}
            return vocabulary.questions[key].phrase.replace("on {value}", "{value}").format(value=said)
        case And(parts) if not any(isinstance(part, And | Or) for part in parts):
            return _all_of([_simple(part, compiled) for part in parts])
        case Or(parts) if not any(isinstance(part, And | Or) for part in parts):
            return _any_of([_simple(part, compiled) for part in parts])
    raise _TooInvolved


def _answer(key: str, values: frozenset[str], compiled: CompiledCatalogue) -> str:
    question = compiled.vocabulary.questions[key]
    if len(values) > MOST_VALUES:
        raise _TooInvolved
    if question.kind == "documents":
        return _("you hold %(documents)s") % {"documents": _listed(_names(key, values, compiled), _or())}
    if question.kind in ("country", "countries"):
        return question.phrase.format(value=_listed(_names(key, values, compiled), _or()))
    return _any_of(_names(key, values, compiled))


def _names(key: str, values: frozenset[str], compiled: CompiledCatalogue) -> list[str]:
    names = compiled.vocabulary.values(key)
    return [str(names[value]) for value in names if value in values]


def _or() -> str:
    return pgettext("joins conditions", "or")


def _all_of(items: Sequence[str]) -> str:
    return _listed(items, pgettext("joins conditions", "and"))


def _any_of(items: Sequence[str]) -> str:
    """One of several clauses; "you will a or b" says "you will" only once."""
    shared = _("you will ")
    if len(items) > 1 and all(item.startswith(shared) for item in items):
        return _listed([items[0], *(item.removeprefix(shared) for item in items[1:])], _or())
    said = _listed(items, _or())
    return _("either %(conditions)s") % {"conditions": said} if len(items) > 1 else said


def _listed(items: Sequence[str], word: str) -> str:
    """The items in a row, with a comma before the last one where the row is long."""
    if len(items) == 1:
        return items[0]
    comma = "," if len(" ".join(items).split()) > LONG_ROW else ""
    return f"{', '.join(items[:-1])}{comma} {word} {items[-1]}"
