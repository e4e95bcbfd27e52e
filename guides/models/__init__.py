"""The editors' working copy of the catalogue, class by class and field by field as in ``catalogue.schema``."""

from .details import Channel, Deadline, Faq, Fee, Pitfall, Recurring, Step
from .documents import Cover, Document, Parameter, ParameterRow
from .editions import Edition, Publication
from .evidence import Fact, Link, Source, Verification
from .guides import Guide
from .places import Authority, Country
from .procedures import Alternative, Dependency, Procedure, Requirement
from .questions import Hint, Option, Question, Term
from .reports import Report, ReportSender
from .tasks import Alert, Pointer, Task
from .uploads import Upload

__all__ = [
    "Alert",
    "Alternative",
    "Authority",
    "Channel",
    "Country",
    "Cover",
    "Deadline",
    "Dependency",
    "Document",
    "Edition",
    "Fact",
    "Faq",
    "Fee",
    "Guide",
    "Hint",
    "Link",
    "Option",
    "Parameter",
    "ParameterRow",
    "Pitfall",
    "Pointer",
    "Procedure",
    "Publication",
    "Question",
    "Recurring",
    "Report",
    "ReportSender",
    "Requirement",
    "Source",
    "Step",
    "Task",
    "Term",
    "Upload",
    "Verification",
]
