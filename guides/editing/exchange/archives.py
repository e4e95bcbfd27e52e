"""The catalogue as one file to take along: a zip of content files, or the YAML of some entries.

Each ends with comments that say what it started from, one line for each entry: ``# base: facts nif.fee 3f9a…``.
Whoever brings it back is told what was changed here in the meantime.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath

from guides.catalogue.schema import Catalogue, Entry
from guides.catalogue.writing import SHIPPED, file_texts
from guides.catalogue.yaml_files import ContentFile, parse_what_can_be, read_files, yaml_text
from guides.editions.mapping import sections
from guides.editions.merging import Incoming
from guides.editions.working_copy import digest_of
from guides.sheets import refusal, unfolded

from .partly import PartlyRead

BASES = "bases.yaml"
BASE = re.compile(r"^# base: (\w+ \S+) ([0-9a-f]{64})$", re.MULTILINE)
KEY = re.compile(r"\bkey:\s*['\"]?([\w.-]+)")
# Every file in an archive has the same day, so that the same catalogue gives the same bytes.
SOME_DAY = (1980, 1, 1, 0, 0, 0)


def catalogue_zip(catalogue: Catalogue) -> bytes:
    """The files that ``dump_content`` writes into an empty folder, and one with the bases."""
    texts = {str(path): text for path, text in file_texts(catalogue, read_files(SHIPPED)).items() if text}
    texts[BASES] = _bases((section, entry) for section in sections() for entry in getattr(catalogue, section))
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, text in sorted(texts.items()):
            info = zipfile.ZipInfo(name, SOME_DAY)
            archive.writestr(info, text, zipfile.ZIP_DEFLATED)
    return found.getvalue()


def entries_yaml(section: str, entries: Iterable[Entry]) -> str:
    """Some entries of one section as a content file."""
    entries = tuple(entries)
    return yaml_text({section: entries}) + _bases((section, entry) for entry in entries)


def read_yaml(name: str, content: bytes) -> Incoming:
    """One content file. Raises CatalogueError."""
    return _read([(PurePosixPath(name), content)])


def read_zip(content: bytes) -> Incoming:
    """A zip of content files, in any folders. Raises CatalogueError, also for what is no harmless zip."""
    files = [(name, text) for name, text in unfolded(content) if not _is_litter(name)]
    return _read([(_path(name), text) for name, text in files])


def _read(contents: list[tuple[PurePosixPath, bytes]]) -> Incoming:
    files, problems = parse_what_can_be(contents)
    found = _incoming(files)
    if problems:
        keys = {key for _, content in contents for key in KEY.findall(content.decode(errors="replace"))}
        raise PartlyRead(problems, found, keys)
    return found


def _bases(entries: Iterable[tuple[str, Entry]]) -> str:
    return "".join(f"# base: {section} {entry.key} {digest_of(entry)}\n" for section, entry in entries)


def _path(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise refusal("It is outside of the zip.", name)
    if path.suffix not in (".yaml", ".yml") and not (path.suffix == ".md" and path.parent.name == "guides"):
        raise refusal("It is neither YAML nor a guide in a folder “guides”.", name)
    return path


def _is_litter(name: str) -> bool:
    """Files that operating systems add to a folder."""
    parts = PurePosixPath(name).parts
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)


def _incoming(files: Iterable[ContentFile]) -> Incoming:
    found: dict[str, list[Entry]] = {}
    origins, bases = {}, {}
    for file in files:
        bases |= dict(BASE.findall(file.text))
        for section, entries in file.sections.items():
            found.setdefault(section, []).extend(entries)
            origins |= {f"{section} {entry.key}": str(file.path) for entry in entries}
    return Incoming(Catalogue(**found), origins, bases)
