"""Where Django looks for an app's admin; the pages are in ``editing``."""

from . import editing

__all__ = ["editing"]
