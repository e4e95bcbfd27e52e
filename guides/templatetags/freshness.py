"""How much work waits for editors, for the start page of the admin."""

from django import template

from guides import clock
from guides.models import Fact

register = template.Library()


@register.simple_tag
def facts_due():
    """How many facts are due for a review today."""
    return Fact.objects.due(clock.today()).count()
