from django import template

from guides.editions.publication_state import unpublished

register = template.Library()


@register.simple_tag
def unpublished_changes() -> int:
    """The number of entries of the working copy that differ from the current edition."""
    return unpublished()
