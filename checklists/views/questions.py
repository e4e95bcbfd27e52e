"""The questionnaire, one question a page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from checklists.forms import ScreenForm
from checklists.planner import plan
from checklists.planning import kept_answers
from checklists.presenters.answers import answers_in_words
from checklists.presenters.sofar import plan_so_far
from checklists.questionnaire import Questionnaire
from checklists.services import Conflict, save_answers, start_checklist
from guides.catalogue.compiled import DESTINATION
from guides.catalogue.editions import current

from .access import find_checklist, remember, remembered_token


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """Ask for the destination; answering it makes the checklist."""
    compiled, today = current(), timezone.localdate()
    questionnaire = Questionnaire(compiled, {}, today)
    screen = questionnaire.screen_of(DESTINATION)
    form = ScreenForm(request.POST or None, screen=screen, questionnaire=questionnaire, today=today)
    if request.method == "POST" and form.is_valid():
        checklist = start_checklist(answers=form.answers(), edition=compiled.number)
        return remember(request, redirect("checklists:next-question", checklist.token), checklist)
    context = {"form": form, "screen": screen, "left": None, "has_another": remembered_token(request) is not None}
    return render(request, "checklists/question.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def resume(request):
    """The checklist that this browser remembers, or a new one."""
    token = remembered_token(request)
    return redirect("checklists:checklist", token) if token else redirect("checklists:start")


@login_not_required
@require_GET
def next_question(request, token):
    """The first question that is still open; the summary when there is none."""
    checklist = find_checklist(token)
    screen = Questionnaire(current(), checklist.answers, timezone.localdate()).next_screen()
    if screen is None:
        return redirect("checklists:answers", token)
    return redirect("checklists:question", token, screen.key)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, token, key):
    checklist = find_checklist(token)
    compiled, today = current(), timezone.localdate()
    questionnaire = Questionnaire(compiled, checklist.answers, today)
    screen = questionnaire.screen_of(key)
    if screen is None or not screen.questions:
        raise Http404(_("There is no such question."))
    form = ScreenForm(
        request.POST or None,
        screen=screen,
        questionnaire=questionnaire,
        today=today,
        initial={"version": checklist.version},
    )
    if "more" in request.POST:
        form = form.with_another_row()
    elif request.method == "POST" and ("unsure" in request.POST or form.is_valid()):
        given = dict.fromkeys(screen.keys) if "unsure" in request.POST else form.answers()
        return save_or_conflict(request, checklist, compiled, given, next_page="checklists:next-question")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "checklists/question.html", _context(checklist, questionnaire, screen, form), status=status)


def save_or_conflict(request, checklist, compiled, given, *, next_page):
    """Save the given raw answers and go on to ``next_page``, or show both values of a conflict."""
    version = request.POST.get("version", "")
    answers = kept_answers(compiled, {**checklist.answers, **given}, timezone.localdate())
    try:
        saved = save_answers(
            checklist=checklist,
            answers=answers,
            version=int(version) if version.isdecimal() else checklist.version,
            edition=compiled.number,
        )
    except Conflict as conflict:
        return answers_conflict(request, compiled, conflict.theirs, given)
    if checklist.answers.keys() - answers.keys() - given.keys():
        messages.info(request, _("Some earlier answers no longer matter and were removed."))
    return remember(request, redirect(next_page, saved.token), saved)


def answers_conflict(request, compiled, theirs, given):
    """Both values side by side, when two browsers changed the same answers."""
    rows = answers_in_words(compiled, given.keys(), theirs.answers, given)
    typed = [(name, value) for name in given for value in request.POST.getlist(name)]
    context = {"checklist": theirs, "rows": rows, "typed": typed, "unsure": "unsure" in request.POST}
    return render(request, "checklists/answers_conflict.html", context, status=409)


def _context(checklist, questionnaire, screen, form):
    compiled, answers = questionnaire.compiled, questionnaire.answers
    previous = questionnaire.previous_key(screen.key)
    names = (checklist.token, previous)
    return {
        "checklist": checklist,
        "form": form,
        "screen": screen,
        "left": len(questionnaire.screens()),
        "back": reverse("checklists:question", args=names) if previous else reverse("checklists:start"),
        "so_far": plan_so_far(plan(compiled, answers, answers["today"])),
    }
