"""Verbs that change a checklist: keyword-only, atomic, and refused when somebody else was quicker."""

from .changes import Conflict, save_answers, save_item
from .links import replace_link, start_checklist, start_preview

__all__ = ["Conflict", "replace_link", "save_answers", "save_item", "start_checklist", "start_preview"]
