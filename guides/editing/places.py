"""Where the admin has the entries that a problem or a difference names."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from guides.catalogue.problems import Problem
from guides.editions.mapping import sections

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


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem with the page of its entry and its example as JSON; empty texts where it has none."""

    problem: Problem
    page: str
    example: str


def with_pages(problems: Iterable[Problem]) -> list[ProblemRow]:
    problems = list(problems)
    pages = pages_of(problem.entry for problem in problems if all(problem.entry))
    return [ProblemRow(problem, pages.get(problem.entry, ""), _example(problem)) for problem in problems]


def _example(problem: Problem) -> str:
    return "" if problem.example is None else json.dumps(dict(problem.example))
