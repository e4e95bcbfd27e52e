"""How much work waits for editors and publishers, for the pages of the admin."""

from django import template

from guides import clock
from guides.editions import publications
from guides.editions.publication_state import unpublished
from guides.editions.publishing import edition_number
from guides.models import Fact, Publication, Report

register = template.Library()


@register.simple_tag
def unpublished_changes() -> int:
    """The number of entries of the working copy that differ from the current edition."""
    return unpublished()


@register.simple_tag
def planned_publications() -> list[Publication]:
    """Those that wait for somebody or for their hour, and those that lately came to nothing."""
    return publications.planned_publications()


@register.simple_tag
def edition_of_readers() -> int:
    """The number of the edition that readers see; 0 before the first."""
    return edition_number()


@register.simple_tag
def facts_due():
    """How many facts are due for a review today."""
    return Fact.objects.due(clock.today()).count()


@register.simple_tag
def reports_open(**about):
    """How many reports wait for an answer: all of them, or those about a ``procedure``, given by its key."""
    return Report.objects.open().filter(**about).count()
