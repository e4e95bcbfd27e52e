"""How much work waits for editors, for the start page of the admin."""

from django import template

from guides import clock
from guides.models import Fact, Report

register = template.Library()


@register.simple_tag
def facts_due():
    """How many facts are due for a review today."""
    return Fact.objects.due(clock.today()).count()


@register.simple_tag
def reports_open(**about):
    """How many reports wait for an answer: all of them, or those about a ``procedure``, given by its key."""
    return Report.objects.open().filter(**about).count()
