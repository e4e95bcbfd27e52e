"""Where the admin has the entries that a problem or a difference names."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from guides.catalogue.problems import Problem
from guides.editions.mapping import sections
from guides.editions.publishing import current

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
    """A problem with the page of its entry and its example as JSON; empty texts where it has none.

    ``gone`` is the log's entry of who deleted what is missing, and ``restore`` where to get it back as it is published.
    ``users`` are the other entries that are wrong for the same cause, as words with their pages.
    """

    problem: Problem
    page: str
    example: str
    gone: LogEntry | None = None
    restore: str = ""
    users: tuple[tuple[str, str], ...] = ()


def with_pages(problems: Iterable[Problem]) -> list[ProblemRow]:
    problems = list(problems)
    pages = pages_of(place for problem in problems for place in (problem.entry, *problem.using) if all(place))
    missing = {found for problem in problems for found in _could_be(problem)}
    gone, published = _deleted(missing), _published(missing)
    return [
        ProblemRow(
            problem,
            pages.get(problem.entry, ""),
            _example(problem),
            next((gone[found] for found in _could_be(problem) if found in gone), None),
            next((published[found] for found in _could_be(problem) if found in published), ""),
            tuple((" ".join(place), pages.get(place, "")) for place in problem.using),
        )
        for problem in problems
    ]


def _could_be(problem: Problem) -> tuple[Place, ...]:
    """The entries that what is missing may have been; none where it is a value or a column of one that is there."""
    if len(problem.missing) != 2:
        return ()
    section, key = problem.missing
    return (("terms", key), ("questions", key)) if section in ("terms", "questions") else ((section, key),)


def _deleted(places: Iterable[Place]) -> dict[Place, LogEntry]:
    """Who deleted these entries last, as far as the log knows. One query."""
    kinds = {ContentType.objects.get_for_model(sections()[name].model).pk: name for name, _ in places}
    logged = LogEntry.objects.filter(
        action_flag=DELETION, content_type__in=kinds, object_repr__in={key for _, key in places}
    )
    found = logged.order_by("action_time").select_related("user") if places else ()
    return {(kinds[entry.content_type_id], entry.object_repr): entry for entry in found}


def _published(places: Iterable[Place]) -> dict[Place, str]:
    """Where to restore those of these entries that the current edition has."""
    catalogue = current().catalogue if places else None
    return {
        (name, key): reverse("entries:revert", args=[name, key])
        for name, key in places
        if any(entry.key == key for entry in getattr(catalogue, name))
    }


def _example(problem: Problem) -> str:
    return "" if problem.example is None else json.dumps(dict(problem.example))
