from django import template
from django.utils.translation import get_language

from checklists.client.example import example
from guides import clock
from guides.editions.publishing import current

register = template.Library()


@register.simple_tag
def example_plan():
    """The plan that the start page shows, made from the current edition."""
    return example(current(), clock.today(), get_language())
