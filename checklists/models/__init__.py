from .accounts import User
from .checklist import Checklist, ChecklistItem
from .personas import Persona

__all__ = ["Checklist", "ChecklistItem", "Persona", "User"]
