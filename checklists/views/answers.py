"""The summary of all answers, changing one with its effect shown first, and all of them on one page."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from checklists.forms import AllAnswersForm, ScreenForm
from checklists.models import Checklist
from checklists.planner import plan
from checklists.planning import kept_answers, progress_of, typed_answers
from checklists.presenters.answers import answers_in_words, summary_of
from checklists.presenters.screen import asked_questions, title_of
from checklists.presenters.sofar import effect_of
from checklists.questionnaire import Questionnaire
from guides.catalogue.editions import current

from .access import by_link, find_checklist, posted, version_in
from .questions import save_or_conflict


@by_link
@require_safe
def summary(request, token):
    """Every answer with "change", and the questions that are still open."""
    checklist = find_checklist(token)
    questionnaire = Questionnaire(current(), checklist.answers, timezone.localdate())
    sections = summary_of(questionnaire)
    count = sum(1 for _title, rows in sections for row in rows if row.state == "open")
    return render(request, "checklists/answers.html", {"checklist": checklist, "sections": sections, "open": count})


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, token, key):
    """Change one answer: the form, then what it would add and take away, then save."""
    checklist = find_checklist(token)
    compiled, today = current(), timezone.localdate()
    questionnaire = Questionnaire(compiled, checklist.answers, today)
    screen = questionnaire.screen_of(key)
    if screen is None:
        raise Http404(_("There is no such question."))
    initial = {"version": checklist.version}
    form = ScreenForm(posted(request), screen=screen, questionnaire=questionnaire, today=today, initial=initial)
    if "more" in request.POST:
        form = form.with_another_row()
    elif request.method == "POST" and ("unsure" in request.POST or form.is_valid()):
        given = dict.fromkeys(screen.keys) if "unsure" in request.POST else form.answers()
        if "confirm" in request.POST:
            return save_or_conflict(request, checklist, compiled, given, next_page="checklists:next-question")
        return _preview(request, checklist, compiled, given, today)
    context = {"checklist": checklist, "form": form, "asked": asked_questions(form), "title": title_of(form)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "checklists/change_answer.html", context, status=status)


def _preview(request, checklist: Checklist, compiled, given, today):
    progress = progress_of(checklist.items.all())
    changed = kept_answers(compiled, {**checklist.answers, **given}, today)
    before, after = (
        plan(compiled, typed_answers(compiled, raw, today), today, progress) for raw in (checklist.answers, changed)
    )
    fallen = checklist.answers.keys() - changed.keys() - given.keys()
    context = {
        "checklist": checklist,
        "effect": effect_of(before, after),
        "rows": answers_in_words(compiled, given, checklist.answers, given),
        "fallen": answers_in_words(compiled, fallen, checklist.answers),
        "typed": [(name, value) for name in given for value in request.POST.getlist(name)],
        "unsure": "unsure" in request.POST,
        "version": version_in(request.POST.get("version", "")) or checklist.version,
    }
    return render(request, "checklists/change_effect.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def all_answers(request, token):
    """Every question on one page, for people who know their way."""
    checklist = find_checklist(token)
    compiled, today = current(), timezone.localdate()
    questionnaire = Questionnaire(compiled, checklist.answers, today)
    initial = {"version": checklist.version}
    form = AllAnswersForm(posted(request), questionnaire=questionnaire, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        return save_or_conflict(request, checklist, compiled, form.answers(), next_page="checklists:checklist")
    wrong = [item for item in asked_questions(form) if item.errors] if form.errors else []
    context = {"checklist": checklist, "form": form, "asked": wrong}
    return render(request, "checklists/all_answers.html", context, status=422 if form.errors else 200)
