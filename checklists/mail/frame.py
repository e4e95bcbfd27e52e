"""What every email shows beside its own words: its title, the site, and the colours of the site in both themes."""

from typing import Any

from django.conf import settings

# Email programs know no light-dark(), so the colours of tokens.css that emails use stand here once more.
COLOURS = {
    "light": {
        "paper": "#f4f6f4",
        "surface": "#fff",
        "sunken": "#e9edea",
        "ink": "#14252c",
        "ink_soft": "#4b5c63",
        "line": "#d3dad7",
        "accent": "#0c5968",
        "on_accent": "#fff",
    },
    "dark": {
        "paper": "#0e181c",
        "surface": "#17262c",
        "sunken": "#0a1215",
        "ink": "#e7eeed",
        "ink_soft": "#a8b8ba",
        "line": "#31464e",
        "accent": "#7ccbd7",
        "on_accent": "#05242b",
    },
}


def frame(title: str) -> dict[str, Any]:
    """What the templates emails/base.html and emails/base.txt take."""
    return {"title": title, "line": "=" * len(title), "site": settings.SITE_URL, "colours": COLOURS}
