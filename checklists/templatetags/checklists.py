from typing import Any

from django import template
from django.template.loader import render_to_string

from checklists.access.accounts.claiming import claim_of
from checklists.access.links import remembered_token
from checklists.caching import cached_by_data
from checklists.client.example import example
from checklists.client.header import header
from checklists.models import CasePerson, Checklist
from checklists.presenters.phrases import without_indentation
from checklists.privacy.keeping import deletion_day
from guides import clock
from guides.catalogue.compiled import DESTINATION
from guides.editions.publishing import current

register = template.Library()
register.filter("deletion_day", deletion_day)


@register.simple_tag
def cached_include(template_name, **data):
    """The template with nothing but this data, drawn again only when what is read in it has changed.

    A tick changes a few of the hundred lines of a list.
    """
    return cached_by_data(template_name, repr(data), lambda: without_indentation(render_to_string(template_name, data)))


@register.simple_tag
def cached_for_edition(template_name, key="", **data):
    """The template with what the current edition says of ``key``, drawn once for each edition, day and language.

    ``data`` follows from the edition, the day and the key. Nothing of a request reaches the template.
    """
    compiled, today = current(), clock.today()
    state = key, compiled.number, compiled.digest, today
    return cached_by_data(template_name, state, lambda: render_to_string(template_name, data))


@register.simple_tag
def example_plan():
    """The plan that the start page shows, made from the current edition."""
    return example(current(), clock.today())


@register.simple_tag(takes_context=True)
def site_header(context):
    """The head of the page for whoever looks at it."""
    access = context.get("access")
    return header(context.get("request"), in_case=access is not None and access.person is not None)


@register.inclusion_tag("checklists/parts/this_browser.html", takes_context=True)
def this_browser(context) -> dict[str, Any]:
    """Who keeps the list of the page besides its link; nothing on a page without one, in a preview, and for a firm."""
    access, request = context.get("access"), context["request"]
    checklist = access.checklist if access else context.get("checklist")
    if checklist is None or checklist.preview or (access and access.person):
        return {}
    return {
        "checklist": checklist,
        "claim": claim_of(request, checklist),
        "is_remembered": remembered_token(request) == checklist.token,
        "signed_in": request.user.is_authenticated,
    }


@register.inclusion_tag("components/back_to_list.html")
def back_to_list(checklist: Checklist, person: CasePerson | None = None, url: str = "") -> dict[str, Any]:
    """The way back to a list, named as its page is. ``url`` where that is not the list's own address."""
    country = current().countries.get(checklist.answers.get(DESTINATION) or "")
    return {"url": url or checklist.get_absolute_url(), "country": country, "person": person}
