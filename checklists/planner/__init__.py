"""From a catalogue, answers and a day to a plan. Pure: no database, no request, no clock of its own.

``selection`` decides what applies, ``ordering`` in which order it works, ``schedule`` on which days,
``papers`` which documents, and ``unanswered`` which answers are missing. ``output`` is the API's form.
"""

from .output import as_json
from .papers import PlannedDocument
from .plan import Plan, PlannedProcedure, Progress, plan
from .unanswered import Asking, relevant_answers, unanswered

__all__ = [
    "Asking",
    "Plan",
    "PlannedDocument",
    "PlannedProcedure",
    "Progress",
    "as_json",
    "plan",
    "relevant_answers",
    "unanswered",
]
