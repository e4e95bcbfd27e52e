"""Admin pages of this app, and those pages of the editors that look at personas and checklists."""

from . import accounts, answers_held, conditions, personas, previews, publishing

__all__ = ["accounts", "answers_held", "conditions", "personas", "previews", "publishing"]
