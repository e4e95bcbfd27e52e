from django.utils.functional import SimpleLazyObject

from .reader import reader_plan_of


def reader_plan(request):
    """``reader_plan``: what the reader's own checklist holds, or nothing; looked up when a template first asks."""
    return {"reader_plan": SimpleLazyObject(lambda: reader_plan_of(request))}
