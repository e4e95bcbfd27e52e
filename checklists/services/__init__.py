"""Verbs that change a checklist: keyword-only, atomic, and refused when somebody else was quicker."""

from .changes import Conflict, save_answers, save_item
from .links import replace_link, start_checklist, start_preview
from .notices import acknowledge
from .personas import save_persona
from .subscriptions import confirm, subscribe, unsubscribe

__all__ = [
    "Conflict",
    "acknowledge",
    "confirm",
    "replace_link",
    "save_answers",
    "save_item",
    "save_persona",
    "start_checklist",
    "start_preview",
    "subscribe",
    "unsubscribe",
]
