"""The catalogue as files: YAML, and one Markdown file with front matter for each guide.

Every ``*.yaml`` file under the root holds sections of the catalogue, in any split. ``<country>/guides/*.md``
holds the fields of a guide in front matter and its body as text.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import yaml
from pydantic import ValidationError

from .fields import Entry, Keyed
from .plain import yaml_problem
from .problems import CatalogueError, Problem, name_of, schema_problems
from .schema import Catalogue, entry_type

FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)
DEEPEST = 30
Sections = dict[str, tuple[Keyed, ...]]


@dataclass(frozen=True)
class ContentFile:
    """One file of the content: its path below the root, its text and what it holds."""

    path: PurePath
    text: str
    sections: Sections


def read_catalogue(root: Path) -> Catalogue:
    """All content below ``root`` in the order of the paths. Raises CatalogueError, with file and field."""
    found: dict[str, list[Keyed]] = {section: [] for section in Catalogue.model_fields}
    for file in read_files(root):
        for section, entries in file.sections.items():
            found[section] += entries
    return Catalogue.model_validate(found)


def read_files(root: Path) -> list[ContentFile]:
    """The files below ``root``. Raises CatalogueError with the problems of all of them."""
    paths = sorted([*root.rglob("*.yaml"), *root.glob("*/guides/*.md")])
    return parse_files((path.relative_to(root), path.read_bytes()) for path in paths)


def parse_files(contents: Iterable[tuple[PurePath, bytes]]) -> list[ContentFile]:
    """Files given as path and content; ``.md`` is a guide, all else YAML. Raises CatalogueError as ``read_files``."""
    files, problems = parse_what_can_be(contents)
    if problems:
        raise CatalogueError(problems)
    return files


def parse_what_can_be(contents: Iterable[tuple[PurePath, bytes]]) -> tuple[list[ContentFile], list[Problem]]:
    """The same without raising: the files with the entries that fit the schema, and what is wrong with the others."""
    problems: list[Problem] = []
    files = []
    for path, content in contents:
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
            raw = _read_guide(text) if path.suffix == ".md" else _load(text)
        # YAML that parses may still name days, numbers and keys that Python does not have.
        except (yaml.YAMLError, ValueError, TypeError) as error:
            problems.append(Problem("error", str(path), yaml_problem(error)))
        else:
            files.append(ContentFile(path, text, _typed(raw or {}, str(path), problems)))
    return files, problems


def yaml_text(found: Sections) -> str:
    """Sections as YAML: fields in the order of the schema, without those at their default."""
    raw = {section: [_plain(entry) for entry in entries] for section, entries in found.items()}
    return _dump(raw)


def guide_text(guide: Keyed) -> str:
    """A guide as Markdown with front matter."""
    fields = _plain(guide)
    body = fields.pop("body")
    return f"---\n{_dump(fields)}---\n\n{body}\n"


class _NoFrontMatter(ValueError):
    pass


# The C library reads several times as fast, and is not in every build.
class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the base is chosen when it runs
    """YAML where only true and false are booleans, so that "no" stays a word, and no key is given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key.value}” is given twice", key.start_mark)
            seen.add(key.value)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return found


_BOOLEAN = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOLEAN]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOLEAN, re.compile(r"^(?:true|false)$"), list("tf"))


def _load(text: str) -> Any:
    """What the YAML says. Raises YAMLError, ValueError or TypeError where it is none, or none that is fit to read."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        # A few aliases can stand for more than a memory holds.
        if isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError("It uses an alias (*name). Write the value out.")
        if getattr(event, "tag", None):
            raise yaml.YAMLError("It uses a tag (!name), which is not needed here.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        # The loader calls itself for each level, and ends the process when there are too many.
        if depth > DEEPEST:
            raise yaml.YAMLError(f"It is nested more than {DEEPEST} levels deep.")
    return yaml.load(text, _Loader)


def _read_guide(text: str) -> dict[str, Any]:
    match = FRONT_MATTER.fullmatch(text)
    if match is None:
        raise _NoFrontMatter("The file does not start with front matter between two lines of ---.")
    fields = _load(match[1])
    return {"guides": [{**fields, "body": match[2].strip()}]}


def _typed(raw: Any, place: str, problems: list[Problem]) -> Sections:
    """The entries of one file; what does not fit the schema goes to ``problems``."""
    if not isinstance(raw, dict) or (unknown := [str(name) for name in raw if name not in Catalogue.model_fields]):
        found = ", ".join(unknown) if isinstance(raw, dict) else "no sections"
        problems.append(
            Problem("error", place, f"The sections are {', '.join(Catalogue.model_fields)}; found {found}.")
        )
        return {}
    return {section: tuple(_entries(section, raw[section] or [], place, problems)) for section in raw}


def _entries(section: str, items: Any, place: str, problems: list[Problem]) -> Iterator[Keyed]:
    if not isinstance(items, list):
        problems.append(Problem("error", f"{place}: {section}", "It is not a list of entries."))
        return
    for number, item in enumerate(items, 1):
        try:
            yield entry_type(section).model_validate(item)
        except ValidationError as error:
            problems += schema_problems(error, item, f"{place}: {section} {name_of(item, number)}")


def _plain(entry: Entry) -> dict[str, Any]:
    return {field: _without_tuples(value) for field, value in entry.model_dump(exclude_defaults=True).items()}


def _without_tuples(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_tuples(item) for key, item in value.items()}
    return [_without_tuples(item) for item in value] if isinstance(value, tuple | list) else value


def _dump(raw: dict[str, Any]) -> str:
    return yaml.dump(raw, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


class _Dumper(yaml.SafeDumper):
    """Plain YAML, without anchors for values that are the same object."""

    def ignore_aliases(self, data: Any) -> bool:
        return True
