"""What a condition says while an editor types it, how many people it concerns, and the words to write it with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from checklists.models import Persona
from checklists.updates.answers_index import situations
from guides.clock import today
from guides.conditions import Conditions, Truths, Vocabulary, read_answers
from guides.conditions.dates import finishes_in, keys_of, resolve
from guides.conditions.evaluate import Truth, keys_in
from guides.editing.expressions import EMPTY, KINDS, Expression, read_expression
from guides.editing.own_names import read_term
from guides.editing.word_list import word_list
from guides.editions.working_copy import fingerprint, vocabulary

LONGEST = 4000
# Raw answers, and how many people gave them.
Situations = Iterable[tuple[Mapping[str, Any], int]]


@dataclass(frozen=True)
class Matches:
    """Of ``total`` people, how many a condition matches certainly, and how many it may match: an answer is missing."""

    total: int
    certainly: int
    perhaps: int

    def told(self, who: str) -> str:
        """The numbers in words; ``who`` is what was counted, in the plural."""
        found = {"certainly": self.certainly, "total": self.total, "who": who}
        said = _("%(certainly)d of %(total)d %(who)s") % found
        return f"{said} {_('(perhaps %d more)') % self.perhaps}" if self.perhaps else said


@require_safe
def check_condition(request):
    """What the text of a field says, and whom it matches: a fragment for the script, or a page of its own.

    GET ``text``, ``kind`` and ``empty`` as in ``guides.editing.fields.ExpressionInput``; ``term`` is the key of the
    term that the text is the condition of, if it is one.
    """
    _only_for_editors(request)
    text, kind, empty = (request.GET.get(name, "") for name in ("text", "kind", "empty"))
    if kind not in KINDS or empty not in EMPTY or len(text) > LONGEST:
        raise BadRequest
    words = vocabulary()
    term = request.GET.get("term", "")
    said = read_term(term, text, empty) if term else read_expression(text, kind=kind, empty=empty, words=words)
    context = {"said": said, "counted": True, "counts": _counts(said, words)}
    fragment = "fragment" in request.GET
    return render(request, f"admin/guides/expression_{'said' if fragment else 'page'}.html", context)


@require_safe
def condition_words(request):
    """The words that conditions and dates may use: a page to read, or with ``data`` in the address JSON for the script.

    The browser asks each time, and is sent the JSON again only after the working copy has changed what is in it.
    """
    _only_for_editors(request)
    found = word_list(vocabulary())
    if "data" not in request.GET:
        context = {**admin.site.each_context(request), "title": _("Words of conditions and dates"), "list": found}
        return render(request, "admin/guides/expression_words.html", context)
    tag = quote_etag(fingerprint(found))
    response = get_conditional_response(request, etag=tag) or JsonResponse(found)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _only_for_editors(request) -> None:
    if not any(name.startswith("guides.change_") for name in request.user.get_all_permissions()):
        raise PermissionDenied


def _counts(said: Expression, words: Vocabulary) -> list[str]:
    """How many personas and live checklists the expression matches. A day matches whom it can be counted for."""
    if said.node is None or (said.kind == "date" and finishes_in(said.node)):
        return []
    if said.kind == "date":
        keys, test = keys_of(said.node), lambda answers: resolve(said.node, answers) is not None or None
    else:
        conditions = Conditions({said.text: said.node})
        keys, test = keys_in(said.node), lambda answers: Truths(conditions, answers)[said.text]
    asked = {_("personas"): _personas(), _("live checklists"): situations(keys)}
    found = {who: count(test, answers, words) for who, answers in asked.items()}
    return [matches.told(who) for who, matches in found.items() if matches.total]


def count(test: Callable[[Mapping[str, Any]], Truth], situations: Situations, words: Vocabulary) -> Matches:
    """Judge each situation once, by the answers that the vocabulary understands."""
    total = certainly = perhaps = 0
    for raw, number in situations:
        day = raw.get("today", today())
        truth = test({**read_answers(raw, words, today=day)[0], "today": day})
        total += number
        certainly += number if truth else 0
        perhaps += number if truth is None else 0
    return Matches(total, certainly, perhaps)


def _personas() -> Iterator[tuple[dict[str, Any], int]]:
    for answers, day in Persona.objects.order_by().values_list("answers", "day"):
        yield ({**answers, "today": day} if day else answers), 1
