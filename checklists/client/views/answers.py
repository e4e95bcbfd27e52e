"""The summary of all answers, changing one with its effect shown first, and all of them on one page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checklists.access.access import Access
from checklists.access.doors import hidden_questions
from checklists.access.links import by_link, find_checklist, find_own_checklist
from checklists.client.forms.all_answers import AllAnswersForm
from checklists.client.personas import save_persona
from checklists.client.screen import asked_questions
from checklists.client.sofar import effect_of
from checklists.forms import posted
from checklists.planner import plan
from checklists.planning import kept_answers, progress_of, typed_answers
from checklists.presenters.answers import answers_in_words, summary_of
from checklists.seen import seen_of
from guides import previews
from guides.editions.publishing import current

from .questions import (
    CARRIED,
    form_context,
    questionnaire_of,
    render_screen,
    rows_coming_back,
    save_or_show_both,
    screen_form,
    sent_again,
    to_checklist,
)


@by_link
@require_safe
def summary(request, token):
    """Every answer with "change", and the questions that are still open."""
    access = find_checklist(request, token)
    questionnaire = questionnaire_of(access)
    sections = summary_of(questionnaire)
    count = sum(1 for _title, rows in sections for row in rows if row.state == "open")
    context = {"access": access, "sections": sections, "open": count, "seen": seen_of(access.checklist)}
    context["returning"] = rows_coming_back(access, questionnaire) if access.may_change else []
    return render(request, "checklists/answers.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, token, key):
    """Change one answer: the form, then what it would add and take away, then save."""
    access = find_checklist(request, token, to_change=True)
    form, given = screen_form(request, access, key, alone=True)
    if given is None:
        return render_screen(request, "checklists/change_answer.html", access, form)
    if "confirm" in request.POST:
        so = form.says_so
        return save_or_show_both(request, access, form.questionnaire, given, go_on=_to_list(request), confirmed=so)
    return _preview(request, access, form, given)


def _to_list(request):
    """Lead to the list, and say there that the change is saved."""

    def go_on(access: Access):
        messages.success(request, _("Your change is saved, and this list follows it."))
        return to_checklist(access)

    return go_on


def _preview(request, access: Access, form, given):
    checklist, compiled, today = access.checklist, form.questionnaire.compiled, form.today
    progress = progress_of(checklist.items.all())
    changed = kept_answers(compiled, {**checklist.answers, **given}, today)
    before, after = (
        plan(compiled, typed_answers(compiled, raw, today), today, progress) for raw in (checklist.answers, changed)
    )
    fallen = checklist.answers.keys() - changed.keys() - given.keys() - hidden_questions(access)
    context = {
        "access": access,
        "effect": effect_of(before, after),
        "rows": answers_in_words(compiled, given, checklist.answers, given),
        "fallen": answers_in_words(compiled, fallen, checklist.answers),
        "typed": [*sent_again(given), *((name, one) for name in CARRIED for one in request.POST.getlist(name))],
        "seen": request.POST.get("seen") or seen_of(checklist),
    }
    return render(request, "checklists/change_effect.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def all_answers(request, token):
    """Every question on one page, for people who know their way."""
    access = find_checklist(request, token, to_change=True)
    form = AllAnswersForm(posted(request), **form_context(access, questionnaire_of(access)))
    if request.method == "POST" and form.is_valid():
        so, given = form.says_so, form.answers()
        return save_or_show_both(request, access, form.questionnaire, given, go_on=to_checklist, confirmed=so)
    wrong = [item for item in asked_questions(form) if item.errors] if form.errors else []
    context = {"access": access, "form": form, "asked": wrong}
    return render(request, "checklists/all_answers.html", context, status=422 if form.errors else 200)


@by_link
@require_POST
def save_as_persona(request, token):
    """Keep these answers as a persona: for those of the staff who may make one, in a preview or on the site."""
    checklist = find_own_checklist(request, token)
    if not (request.user.is_staff and request.user.has_perm("checklists.add_persona")):
        raise PermissionDenied
    seen = previews.seen()
    persona = save_persona(checklist=checklist, compiled=current(), day=seen and seen.day, actor=request.user)
    page = previews.live_reverse("admin:checklists_persona_change", persona.pk)
    messages.success(request, format_html(_('Saved as persona <a href="{}">{}</a>.'), page, persona))
    return redirect("checklists:answers", token)
