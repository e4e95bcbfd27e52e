"""Where editors open the draft as a site: at any page, or at the checklist of anybody they can think of."""

import json
from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from checklists.models import Checklist, Persona
from checklists.planning import BadAnswers, unwrap
from guides import clock, previews
from guides.catalogue.problems import CatalogueError
from guides.conditions import AnswerProblem, read_answers
from guides.editing.places import with_pages
from guides.previews.address import ROOT
from guides.previews.forms import PageForm, PreviewForm
from guides.previews.middleware import PERMISSION

may_preview = permission_required(PERMISSION, raise_exception=True)


class OpenForm(PreviewForm):
    """Whose checklist to open: a persona's, or that of answers written as JSON.

    An empty day is the persona's, or the one beside the answers ("today"), or the day it is. Once the form is valid,
    ``raw`` holds the answers, ``ignored`` what the catalogue does not understand of a persona's.
    """

    persona = forms.ModelChoiceField(Persona.objects, label=gettext_lazy("Persona"), required=False)
    answers = forms.CharField(
        label=gettext_lazy("Or answers, as JSON"), required=False, widget=AdminTextareaWidget(attrs={"rows": 8})
    )
    field_order = ["persona", "answers", "edition", "day"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["day"].help_text = _("Left empty, it is the day of the persona, or the day it is.")

    def clean_answers(self):
        text = self.cleaned_data["answers"]
        try:
            return json.loads(text) if text else None
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("This is not JSON: %(error)s") % {"error": error}) from None

    def clean(self):
        super().clean()
        if self.errors:
            return
        persona, given = self.cleaned_data["persona"], self.cleaned_data["answers"]
        if (persona is None) == (given is None):
            raise ValidationError(_("Choose a persona, or write down answers."))
        try:
            self.raw, day = (persona.answers, persona.day) if persona else unwrap(given)
            self.cleaned_data["day"] = self.cleaned_data["day"] or self.checked_day(day)
            compiled = previews.catalogue_of(self.preview)
        except BadAnswers as error:
            raise ValidationError(in_words(error.problems)) from None
        except CatalogueError as error:
            raise ValidationError([str(problem) for problem in error.problems]) from None
        problems = read_answers(self.raw, compiled.vocabulary, today=self.preview.day or clock.today())[1]
        if problems and persona is None:
            self.add_error("answers", in_words(problems))
        self.number, self.ignored = compiled.number, in_words(problems)


def in_words(problems: Iterable[AnswerProblem]) -> list[str]:
    """Each problem with its key in front."""
    return [f"{problem.key}: {problem.message}" if problem.key else problem.message for problem in problems]


@require_POST
@may_preview
def open_preview(request):
    """Make the checklist that the form asks for, and show it in its preview."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    checklist = Checklist.objects.start_preview(answers=form.raw, edition=form.number)
    for text in form.ignored:
        messages.warning(request, _("Left out of the persona's answers: %(problem)s") % {"problem": text})
    return HttpResponseRedirect(previews.preview_reverse(form.preview, "checklists:checklist", checklist.token))


@require_safe
@may_preview
def choose(request):
    """Every way into a preview on one page."""
    return _page(request, OpenForm())


def _page(request, form: OpenForm, *, status: int = 200):
    try:
        pages, problems = PageForm(auto_id="page-%s"), []
    except CatalogueError as error:
        pages, problems = None, with_pages(error.problems)
    context = {
        **admin.site.each_context(request),
        "title": _("See the draft as a site"),
        "form": form,
        "pages": pages,
        "go": previews.live_prefix() + ROOT,
        "problems": problems,
    }
    return render(request, "admin/preview.html", context, status=status)
