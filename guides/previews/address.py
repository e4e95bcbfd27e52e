import datetime
import re
from dataclasses import dataclass

from guides.conditions.answers import EARLIEST, LATEST

ROOT = "preview/"
DRAFT, TODAY = "draft", "today"
ADDRESS = re.compile(rf"/{ROOT}({DRAFT}|[1-9][0-9]{{0,8}})/({TODAY}|\d{{4}}-\d\d-\d\d)(/.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown, an edition's number or None for the draft, and on which day; None is the day it is."""

    edition: int | None = None
    day: datetime.date | None = None

    @property
    def path(self) -> str:
        """What stands before every page, without the slash in front: "preview/draft/today/"."""
        return f"{ROOT}{self.edition or DRAFT}/{self.day.isoformat() if self.day else TODAY}/"


def read_address(path: str) -> tuple[Preview, str] | None:
    """The preview that a path leads to, and the path of the page in it; None for every other path."""
    found = ADDRESS.fullmatch(path)
    if found is None:
        return None
    edition, day, page = found.groups()
    try:
        shown = None if day == TODAY else datetime.date.fromisoformat(day)
    except ValueError:
        return None
    if shown and not EARLIEST <= shown <= LATEST:
        return None
    return Preview(None if edition == DRAFT else int(edition), shown), page
