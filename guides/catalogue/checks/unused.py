"""What the catalogue holds and nothing uses."""

from collections.abc import Iterator

from guides.conditions.dates import keys_of
from guides.conditions.evaluate import comparisons, names_of
from guides.conditions.tree import AnyOf, Dated, Node, OneOf

from ..compiled import DESTINATION, conditions_in
from ..problems import Problem
from ..schema import Catalogue, Question
from .alerts import placeholders
from .everyone import NOBODY, Everyone
from .flow import HOLDINGS
from .links import CITATION, SITE_LINK
from .places import entries, references

# The planner reads these answers itself.
READ_BY_THE_PLANNER = {DESTINATION, HOLDINGS, "already_arrived", "arrival_date"}


def unused(everyone: Everyone) -> Iterator[Problem]:
    """Countries, documents, questions, values, links, facts, terms and guides that nothing uses or leads to."""
    uses = _Uses(everyone)
    yield from _countries(everyone)
    yield from _documents(everyone, uses)
    for question in everyone.catalogue.questions:
        yield from _question(question, uses)
    yield from _guides(everyone)
    yield from _links(everyone.catalogue)
    yield from _facts(everyone.catalogue)
    yield from _terms(everyone)


class _Uses:
    """Which answers the conditions, dates and words of a plan read, terms included, and which values they name.

    A hint, and a condition that tells when an answer is overtaken, change no plan.
    """

    def __init__(self, everyone: Everyone):
        self.keys = set(READ_BY_THE_PLANNER)
        self.values: set[tuple[str, str]] = set()
        catalogue = everyone.catalogue
        dates = {alert.date for alert in catalogue.alerts}
        for entry in (*catalogue.procedures, *catalogue.documents, *catalogue.alerts):
            for text in conditions_in(entry):
                self._read(everyone.vocabulary.parse(text))
        for procedure in catalogue.procedures:
            dates |= {deadline.date for deadline in procedure.deadlines}
            dates |= {duty.first for duty in procedure.recurring}
        for date in filter(None, dates):
            self.keys |= keys_of(everyone.vocabulary.parse_date(date))
        self.keys |= {key for alert in catalogue.alerts for key in placeholders(alert)}

    def _read(self, node: Node) -> None:
        for atom in comparisons(node):
            self.keys.add(atom.key)
            if isinstance(atom, OneOf | AnyOf):
                self.values |= {(atom.key, value) for value in atom.values}
            elif isinstance(atom, Dated):
                self.keys |= keys_of(atom.date)


def _countries(everyone: Everyone) -> Iterator[Problem]:
    for country in {procedure.country: None for procedure in everyone.catalogue.procedures}:
        if everyone.goes_to(country) == NOBODY:
            text = f"No answer to “{DESTINATION}” leads here, so nobody gets its procedures. Add an option for it."
            yield Problem("warning", f"countries {country}", text, "no_way_there")


def _documents(everyone: Everyone, uses: _Uses) -> Iterator[Problem]:
    """Credentials of a channel and conditions count as asking; so does standing for another document."""
    known = {value for key, value in uses.values if key == HOLDINGS}
    known |= {document.key for document in everyone.catalogue.documents if document.covers}
    for procedure in everyone.catalogue.procedures:
        known |= {*procedure.outputs, *(name for channel in procedure.channels for name in channel.credentials)}
        known |= {d for need in procedure.requirements for way in need.alternatives for d in way.documents}
    for document in everyone.catalogue.documents:
        if document.key not in known:
            text = "No procedure asks for it or gives it. Use it somewhere, or take it out."
            yield Problem("warning", f"documents {document.key}", text, "unused_document")


def _question(question: Question, uses: _Uses) -> Iterator[Problem]:
    """Of a choice, one value may be left over: it means none of the others. Countries and documents are not listed."""
    where = f"questions {question.key}"
    if question.key not in uses.keys:
        if not question.kept_because:
            text = "No condition and no date uses it, so nobody is asked. Use it, or say why it is kept."
            yield Problem("warning", where, text, "unused_question")
        return
    if question.key == DESTINATION:
        return
    left = [o for o in question.options if (question.key, o.value) not in uses.values and not o.kept_because]
    if question.kind == "choices":
        left = [option for option in left if option.value != "none"]
    elif len(left) == 1:
        return
    for option in left:
        text = "No condition names it, so it changes nothing. Use it, or say why it is kept."
        yield Problem("warning", f"{where} › options {option.value}", text, "unused_value")


def _links(catalogue: Catalogue) -> Iterator[Problem]:
    used = {key for procedure in catalogue.procedures for step in procedure.steps for key in step.links}
    used |= {key for pointer in catalogue.pointers for key in pointer.links}
    for link in catalogue.links:
        if link.key not in used:
            text = "No step and no pointer leads to it. Use it somewhere, or take it out."
            yield Problem("warning", f"links {link.key}", text, "unused_link")


def _facts(catalogue: Catalogue) -> Iterator[Problem]:
    """A fact that is kept for later stands in the ``facts`` of the procedure that it is about."""
    cited = {key for _, entry in entries(catalogue) for _, section, key in references(entry) if section == "facts"}
    cited |= {key for guide in catalogue.guides for key in CITATION.findall(guide.body)}
    for fact in catalogue.facts:
        if fact.key not in cited:
            text = "Nothing cites it. Cite it where it matters, list it in its procedure, or take it out."
            yield Problem("warning", f"facts {fact.key}", text, "unused_fact")


def _terms(everyone: Everyone) -> Iterator[Problem]:
    texts = {text for _, entry in entries(everyone.catalogue) for text in conditions_in(entry)}
    used = {name for text in texts for name in names_of(everyone.vocabulary.parse(text))}
    for term in everyone.catalogue.terms:
        used |= names_of(everyone.vocabulary.term(term.key).condition)
    for term in everyone.catalogue.terms:
        if term.key not in used:
            text = "No condition uses it. Use it somewhere, or take it out."
            yield Problem("warning", f"terms {term.key}", text, "unused_term")


def _guides(everyone: Everyone) -> Iterator[Problem]:
    """Beside the lists of guides, readers come from other guides and from the procedures that a guide names."""
    guides = everyone.catalogue.guides
    reached = {key for guide in guides for key in guide.related if key != guide.key}
    reached |= {key for g in guides for kind, key in SITE_LINK.findall(g.body) if kind == "guide" and key != g.key}
    for guide in guides:
        if guide.key not in reached and not guide.procedures:
            text = "Nothing leads to it. Name a procedure in it, or relate it to another guide."
            yield Problem("warning", f"guides {guide.key}", text, "lone_guide")
