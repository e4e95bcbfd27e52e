from .accounts import User
from .cases import Case, CaseDeadline, CasePerson, CaseWord, SharedDocument
from .casework import CaseNote, FirmTask, Message, ReadMarker, Request
from .checklist import Checklist, ChecklistItem
from .firms import AnswerTemplate, Invitation, Label, Membership, Organisation, Role, SavedView, Stage
from .history import HistoryEntry
from .imports import CaseImport
from .limits import TimedEntry
from .mail import OutgoingMail, Subscription
from .personas import Persona
from .sharing import ShareCode, Visit
from .updates import ChangeNotice, Rollout

__all__ = [
    "AnswerTemplate",
    "Case",
    "CaseDeadline",
    "CaseImport",
    "CaseNote",
    "CasePerson",
    "CaseWord",
    "ChangeNotice",
    "Checklist",
    "ChecklistItem",
    "FirmTask",
    "HistoryEntry",
    "Invitation",
    "Label",
    "Membership",
    "Message",
    "Organisation",
    "OutgoingMail",
    "Persona",
    "ReadMarker",
    "Request",
    "Role",
    "Rollout",
    "SavedView",
    "ShareCode",
    "SharedDocument",
    "Stage",
    "Subscription",
    "TimedEntry",
    "User",
    "Visit",
]
