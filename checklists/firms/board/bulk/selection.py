"""Which cases are meant: those that were ticked, or all that the filters leave."""

from dataclasses import dataclass

from django.db.models import F
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.firms.board.context import MOST_AT_ONCE, BoardContext
from checklists.firms.board.filters import matching
from checklists.firms.board.forms import FilterForm
from checklists.models import Case
from checklists.seen import fingerprint

SHOWN_NAMES = 12
BY_DEADLINE = (F("next_deadline").asc(nulls_last=True), "pk")
GONE = gettext_lazy(
    "One of these cases is not there any more, or is not of this firm. No case was changed. Go back, load the list "
    "again and tick them once more."
)


class NotThese(Exception):
    """There is no case, or too many, to act on. ``str`` of it says so to the reader."""


@dataclass(frozen=True, slots=True)
class Selection:
    """``query``: the address of the list; ``everything``: all of it, not only what was ticked there."""

    cases: list[Case]
    query: str
    everything: bool

    def seen(self, field: str = "") -> str:
        """The fingerprint of which cases are meant, and of what they hold in this field.

        So nobody acts on cases that they have not seen counted, or overwrites what somebody else has just set.
        """
        return fingerprint(*sorted((case.pk, getattr(case, field) if field else "") for case in self.cases))

    @property
    def names(self) -> list[str]:
        return [case.name for case in self.cases[:SHOWN_NAMES]]

    @property
    def unnamed(self) -> int:
        return max(len(self.cases) - SHOWN_NAMES, 0)


def selected(board: BoardContext, data: QueryDict, most: int = MOST_AT_ONCE) -> Selection:
    """The cases that a form means. Raises NotThese, and Http404 for a case that is not the firm's."""
    shown = FilterForm(QueryDict(data.get("query", "").lstrip("?")), board)
    everything = bool(data.get("everything"))
    cases = _all(board, shown, most) if everything else _ticked(board, data.getlist("cases"))
    if not cases:
        raise NotThese(_("No case is ticked. Tick at least one, or choose all of them. Nothing was changed."))
    return Selection(cases, shown.query(), everything)


def _all(board: BoardContext, shown: FilterForm, most: int) -> list[Case]:
    found = matching(board.organisation, shown.filters, board.user, board.today)
    cases = list(found.order_by(*BY_DEADLINE)[: most + 1])
    if len(cases) > most:
        message = _("More than %d cases match: too many at once. Narrow the list first. Nothing was changed.")
        raise NotThese(message % most)
    return cases


def _ticked(board: BoardContext, keys: list[str]) -> list[Case]:
    numbers = {int(key) for key in keys[: MOST_AT_ONCE + 1] if key.isdecimal() and len(key) < 19}
    cases = list(board.organisation.cases.filter(pk__in=numbers).order_by(*BY_DEADLINE))
    if len(cases) != len(set(keys)):
        raise Http404(str(GONE))
    return cases
