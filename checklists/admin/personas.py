"""Personas: invented people, by whom editors see what a change does for whom."""

import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.models import Persona
from checklists.presenters.answers import answers_in_words
from checklists.updates.personas import effect_on
from guides import clock
from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.problems import CatalogueError
from guides.conditions import read_answers
from guides.editing.places import with_pages
from guides.editions.drafts import draft
from guides.editions.publishing import current
from guides.lines import PlainDateField

from . import conditions, previews


class AnswersField(forms.JSONField):
    """JSON laid out for reading."""

    widget = AdminTextareaWidget(attrs={"rows": 16, "spellcheck": "false"})

    def prepare_value(self, value):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


class PersonaForm(forms.ModelForm):
    answers = AnswersField(
        label=gettext_lazy("answers as JSON"),
        required=False,
        help_text=gettext_lazy("Keys and values are those of the questions. What is left out is not answered yet."),
    )

    class Meta:
        model = Persona
        fields = ["name", "day", "note", "answers"]
        field_classes = {"day": PlainDateField}

    def clean(self):
        super().clean()
        if "answers" in self.cleaned_data:
            given = self.cleaned_data["answers"]
            raw = self.cleaned_data["answers"] = {} if given is None else given
            day = self.cleaned_data.get("day") or clock.today()
            if problems := read_answers(raw, _newest().vocabulary, today=day)[1]:
                self.add_error("answers", previews.in_words(problems))


def _newest() -> CompiledCatalogue:
    """The draft, since a persona may show what is not published yet; the current edition if it cannot be used."""
    try:
        return draft()
    except CatalogueError:
        return current()


@admin.register(Persona)
class PersonaAdmin(admin.ModelAdmin):
    form = PersonaForm
    list_display = ["name", "day", "note", "made_by"]
    list_select_related = ["made_by"]
    search_fields = ["name", "note"]
    readonly_fields = ["in_words", "made_by", "created_at"]
    fieldsets = [
        (None, {"fields": ["name", "day", "note"]}),
        (gettext_lazy("Answers"), {"fields": ["in_words", "answers"]}),
        (gettext_lazy("Origin"), {"fields": ["made_by", "created_at"], "classes": ["collapse"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else [(None, {"fields": PersonaForm.Meta.fields})]

    def get_urls(self):
        own: dict[str, tuple[Callable[..., HttpResponse], str]] = {
            "check-condition/": (conditions.check_condition, "check-condition"),
            "condition-words/": (conditions.condition_words, "condition-words"),
            "preview/": (previews.choose, "preview"),
            "preview/open/": (previews.open_preview, "preview-open"),
            "<path:object_id>/effect/": (self.effect_view, "checklists_persona_effect"),
        }
        opened = [path(route, self.admin_site.admin_view(view), name=name) for route, (view, name) in own.items()]
        return [*opened, *super().get_urls()]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.made_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("answers in words"))
    def in_words(self, persona: Persona) -> str:
        compiled, raw = _newest(), persona.answers
        context = {
            "rows": answers_in_words(compiled, raw, raw),
            "unknown": [(key, value) for key, value in raw.items() if key not in compiled.vocabulary.questions],
        }
        return render_to_string("admin/checklists/persona/parts/answers.html", context)

    def effect_view(self, request, object_id):
        """The persona's plan as it is published, and as the draft would have it."""
        persona = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, persona) or not request.user.has_perm(previews.PERMISSION):
            raise PermissionDenied
        if persona is None:
            raise Http404
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("%(name)s, before and after") % {"name": persona},
            "opts": self.opts,
            "original": persona,
        }
        try:
            context["effect"] = effect_on(persona, current(), draft(), clock.today())
        except CatalogueError as error:
            context["problems"] = with_pages(error.problems)
        return TemplateResponse(request, "admin/checklists/persona/effect.html", context)
