from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Alternative, Channel, Entry, Faq, Fee, Procedure, Requirement

from .addresses import document_url, guide_url, procedure_url, report_url
from .conditions import when_drawn
from .evidence import Evidence
from .guide_page import Link
from .papers import Paper, paper
from .wording import Clause, as_phrase, in_words, is_short

# Means of signing in that are no documents of the catalogue.
CREDENTIALS = {
    "clave_movil_or_pin": gettext_lazy("Cl@ve Móvil or PIN"),
    "clave_permanente": gettext_lazy("Cl@ve Permanente"),
    "fnmt_certificate": gettext_lazy("digital certificate"),
    "red_authorisation": gettext_lazy("authorisation for the RED system"),
    "sms_if_phone_known": gettext_lazy("code by SMS, if the office knows your phone"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a procedure: its entry, for whom it is where that is not everybody, and the facts behind it."""

    entry: Entry
    when: SafeString
    facts: SafeString


@dataclass(frozen=True, slots=True)
class Way:
    """One alternative of a requirement, with its documents."""

    told: Told
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Need:
    told: Told
    ways: tuple[Way, ...]

    @property
    def others(self) -> tuple[Way, ...]:
        """What does as well as the first way, which is the recommended one."""
        return self.ways[1:]

    @property
    def only_paper(self) -> Paper | None:
        """The one paper that is needed, if the need has its name: then both are said in one line."""
        papers = [paper for way in self.ways for paper in way.papers]
        named = len(papers) == 1 and papers[0].document.name.casefold() == self.told.entry.name.casefold()
        return papers[0] if named else None


@dataclass(frozen=True, slots=True)
class Door:
    """A channel: what it asks for as credentials (name and address, or no address) and how long it takes."""

    told: Told
    credentials: tuple[tuple[str, str], ...]
    time: str


@dataclass(frozen=True, slots=True)
class Price:
    """A fee; ``amount`` says it in figures, empty where none was found."""

    told: Told
    amount: str


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a procedure is ``status``: ``clauses`` as ``wording.in_words`` gives them."""

    status: str
    clauses: list[Clause] | None

    @property
    def phrase(self) -> str:
        """All of it in one phrase, where that is short."""
        return as_phrase(self.clauses) if self.clauses and is_short(self.clauses) else ""


class ProcedurePage:
    """A procedure ready to be shown. Facts are numbered in the order of the page, so is what is built here."""

    def __init__(self, compiled: CompiledCatalogue, procedure: Procedure):
        self._compiled = compiled
        self.procedure = procedure
        self.country = compiled.countries[procedure.country]
        self.authority = compiled.authorities[procedure.authority]
        self.url = procedure_url(procedure)
        self.report_url = report_url(procedure)
        self.evidence = Evidence(compiled)
        self.outputs = [paper(compiled, key, procedure.country) for key in procedure.outputs]
        self.audiences = self._audiences()
        self.needs = [self._need(requirement) for requirement in procedure.requirements]
        self.first = [(self._told(entry), self._link(entry.procedure)) for entry in procedure.requires]
        self.steps = [(self._told(step), [compiled.links[key] for key in step.links]) for step in procedure.steps]
        self.doors = [self._door(channel) for channel in procedure.channels if channel.available]
        self.closed = [self._door(channel) for channel in procedure.channels if not channel.available]
        self.fees = [Price(self._told(fee), _amount(fee)) for fee in procedure.fees]
        self.deadlines = self._all(procedure.deadlines)
        self.duties = self._all(procedure.recurring)
        self.pitfalls = self._all(procedure.pitfalls)
        self.more_pitfalls = self.pitfalls[1:]
        self.faqs: list[tuple[Faq, SafeString]] = [(faq, self.evidence.cite(faq.facts)) for faq in procedure.faqs]
        self.more_facts = self._more_facts()
        self.then = [
            self._link(later.key)
            for later in compiled.procedures_of[procedure.country]
            if any(dependency.procedure == procedure.key for dependency in later.requires)
        ]
        self.guides = [
            Link(guide.title, guide.summary, guide_url(guide))
            for guide in sorted(compiled.guides.values(), key=lambda guide: (guide.order, guide.key))
            if procedure.key in guide.procedures
        ]

    @cached_property
    def time(self) -> str:
        """How long the open channels take, when the catalogue says so, for the summary at the top."""
        known = [door.told.entry.processing for door in self.doors]
        low = [processing.min_days for processing in known if processing.min_days is not None]
        high = [processing.max_days for processing in known if processing.max_days is not None]
        return _days(min(low, default=None), max(high, default=None))

    @cached_property
    def cost(self) -> str:
        """What it costs at least and at most, for the summary at the top; empty where a figure is missing."""
        fees = self.procedure.fees
        if not fees or any(fee.amount is None or fee.currency != fees[0].currency for fee in fees):
            return ""
        low = min(fee.amount for fee in fees)
        return _money(low, max(fee.amount_to or fee.amount for fee in fees), fees[0].currency)

    def _audiences(self) -> list[Audience]:
        """The three conditions in their order, up to the one that holds for everybody."""
        found = []
        for status in ("required", "recommended", "optional"):
            if condition := getattr(self.procedure, f"{status}_when"):
                found.append(Audience(status, in_words(self._compiled, condition, self.procedure.country)))
                if found[-1].clauses == []:
                    break
        return found

    def _told(self, entry: Entry) -> Told:
        return Told(entry, self._when(entry.when), self.evidence.cite(entry.facts))

    def _all(self, entries: Iterable[Entry]) -> list[Told]:
        return [self._told(entry) for entry in entries]

    def _when(self, condition: str, given: str = "") -> SafeString:
        return when_drawn(self._compiled, condition, self.procedure.country, given)

    def _need(self, requirement: Requirement) -> Need:
        """A requirement cites only what its alternatives do not cite themselves."""
        theirs = {key for alternative in requirement.alternatives for key in alternative.facts}
        facts = self.evidence.cite(key for key in requirement.facts if key not in theirs)
        told = Told(requirement, self._when(requirement.when), facts)
        return Need(told, tuple(self._way(entry, requirement) for entry in requirement.alternatives))

    def _way(self, alternative: Alternative, requirement: Requirement) -> Way:
        when = self._when(alternative.when, given=requirement.when)
        told = Told(alternative, when, self.evidence.cite(alternative.facts))
        return Way(told, tuple(paper(self._compiled, key, self.procedure.country) for key in alternative.documents))

    def _door(self, channel: Channel) -> Door:
        documents = self._compiled.documents
        credentials = tuple(
            (documents[key].name, document_url(documents[key])) if key in documents else (CREDENTIALS.get(key, key), "")
            for key in channel.credentials
        )
        time = channel.processing
        said = time.text or _days(time.min_days, time.max_days)
        if time.assumed_days is not None and time.max_days is None:
            counted = _("checklists count with %(days)s") % {"days": _days(None, time.assumed_days)}
            said = f"{said or _('Not stated')}; {counted}"
        return Door(self._told(channel), credentials, said)

    def _more_facts(self) -> list[tuple[str, SafeString]]:
        """The statements of the facts that nothing above cites."""
        cited = set(self.evidence.keys)
        return [
            (self._compiled.facts[key].statement, self.evidence.cite([key]))
            for key in self.procedure.facts
            if key not in cited
        ]

    def _link(self, key: str) -> Link:
        procedure = self._compiled.procedures[key]
        return Link(procedure.name, procedure.summary, procedure_url(procedure))


def _amount(fee: Fee) -> str:
    return "" if fee.amount is None else _money(fee.amount, fee.amount_to or fee.amount, fee.currency)


def _money(low: float, high: float, currency: str) -> str:
    if high == 0:
        return _("free")
    figures = [floatformat(amount, "-2") for amount in (low, high)]
    if low == high:
        return f"{figures[0]} {currency}"
    return _("%(low)s to %(high)s") % {"low": figures[0], "high": f"{figures[1]} {currency}"}


def _days(low: int | None, high: int | None) -> str:
    if high == 0:
        return _("on the same day")
    if high is None and not low:
        return ""
    if low is None or low == high:
        return ngettext("%(days)d day", "%(days)d days", high) % {"days": high}
    if high is None:
        return ngettext("at least %(days)d day", "at least %(days)d days", low) % {"days": low}
    if low == 0:
        return ngettext("up to %(days)d day", "up to %(days)d days", high) % {"days": high}
    return _("%(low)d to %(high)d days") % {"low": low, "high": high}
