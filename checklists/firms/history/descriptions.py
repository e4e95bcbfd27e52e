"""History in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checklists.models import HistoryEntry, User
from checklists.presenters.lines import name_of
from checklists.presenters.phrases import series
from guides.catalogue.compiled import CompiledCatalogue
from guides.editions.publishing import current

from .verbs import VERBS


@dataclass(frozen=True, slots=True)
class Description:
    """One entry as ``who`` (a name, or words for one) and ``what`` they did."""

    entry: HistoryEntry
    who: str
    what: str

    @property
    def sentence(self) -> str:
        """ "Adam Advisor ticked Register your address." """
        return _("%(who)s %(what)s.") % {"who": self.who, "what": self.what}


def describe(entries: Iterable[HistoryEntry]) -> list[Description]:
    """These entries in words, with one query for the people who did it."""
    entries = list(entries)
    actors = User.objects.in_bulk({entry.actor_number for entry in entries if entry.actor_number})
    compiled = current()
    return [Description(entry, _who(entry, actors), _what(entry, compiled)) for entry in entries]


def _who(entry: HistoryEntry, actors: dict[int, User]) -> str:
    if entry.actor_number:
        actor = actors.get(entry.actor_number)
        return str(actor) if actor else _("Former account %(number)d") % {"number": entry.actor_number}
    if entry.person_number is None:
        return _("The site")
    return (entry.details or {}).get("person") or _("A client (erased)")


class _Words(dict):
    """The details in words; what an entry does not say reads as erased."""

    def __missing__(self, key):
        return _("(erased)")


def _what(entry: HistoryEntry, compiled: CompiledCatalogue) -> str:
    details = entry.details or {}
    words = _Words({key: _in_words(compiled, key, value, details) for key, value in details.items()})
    # A verb of a later version, after going back to an earlier one.
    return str(VERBS.get(entry.verb, entry.verb)) % words


def _in_words(compiled: CompiledCatalogue, name: str, value: Any, details: dict[str, Any]) -> str:
    if isinstance(value, list):
        return series([_in_words(compiled, name, one, details) for one in value]) or _("nothing")
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "keys":
        question = compiled.vocabulary.questions.get(value)
        return f"“{question.text}”" if question else str(value)
    if name in ("key", "document", "procedure"):
        return _line(compiled, details.get("kind", name), str(value))
    return _day(str(value)) or str(value)


def _day(text: str) -> str:
    """The day in words; an empty text for what is no day."""
    try:
        day = parse_date(text)
    except ValueError:
        return ""
    return date_format(day, "j F Y") if day else ""


def _line(compiled: CompiledCatalogue, kind: str, key: str) -> str:
    """The name of a line of the checklist, or its key where the edition no longer has it."""
    if kind == "document":
        document = compiled.documents.get(key)
        return f"“{document.name}”" if document else key
    if kind == "recurring":
        return f"“{name_of(compiled, kind, key)}”"
    key_of_task, _slash, key_of_step = key.partition("/")
    procedure = compiled.procedures.get(key_of_task)
    if procedure is None:
        return key
    step = next((step for step in procedure.steps if step.key == key_of_step), None)
    if step is None:
        return f"“{procedure.name}”"
    return _("“%(step)s” (%(task)s)") % {"step": step.text, "task": procedure.name}
