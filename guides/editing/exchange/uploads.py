"""What an editor sends: which kind of file it is, and what it brings."""

from pathlib import PurePosixPath

from guides.catalogue.problems import CatalogueError, Problem
from guides.editions.merging import Incoming
from guides.sheets import read_csv, read_xlsx

from .archives import read_yaml, read_zip
from .partly import PartlyRead
from .sheets import read_sheet
from .yearly import NAME as YEARLY
from .yearly import read_yearly

LARGEST = 5 * 1024 * 1024
SHEETS = (".csv", ".xlsx")
KINDS = (".yaml", ".yml", ".zip", *SHEETS)


def kind_of(name: str) -> str:
    """How the name ends, in lower case, if that is one of KINDS; else nothing."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in KINDS else ""


def read_upload(name: str, content: bytes, section: str) -> Incoming:
    """The entries in a file of one of KINDS; ``section`` tells what the rows of a sheet are. Raises CatalogueError."""
    try:
        return _read(name, content, section)
    except PartlyRead as error:
        raise error.with_the_others() from None


def _read(name: str, content: bytes, section: str) -> Incoming:
    kind = kind_of(name)
    if kind == ".zip":
        return read_zip(content)
    if kind in SHEETS:
        rows = read_csv(content) if kind == ".csv" else read_xlsx(content, section)
        return read_yearly(rows) if section == YEARLY else read_sheet(section, rows)
    if kind:
        return read_yaml(name, content)
    raise CatalogueError([Problem("error", name, f"It is none of {', '.join(KINDS)}.")])
