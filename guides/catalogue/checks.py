"""Is a catalogue sound? References, keys, values, conditions, citations.

``structure`` finds what the database could not hold, ``errors`` everything that keeps an edition from being
published, ``check`` the warnings as well.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from guides.conditions import ConditionError, Vocabulary

from . import schema
from .compiled import CONDITION_FIELDS, vocabulary_of
from .problems import Problem, walk
from .schema import Catalogue, Entry

# Fields that hold keys, and the section of the catalogue that they point into.
REFERENCES = {
    "country": "countries",
    "authority": "authorities",
    "sources": "sources",
    "facts": "facts",
    "disagrees_with": "facts",
    "documents": "documents",
    "outputs": "documents",
    "procedure": "procedures",
    "procedures": "procedures",
    "related": "guides",
}
CITING = (schema.Channel, schema.Step, schema.Fee, schema.Deadline, schema.Pitfall)
CITATION = re.compile(r"\[\^([^\]\s]+)\]")
HEADING_PROCEDURE = re.compile(r"\{procedure=([^}\s]*)\}")
SITE_LINK = re.compile(r"\]\((procedure|guide|document):([^)\s]+)\)")
LONGEST_URL = 2000
MOST_DAYS = 32767
YEARS = range(1900, 2200)


def check(catalogue: Catalogue) -> list[Problem]:
    """Every problem of the catalogue, errors first."""
    found = [*structure(catalogue), *_expressions(catalogue), *_bodies(catalogue), *_citations(catalogue)]
    return sorted(found, key=lambda problem: problem.level)


def errors(catalogue: Catalogue) -> list[Problem]:
    """What keeps the catalogue from being published."""
    return [problem for problem in check(catalogue) if problem.level == "error"]


def structure(catalogue: Catalogue) -> list[Problem]:
    """Keys used twice, references to nothing and values that the database refuses."""
    return [*_duplicates(catalogue), *_dangling(catalogue), *_impossible(catalogue)]


def references(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Field, section and key of every reference that this entry makes itself."""
    for field in type(entry).model_fields:
        if section := REFERENCES.get(field):
            value = getattr(entry, field)
            for key in value if isinstance(value, tuple) else (value,):
                if key is not None:
                    yield field, section, key


def entries(catalogue: Catalogue) -> Iterator[tuple[str, Entry]]:
    """Every entry of the catalogue at every depth, with its place."""
    for section in Catalogue.model_fields:
        for entry in getattr(catalogue, section):
            yield from walk(entry, f"{section} {entry.key}")


def _error(where: str, text: str) -> Problem:
    return Problem("error", where, text)


def _duplicates(catalogue: Catalogue) -> Iterator[Problem]:
    for where, entry in [("", catalogue), *entries(catalogue)]:
        for field in type(entry).model_fields:
            value = getattr(entry, field)
            for name in _repeated(value) if isinstance(value, tuple) else ():
                yield _error(f"{where} › {field} {name}".removeprefix(" › "), "It is there more than once.")


def _repeated(items: Iterable[Entry | str]) -> list[str]:
    names = [item if isinstance(item, str) else getattr(item, "key", getattr(item, "value", None)) for item in items]
    return [name for name, times in Counter(names).items() if name is not None and times > 1]


def _dangling(catalogue: Catalogue) -> Iterator[Problem]:
    known = {section: {entry.key for entry in getattr(catalogue, section)} for section in Catalogue.model_fields}
    for where, entry in entries(catalogue):
        for field, section, key in references(entry):
            if key not in known[section]:
                yield _error(f"{where} › {field}", f"There is no entry “{key}” in {section}.")


def _bodies(catalogue: Catalogue) -> Iterator[Problem]:
    known = {
        "fact": {fact.key for fact in catalogue.facts},
        "procedure": {procedure.key for procedure in catalogue.procedures},
        "document": {document.key for document in catalogue.documents},
        "guide": {guide.key for guide in catalogue.guides},
    }
    for guide in catalogue.guides:
        named = [
            *(("fact", key) for key in CITATION.findall(guide.body)),
            *(("procedure", key) for key in HEADING_PROCEDURE.findall(guide.body)),
            *SITE_LINK.findall(guide.body),
        ]
        for kind, key in dict.fromkeys(named):
            if key not in known[kind]:
                yield _error(f"guides {guide.key} › body", f"There is no {kind} “{key}”.")


def _expressions(catalogue: Catalogue) -> Iterator[Problem]:
    vocabulary = vocabulary_of(catalogue)
    for where, entry in entries(catalogue):
        for field in type(entry).model_fields:
            if (parse := _parser(entry, field, vocabulary)) and (text := getattr(entry, field)):
                try:
                    parse(text)
                except ConditionError as error:
                    yield _error(f"{where} › {field}", f"{error} In: {text}")


def _parser(entry: Entry, field: str, vocabulary: Vocabulary) -> Callable[[str], object] | None:
    if isinstance(entry, schema.Term) and field == "condition":
        return lambda text: vocabulary.term(entry.key)
    if isinstance(entry, schema.Deadline) and field == "date":
        return vocabulary.parse_date
    return vocabulary.parse if field in CONDITION_FIELDS else None


def _citations(catalogue: Catalogue) -> Iterator[Problem]:
    facts = {fact.key for fact in catalogue.facts}
    for where, entry in entries(catalogue):
        if isinstance(entry, CITING) and not entry.facts:
            yield Problem("warning", where, "It cites no fact.")
        if isinstance(entry, schema.Requirement) and not any([entry.facts, *(a.facts for a in entry.alternatives)]):
            yield Problem("warning", where, "It cites no fact.")
        if isinstance(entry, schema.Pitfall) and entry.key not in facts:
            yield Problem("warning", where, "Its key is not the key of a fact.")
        if isinstance(entry, schema.Fact) and not entry.sources and entry.confidence != "unverified":
            yield Problem("warning", where, "It names no source.")


def _impossible(catalogue: Catalogue) -> Iterator[Problem]:
    for where, entry in entries(catalogue):
        if find := FINDERS.get(type(entry)):
            for text in find(entry):
                yield _error(where, text)
        if len(getattr(entry, "url", "")) > LONGEST_URL:
            yield _error(f"{where} › url", f"It is longer than {LONGEST_URL} characters.")
        if isinstance(entry, schema.Procedure):
            for dependency in entry.requires:
                if dependency.procedure == entry.key:
                    yield _error(f"{where} › requires", "A procedure cannot come before itself.")


def _not_in_order(lower, upper) -> bool:
    return lower is not None and upper is not None and upper < lower


def _country(country: schema.Country) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z]{2}", country.mark):
        yield f"The mark “{country.mark}” is not two capital letters."


def _fact(fact: schema.Fact) -> Iterator[str]:
    if _not_in_order(fact.verified_on, fact.review_due):
        yield "Its review is due before it was verified."
    if fact.key in fact.disagrees_with:
        yield "A fact cannot disagree with itself."


def _question(question: schema.Question) -> Iterator[str]:
    if _not_in_order(question.minimum, question.maximum):
        yield "The maximum is less than the minimum."
    if any(not option.value for option in question.options):
        yield "An option has no value."


def _year(entry: schema.ParameterRow | schema.Fee) -> Iterator[str]:
    if entry.year is not None and entry.year not in YEARS:
        yield f"The year {entry.year} is not plausible."


def _parameter_row(row: schema.ParameterRow) -> Iterator[str]:
    yield from _year(row)
    if not row.values:
        yield "It has no values."


def _channel(channel: schema.Channel) -> Iterator[str]:
    low, high = channel.processing.min_days, channel.processing.max_days
    if any(days is not None and not 0 <= days <= MOST_DAYS for days in (low, high)):
        yield "The processing days are out of range."
    if _not_in_order(low, high):
        yield "The longest processing is shorter than the shortest."


def _fee(fee: schema.Fee) -> Iterator[str]:
    yield from _year(fee)
    if not re.fullmatch(r"[A-Z]{3}", fee.currency):
        yield f"The currency “{fee.currency}” is not three capital letters."
    if fee.amount is None and fee.amount_to is not None:
        yield "It has a highest amount without a lowest."
    if _not_in_order(fee.amount, fee.amount_to):
        yield "The highest amount is less than the lowest."
    for amount in (fee.amount, fee.amount_to):
        if amount is not None and not (0 <= amount < 10**8 and amount == round(amount, 2)):
            yield f"The amount {amount} is negative, too large or has more than two decimals."


FINDERS: dict[type[Entry], Callable[..., Iterator[str]]] = {
    schema.Country: _country,
    schema.Fact: _fact,
    schema.Question: _question,
    schema.ParameterRow: _parameter_row,
    schema.Channel: _channel,
    schema.Fee: _fee,
}
