"""The order of the rooms: each imports only from those above it, no two files need each other, and nothing is imported
late without a word on why."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# From the ground up. ``docs/how-it-works.md`` says what is in each; a loose file counts as a room.
GUIDES = [
    "clock",
    "networks",
    "folding",
    "days",
    "lines",
    "conditions",
    "catalogue",
    "sheets",
    "models",
    "editions",
    "reading",
    "opendata",
    "editing",
    "previews",
]
CHECKLISTS = [
    "seen",
    "caching",
    "models",
    "planner",
    "planning",
    "questionnaire",
    "mail",
    "forms",
    "access",
    "presenters",
    "firms",
    "updates",
    "client",
    "privacy",
]
FIRMS = ["history", "members", "cases", "casework", "sharing", "board"]
# What Django finds by its name: on top of everything, each for itself.
DJANGO = ["admin", "urls", "apps", "templatetags", "management"]
ROOMS = {"guides": GUIDES + DJANGO, "checklists": CHECKLISTS + DJANGO, "checklists.firms": FIRMS}
PURE = {"guides.conditions": ["django", "checklists"], "checklists.planner": ["django"], "guides": ["checklists"]}


def _modules():
    for app in ("guides", "checklists", "relocation"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path


MODULES = dict(_modules())


def _imports(name, path):
    """Each imported module of ``path``, and the node that imports it."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield (inner if inner in MODULES else source), node


ARROWS = {(name, target): node for name, path in MODULES.items() for target, node in _imports(name, path)}


def _room(parent, name):
    return name[len(parent) + 1 :].split(".")[0]


@pytest.mark.parametrize("parent", ROOMS)
def test_rooms_import_only_from_those_above_them(parent):
    order = ROOMS[parent]
    inside = [arrow for arrow in ARROWS if all(end.startswith(f"{parent}.") for end in arrow)]
    pairs = [(name, target) for name, target in inside if _room(parent, name) != _room(parent, target)]
    unknown = {_room(parent, end) for pair in pairs for end in pair} - set(order)
    assert not unknown, "say where they stand"
    wrong = [pair for pair in pairs if order.index(_room(parent, pair[0])) < order.index(_room(parent, pair[1]))]
    assert wrong == []


@pytest.mark.parametrize("folder", PURE)
def test_pure_rooms_stay_pure(folder):
    forbidden = tuple(PURE[folder])
    assert [arrow for arrow in ARROWS if arrow[0].startswith(folder) and arrow[1].startswith(forbidden)] == []


def test_no_file_needs_itself_by_way_of_others():
    needs = {name: {end for start, end in ARROWS if start == name and end != name} for name in MODULES}
    # Raises CycleError, which names the files.
    TopologicalSorter(needs).prepare()


def test_nothing_is_imported_late_without_a_word_on_why():
    late = []
    for (name, target), node in ARROWS.items():
        own = target.split(".")[0] in ("guides", "checklists", "relocation")
        if own and node.col_offset and not _said_above(MODULES[name].read_text().splitlines(), node.lineno - 1):
            late.append(f"{name} imports {target}")
    assert late == []


def _said_above(lines, number):
    """Whether a comment stands above this line, or above the imports right before it."""
    above = lines[number - 1].strip()
    if above.startswith(("from ", "import ")):
        return _said_above(lines, number - 1)
    return above.startswith("#")
