from .accounts import User
from .checklist import Checklist, ChecklistItem

__all__ = ["Checklist", "ChecklistItem", "User"]
