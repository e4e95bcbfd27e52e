"""The questionnaire, one question a page."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checklists.access.access import Access
from checklists.access.doors import hidden_questions
from checklists.access.entrance import too_often
from checklists.access.limits import HOUR, Limit, TooOften, count_all
from checklists.access.links import (
    by_link,
    find_checklist,
    openable,
    remember,
    remember_if_free,
    remembered_checklist,
)
from checklists.caching import cached_for_state
from checklists.client.forms.screen import ScreenForm
from checklists.client.screen import asked_questions
from checklists.client.services import save_answers
from checklists.client.sofar import plan_so_far
from checklists.forms import posted
from checklists.models import Checklist
from checklists.planner import plan
from checklists.planner.unanswered import DESTINATION
from checklists.planning import coming_back, kept_answers
from checklists.presenters.answers import AnswerRow, answers_in_words
from checklists.questionnaire import Questionnaire
from checklists.seen import Changed, seen_of
from guides import clock, previews
from guides.catalogue.countries import country_names, suggestions
from guides.editions.publishing import current
from guides.networks import network_of

# A school class behind one address; programs make no more than that, and from many networks no more than a disk holds.
LISTS_OF_NETWORK, LISTS_OF_SITE = Limit(300, HOUR), Limit(6000, HOUR)
# What a form says beside its answers, and what the button of a single question says.
CARRIED = ("unsure", "so")
EVERYTHING = "1"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """Ask for the destination; answering it makes the checklist.

    Where this browser remembers another one, it is only replaced when the reader says "anew".
    """
    compiled, today = current(), clock.today()
    questionnaire = Questionnaire(compiled, {}, today)
    screen = questionnaire.screen_of(DESTINATION)
    if screen is None:
        return render(request, "checklists/nothing_published.html")
    form = ScreenForm(posted(request), screen=screen, questionnaire=questionnaire, today=today)
    other = remembered_checklist(request)
    if request.method == "POST" and form.is_valid() and (other is None or "anew" in request.POST):
        try:
            count_all({f"starts:{network_of(request)}": LISTS_OF_NETWORK, "starts:site": LISTS_OF_SITE})
        except TooOften as refusal:
            return too_often(
                request, refusal, _("So many new checklists were begun within the hour that this one was not.")
            )
        answers, edition = form.answers(), compiled.number
        if previews.seen():
            checklist = Checklist.objects.start_preview(answers=answers, edition=edition)
        else:
            owner = request.user if request.user.is_authenticated else None
            checklist = Checklist.objects.start(answers=answers, edition=edition, owner=owner)
        return remember(request, to_next_question(Access(checklist)), checklist)
    context = {"form": form, "asked": asked_questions(form), "title": form.screen.title, "other": other}
    return render(request, "checklists/question.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def resume(request):
    """The checklist that this browser remembers, else that of whoever is signed in, or a new one."""
    if checklist := remembered_checklist(request):
        return redirect(checklist)
    owned = [] if previews.seen() or not request.user.is_authenticated else openable().owned_by(request.user)[:2]
    if len(owned) == 1:
        return redirect(owned[0])
    return redirect("account" if owned else "checklists:start")


@by_link
@require_safe
def next_question(request, token):
    """The first question that is still open; the summary when there is none."""
    return to_next_question(find_checklist(request, token, to_change=True))


def to_checklist(access: Access):
    return redirect(access.url())


def to_next_question(access: Access):
    """Lead to the first question that is still open; to the summary when there is none."""
    screen = questionnaire_of(access).next_screen()
    if screen is None:
        return redirect("checklists:answers", access.key)
    return redirect("checklists:question", access.key, screen.key)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, token, key):
    access = find_checklist(request, token, to_change=True)
    form, given = screen_form(request, access, key)
    questionnaire, screen = form.questionnaire, form.screen
    if given is not None:
        so = form.says_so
        return save_or_show_both(request, access, questionnaire, given, go_on=to_next_question, confirmed=so)
    beside = cached_for_state(
        ("beside", key),
        access.state,
        questionnaire.compiled,
        form.today,
        lambda: _beside(questionnaire, screen, access),
    )
    return render_screen(request, "checklists/question.html", access, form, **beside)


def questionnaire_of(access: Access) -> Questionnaire:
    """The questions of this checklist today, as far as whoever looks may see them."""
    return Questionnaire(current(), access.checklist.answers, clock.today(), hidden_questions(access))


def screen_form(request, access: Access, key, *, alone=False):
    """The form of the page that asks ``key``, and the raw answers it gives; None while there is nothing to save.

    ``alone``: without the questions that are asked beside it. Raises Http404 for a question that does not exist.
    """
    questionnaire = questionnaire_of(access)
    screen = questionnaire.screen_to_change(key) if alone else questionnaire.screen_of(key)
    if screen is None:
        raise Http404(_("There is no such question."))
    form = ScreenForm(posted(request), screen=screen, **form_context(access, questionnaire))
    if "more" in request.POST:
        return form.with_another_row(request.POST["more"]), None
    if request.POST.get("unsure") == EVERYTHING:
        return form, dict.fromkeys(screen.keys)
    return form, form.answers() if request.method == "POST" and form.is_valid() else None


def form_context(access: Access, questionnaire: Questionnaire):
    """What a form of questions is told of the checklist."""
    return {
        "questionnaire": questionnaire,
        "today": questionnaire.answers["today"],
        "seen": seen_of(access.checklist),
        "confirmed": access.checklist.confirmed,
    }


def render_screen(request, template, access: Access, form, **context):
    """The page of a form that asks something; 422 if what was sent cannot be used."""
    context |= {
        "seen": seen_of(access.checklist),
        "access": access,
        "form": form,
        "asked": asked_questions(form),
        "title": form.screen.title,
    }
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def _beside(questionnaire, screen, access: Access):
    """What stands around a question: where "back" leads, its number, what comes back, what the plan holds (drawn)."""
    compiled, today = questionnaire.compiled, questionnaire.answers["today"]
    previous, before = questionnaire.previous_key(screen.key), None
    if previous and previous != DESTINATION:
        last = questionnaire.screen_of(previous).keys
        earlier = {key: value for key, value in questionnaire.answers.items() if key not in last}
        before = plan(compiled, earlier, today)
    told = {"access": access, "so_far": plan_so_far(plan(compiled, questionnaire.answers, today), before)}
    return {
        "back": access.url("question", previous) if previous else reverse("guides:home"),
        "number": questionnaire.number_of(screen),
        "is_last": all(other.key in screen.keys for other in questionnaire.screens()),
        "returning": rows_coming_back(access, questionnaire),
        "so_far": render_to_string("checklists/parts/so_far.html", told),
        "so_far_line": render_to_string("checklists/parts/so_far_line.html", told),
    }


def coming_back_to(access: Access, questionnaire: Questionnaire):
    """Answers that were put aside and whose questions are asked again, as far as whoever looks may see them."""
    checklist, today = access.checklist, questionnaire.answers["today"]
    shown = {key: value for key, value in checklist.put_aside.items() if key not in questionnaire.hidden}
    return coming_back(questionnaire.compiled, checklist.answers, shown, today)


def rows_coming_back(access: Access, questionnaire: Questionnaire):
    found = coming_back_to(access, questionnaire)
    return answers_in_words(questionnaire.compiled, found, {**access.checklist.answers, **found})


@by_link
@require_POST
def take_back(request, token):
    """Give the answers again that were put aside and are asked for."""
    access = find_checklist(request, token, to_change=True)
    questionnaire = questionnaire_of(access)
    found = coming_back_to(access, questionnaire)
    return save_or_show_both(request, access, questionnaire, found, go_on=to_next_question)


def save_or_show_both(request, access: Access, questionnaire: Questionnaire, given, *, go_on, confirmed=None):
    """Save the given raw answers and go on as ``go_on`` says for what was saved, or show both values of what changed.

    Somebody else's newer answers to other questions stay: the given ones are added to them. ``confirmed`` as in
    ``save_answers``.
    """
    compiled, seen = questionnaire.compiled, request.POST.get("seen", "")
    while True:
        answers = kept_answers(compiled, {**access.checklist.answers, **given}, clock.today())
        try:
            number = compiled.number
            saved = save_answers(access=access, answers=answers, seen=seen, edition=number, confirmed=confirmed)
        except Changed as changed:
            access = access.to(changed.theirs)
            if any(access.checklist.answers.get(key, value) != value for key, value in given.items()):
                return _both(request, compiled, access, given)
            seen = seen_of(access.checklist)
        else:
            break
    fallen = access.checklist.answers.keys() - answers.keys() - given.keys() - questionnaire.hidden
    if rows := answers_in_words(compiled, fallen, access.checklist.answers):
        messages.info(request, _put_aside(rows))
    return remember_if_free(request, go_on(access.to(saved)), access)


def _put_aside(rows: Sequence[AnswerRow]):
    """In one line, with the questions folded."""
    count = len(rows)
    text = ngettext(
        "%(count)d answer does not matter any more and was put aside.",
        "%(count)d answers do not matter any more and were put aside.",
        count,
    ) % {"count": count}
    return format_html(
        '{} <details class="fold fold--quiet"><summary>{}</summary><ul>{}</ul><p>{}</p></details>',
        text,
        ngettext("See which one", "See which ones", count),
        format_html_join("", "<li>{}</li>", ((row.question.text,) for row in rows)),
        ngettext("It can come back later.", "They can come back later.", count),
    )


def _both(request, compiled, access: Access, given):
    """Both values side by side, when two browsers changed the same answers; ``access`` is to the newer ones."""
    found = answers_in_words(compiled, given.keys(), access.checklist.answers, given)
    carried = [(name, value) for name in (*CARRIED, "confirm") for value in request.POST.getlist(name)]
    context = {
        "access": access,
        "rows": [
            {"label": row.question.text, "theirs": row.value, "mine": row.mine}
            for row in found
            if row.mine != row.value
        ],
        "typed": [*sent_again(given), *carried, ("seen", seen_of(access.checklist))],
        "back": reverse("checklists:answers", args=[access.key]),
    }
    return render(request, "checklists/changed.html", context, status=409)


def sent_again(given: dict[str, Any]) -> list[tuple[str, Any]]:
    """Raw answers as names and values of a form that gives the same once more."""
    pairs = [(key, item) for key, value in given.items() for item in (value if isinstance(value, list) else [value])]
    words = {True: "yes", False: "no"}
    return [(key, words[item] if isinstance(item, bool) else item) for key, item in pairs if item is not None]


@login_not_required
@require_safe
def countries(request):
    """What to offer while somebody types a country: its name, and what else it is called if that is what was found."""
    names = country_names()
    found = [(names[hit.code], hit.name) for hit in suggestions(request.GET.get("q", ""))]
    offered = [{"name": name, "called": called if called != name else ""} for name, called in found]
    return JsonResponse({"countries": offered}, headers={"Cache-Control": "private, max-age=3600"})
