"""The editors' working copy of the catalogue, class by class and field by field as in ``catalogue.schema``."""

from .details import Channel, Deadline, Faq, Fee, Pitfall, Step
from .documents import Document, Parameter, ParameterRow
from .editions import Edition
from .evidence import Fact, Source, Verification
from .guides import Guide
from .places import Authority, Country
from .procedures import Alternative, Dependency, Procedure, Requirement
from .questions import Option, Question, Term
from .reports import Report, ReportSender
from .uploads import Upload

__all__ = [
    "Alternative",
    "Authority",
    "Channel",
    "Country",
    "Deadline",
    "Dependency",
    "Document",
    "Edition",
    "Fact",
    "Faq",
    "Fee",
    "Guide",
    "Option",
    "Parameter",
    "ParameterRow",
    "Pitfall",
    "Procedure",
    "Question",
    "Report",
    "ReportSender",
    "Requirement",
    "Source",
    "Step",
    "Term",
    "Upload",
    "Verification",
]
