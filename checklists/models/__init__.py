from .accounts import User
from .checklist import Checklist, ChecklistItem
from .mail import OwedMail, Subscription
from .personas import Persona
from .telling import ChangeNotice, Rollout

__all__ = ["ChangeNotice", "Checklist", "ChecklistItem", "OwedMail", "Persona", "Rollout", "Subscription", "User"]
