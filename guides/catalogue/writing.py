"""The catalogue into files, touching only those whose content changed."""

from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path, PurePath

from .fields import Keyed
from .schema import Catalogue
from .yaml_files import ContentFile, Sections, guide_text, read_files, yaml_text

SHIPPED = Path(__file__).resolve().parent.parent / "content"


def write_catalogue(catalogue: Catalogue, root: Path, *, layout: Path = SHIPPED) -> list[PurePath]:
    """Write the catalogue below ``root`` and return the paths written, relative to it.

    An entry stays in the file that holds it below ``root`` or else below ``layout``, at its place; a new one goes
    to the file of its section and country. A file that already says the same keeps its bytes, comments included;
    another keeps its first comment lines. A file below ``root`` whose entries are all gone is deleted.
    """
    held = read_files(root) if root.is_dir() else []
    own = {file.path for file in held}
    templates = [*held, *(file for file in read_files(layout) if file.path not in own)]
    written = []
    for path, text in file_texts(catalogue, templates).items():
        target = root / path
        if not text:
            target.unlink(missing_ok=True)
        elif not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            written.append(path)
    return written


def file_texts(catalogue: Catalogue, templates: Iterable[ContentFile]) -> dict[PurePath, str]:
    """The text of each file, laid out as ``templates`` are; empty for one of them that lost all its entries."""
    before = {file.path: file for file in templates}
    placed = _placed(catalogue, before.values())
    return {path: _text(path, found, before.get(path)) for path, found in placed.items()}


def _placed(catalogue: Catalogue, templates: Iterable[ContentFile]) -> dict[PurePath, Sections]:
    """The entries of each file, by section. A file that lost all its entries has no sections."""
    wanted: dict[str, dict[str, Keyed]] = {
        section: {entry.key: entry for entry in getattr(catalogue, section)} for section in Catalogue.model_fields
    }
    placed: dict[PurePath, dict[str, list[Keyed]]] = {}
    for file in templates:
        for section, entries in file.sections.items():
            found = [wanted[section].pop(entry.key) for entry in entries if entry.key in wanted[section]]
            placed.setdefault(file.path, {})[section] = found
    for section, left in wanted.items():
        for entry in left.values():
            placed.setdefault(_home(section, entry), {}).setdefault(section, []).append(entry)
    return {path: {name: tuple(found) for name, found in held.items() if found} for path, held in placed.items()}


def _home(section: str, entry: Keyed) -> PurePath:
    """The file for an entry that no file holds yet."""
    folder = entry.key if section == "countries" else getattr(entry, "country", None) or "shared"
    names = {
        "countries": "country.yaml",
        "facts": "facts/more.yaml",
        "procedures": f"procedures/{entry.key}.yaml",
        "guides": f"guides/{entry.key}.md",
    }
    return PurePath(folder, names.get(section, f"{section}.yaml"))


def _text(path: PurePath, found: Sections, template: ContentFile | None) -> str:
    """The text of the file at ``path``; empty when nothing is left of it."""
    if template and found == {name: entries for name, entries in template.sections.items() if entries}:
        return template.text
    if not found:
        return ""
    if path.suffix == ".md":
        return guide_text(found["guides"][0])
    comments = takewhile(lambda line: line.startswith("#"), template.text.splitlines(keepends=True) if template else ())
    return "".join(comments) + yaml_text(found)
