"""Where the entries of a catalogue stand, and what they refer to."""

from collections.abc import Iterator

from ..fields import Entry
from ..problems import walk
from ..schema import Catalogue

# Fields that hold keys, and the section of the catalogue that they point into.
REFERENCES = {
    "country": "countries",
    "authority": "authorities",
    "sources": "sources",
    "facts": "facts",
    "disagrees_with": "facts",
    "replaces": "facts",
    "links": "links",
    "documents": "documents",
    "outputs": "documents",
    "procedure": "procedures",
    "procedures": "procedures",
    "related": "guides",
    "document": "documents",
    "ways": "procedures",
    "stops": "procedures",
}
# The sections of which an alert is about some entries.
ABOUT = ("questions", "procedures", "documents")


def references(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """Field, section and key of every reference that this entry makes itself."""
    for field in type(entry).model_fields:
        if section := REFERENCES.get(field):
            value = getattr(entry, field)
            for key in value if isinstance(value, tuple) else (value,):
                if key is not None:
                    yield field, section, key


def entries(catalogue: Catalogue) -> Iterator[tuple[str, Entry]]:
    """Every entry of the catalogue at every depth, with its place."""
    for section in Catalogue.model_fields:
        for entry in getattr(catalogue, section):
            yield from walk(entry, f"{section} {entry.key}")
