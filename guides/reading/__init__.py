"""The current edition as pages to read: everything rendered once per edition and language, and kept."""

from .library import Library, library

__all__ = ["Library", "library"]
