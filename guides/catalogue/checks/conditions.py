"""Conditions that are never or always true where they count, and parts of them that change nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from guides.conditions.evaluate import comparisons
from guides.conditions.exhaustive import Space
from guides.conditions.exhaustive.diagrams import Function, all_of, any_of
from guides.conditions.text import as_text
from guides.conditions.tree import Always, And, AnyOf, Node, Not, OneOf, Or

from .. import schema
from ..problems import Problem, walk
from ..schema import Alert, Document, Pointer, Procedure, Question
from .everyone import EVERYBODY, GATES, Everyone, every

LONGEST_PART = 120


@dataclass(frozen=True, slots=True)
class Use:
    """A condition at its place. It counts for those for whom all of ``context`` holds.

    It is compared with ``wider`` to see whether it says anything at all: the same, but for the conditions that put
    a procedure into a plan and the like, which name their country although only its own entries are looked at.
    ``accepted``: it counts for all answers that the API accepts, since it speaks of those that do not fit together.
    """

    where: str
    node: Node
    context: Node
    wider: Node
    accepted: bool = False


def conditions(everyone: Everyone) -> Iterator[Problem]:
    """What every condition does over all possible answers. An explicit “always” or “never” is meant.

    Never true is what nobody can answer in the questionnaire. Always true, or needless, is what is so for everything
    that the API accepts too.
    """
    for use in uses(everyone):
        if not all(map(everyone.space.can_be_decided, comparisons(use.node))):
            text = "It is never decided, because no answer tells the finish of a procedure or a yearly figure."
            yield Problem("error", use.where, f"{text} Compare with a day that people know.", "never_decided")
        elif not isinstance(use.node, Always):
            yield from _judged(use, everyone)


def uses(everyone: Everyone) -> Iterator[Use]:
    """Every condition of the catalogue that is not empty."""
    for term in everyone.catalogue.terms:
        node = everyone.vocabulary.term(term.key).condition
        yield Use(f"terms {term.key} › condition", node, EVERYBODY, EVERYBODY)
    for question in everyone.catalogue.questions:
        yield from _of_question(question, everyone)
    catalogue = everyone.catalogue
    entries: tuple[Document | Alert | Pointer, ...] = (*catalogue.documents, *catalogue.alerts, *catalogue.pointers)
    for entry in entries:
        if not everyone.is_empty(everyone.who(everyone.goes_to(entry.country))):
            yield from _of_entry(entry, everyone)
    for procedure in everyone.catalogue.procedures:
        if not everyone.is_empty(everyone.who(everyone.goes_to(procedure.country))):
            yield from _gates(procedure, everyone)
        yield from _parts(procedure, everyone)


def _of_question(question: Question, everyone: Everyone) -> Iterator[Use]:
    """A hint to an option counts for those who are offered the option."""
    parse, where = everyone.vocabulary.parse, f"questions {question.key}"
    if question.stale_when:
        yield Use(f"{where} › stale_when", parse(question.stale_when), EVERYBODY, EVERYBODY)
    for option in question.options:
        place, offered = f"{where} › options {option.value}", parse(option.when)
        if option.when:
            yield Use(f"{place} › when", offered, EVERYBODY, EVERYBODY)
        for number, hint in enumerate(option.hints, 1):
            yield Use(f"{place} › hints {number} › when", parse(hint.when), offered, offered)


def _of_entry(entry: Document | Alert | Pointer, everyone: Everyone) -> Iterator[Use]:
    """A document, an alert or a pointer, for those who move to its country."""
    context, section = everyone.goes_to(entry.country), f"{type(entry).__name__.lower()}s"
    is_conflict = isinstance(entry, Alert) and entry.kind == "conflict"
    for where, part in walk(entry, f"{section} {entry.key}"):
        for field in ("held_when", "when"):
            if text := getattr(part, field, ""):
                node = everyone.vocabulary.parse(text)
                yield Use(f"{where} › {field}", node, context, EVERYBODY, accepted=is_conflict)


def _gates(procedure: Procedure, everyone: Everyone) -> Iterator[Use]:
    """The second and the third condition count only for those for whom the earlier ones are false."""
    where, earlier = f"procedures {procedure.key}", [everyone.goes_to(procedure.country)]
    for field in GATES:
        if getattr(procedure, field):
            node = everyone.gate(procedure, field)
            yield Use(f"{where} › {field}", node, every(*earlier), EVERYBODY)
            earlier.append(Not(node))


def _parts(procedure: Procedure, everyone: Everyone) -> Iterator[Use]:
    """What stands inside a procedure counts for those who get it; nothing counts where that is nobody."""
    parse, context = everyone.vocabulary.parse, everyone.gets(procedure)
    within = context
    for where, entry in walk(procedure, f"procedures {procedure.key}"):
        field = "done_when" if entry is procedure else "when"
        if isinstance(entry, schema.Requirement):
            within = every(context, parse(entry.when))
        counts = within if isinstance(entry, schema.Alternative) else context
        if (text := getattr(entry, field, "")) and not everyone.is_empty(everyone.who(counts)):
            yield Use(f"{where} › {field}", parse(text), counts, counts)


def verdict(use: Use, everyone: Everyone) -> str:
    """The kind of problem that a condition is as a whole, or nothing."""
    concerned = everyone.whoever if use.accepted else everyone.who
    if everyone.is_empty(concerned(use.context, use.node)):
        return "never_true"
    if everyone.is_empty(everyone.whoever(use.wider) & ~everyone.space.holds(use.node)):
        return "always_true"
    return ""


def _judged(use: Use, everyone: Everyone) -> Iterator[Problem]:
    concerned = (use.context, True)
    kind = verdict(use, everyone)
    if kind == "never_true":
        text = "It is never true here: nobody whom it concerns can answer so. Change it, or take this line out."
        yield Problem("error", use.where, text, kind, everyone.example(concerned))
    elif kind == "always_true":
        text = "It is always true here. Leave it out, or write “always” if you mean it."
        yield Problem("warning", use.where, text, kind, everyone.example(concerned))
    else:
        for part in needless_parts(use.node, everyone.whoever(use.wider), everyone.space):
            text = f"“{_short(part)}” changes nothing: without it, the condition says the same here. Leave it out."
            yield Problem("warning", use.where, text, "needless", everyone.example(concerned, (use.node, True)))


def needless_parts(node: Node, concerned: Function, space: Space) -> Iterator[Node]:
    """The parts of a condition that could as well be true (or false), for all answers in ``concerned``.

    A part counts only where the parts beside it leave the matter open. Of two parts that say the same, the later one
    is needless. So is a value in a list, as a comparison with that value alone.
    """
    if _is_settled(node, concerned, space):
        yield node
    elif isinstance(node, Not):
        yield from needless_parts(node.part, concerned, space)
    elif isinstance(node, And | Or):
        yield from _needless_among(node, concerned, space)
    elif isinstance(node, OneOf | AnyOf):
        yield from _needless_values(node, concerned, space)


def _is_settled(node: Node, concerned: Function, space: Space) -> bool:
    holds = space.holds(node)
    return concerned & holds == space.manager.false or concerned & ~holds == space.manager.false


def _needless_among(node: And | Or, concerned: Function, space: Space) -> Iterator[Node]:
    """First the parts that can go as a whole, then what can go inside those that stay."""
    open_for = [space.holds(part) if isinstance(node, And) else ~space.holds(part) for part in node.parts]
    places = range(len(node.parts))

    def left_open(place: int) -> Function:
        return concerned & all_of(space.manager, (open_for[other] for other in places if other != place))

    needless = set()
    for place in reversed(places):
        if _is_settled(node.parts[place], left_open(place), space):
            needless.add(place)
            open_for[place] = space.manager.true
            yield node.parts[place]
    for place in places:
        if place not in needless:
            yield from needless_parts(node.parts[place], left_open(place), space)


def _needless_values(node: OneOf | AnyOf, concerned: Function, space: Space) -> Iterator[Node]:
    cases = space.values_of(node)
    for place in reversed(range(len(cases))):
        values, case = cases[place]
        beside = any_of(space.manager, (other for _, other in cases[:place] + cases[place + 1 :]))
        if concerned & ~beside & case == space.manager.false:
            del cases[place]
            yield type(node)(node.key, frozenset(values))


def _short(part: Node) -> str:
    text = as_text(part)
    return text if len(text) <= LONGEST_PART else f"{text[:LONGEST_PART]}…"
