import datetime
from dataclasses import dataclass

# The licence of the project covers code and content (docs/decisions/0001).
LICENCE = "https://spdx.org/licenses/MIT.html"


@dataclass(frozen=True)
class Imprint:
    """What tells an edition from the others. ``digest`` is the SHA-256 of its JSON, in hexadecimal."""

    number: int
    published_at: datetime.datetime
    digest: str
