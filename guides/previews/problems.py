from collections.abc import Iterable

from guides.catalogue.problems import Problem
from guides.catalogue.shapes import sections

from . import live_reverse


def with_places(problems: Iterable[Problem]) -> list[tuple[Problem, str]]:
    """Each problem with the page of the admin that finds its entry, or an empty text where it has none."""
    return [(problem, _place(problem)) for problem in problems]


def _place(problem: Problem) -> str:
    section, _space, rest = problem.where.partition(" ")
    if section not in sections():
        return ""
    model = sections()[section].model
    return f"{live_reverse(f'admin:guides_{model._meta.model_name}_changelist')}?q={rest.partition(' ')[0]}"
