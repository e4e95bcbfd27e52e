"""Where the admin has the entries that a problem or a difference names."""

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse

from guides.catalogue.problems import Problem
from guides.catalogue.shapes import sections

Place = tuple[str, str]


def pages_of(places: Iterable[Place]) -> dict[Place, str]:
    """The page of each entry, given as section and key, that the working copy has. One query for each section."""
    wanted = defaultdict(set)
    for section, key in places:
        wanted[section].add(key)
    found = {}
    for section, keys in wanted.items():
        model = sections()[section].model
        for key, pk in model.objects.filter(key__in=keys).values_list("key", "pk"):
            found[section, key] = reverse(f"admin:guides_{model._meta.model_name}_change", args=[pk])
    return found


def with_pages(problems: Iterable[Problem]) -> list[tuple[Problem, str]]:
    """Each problem with the page of its entry, or an empty text where it has none."""
    problems = list(problems)
    pages = pages_of(place for problem in problems if (place := _place(problem)))
    return [(problem, pages.get(_place(problem), "")) for problem in problems]


def _place(problem: Problem) -> Place | None:
    section, _space, key = problem.where.partition(" › ")[0].partition(" ")
    return (section, key) if section in sections() else None
