"""What an editor sends: which kind of file it is, and what it brings."""

from pathlib import PurePosixPath

from guides.catalogue.problems import CatalogueError, Problem
from guides.editions.merging import Incoming
from guides.sheets import read_csv, read_xlsx

from .archives import read_yaml, read_zip
from .sheets import read_sheet

LARGEST = 5 * 1024 * 1024
SHEETS = (".csv", ".xlsx")
KINDS = (".yaml", ".yml", ".zip", *SHEETS)


def kind_of(name: str) -> str:
    """How the name ends, in lower case, if that is one of KINDS; else nothing."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in KINDS else ""


def read_upload(name: str, content: bytes, section: str) -> Incoming:
    """The entries in a file of one of KINDS; ``section`` tells what the rows of a sheet are. Raises CatalogueError."""
    kind = kind_of(name)
    if kind == ".zip":
        return read_zip(content)
    if kind == ".csv":
        return read_sheet(section, read_csv(content))
    if kind == ".xlsx":
        return read_sheet(section, read_xlsx(content, section))
    if kind:
        return read_yaml(name, content)
    raise CatalogueError([Problem("error", name, f"It is none of {', '.join(KINDS)}.")])
