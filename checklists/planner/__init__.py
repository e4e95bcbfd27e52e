"""From a catalogue, answers and a day to a plan. Pure: no database, no request, no clock of its own.

``selection`` decides what applies, ``ways`` how each thing is reached, ``ordering`` in which order it works,
``schedule`` on which days, and ``unanswered`` which answers are missing. ``tasks`` and ``papers`` are what people see
of ``procedures`` and ``documents``, ``alerts`` what they must read first, ``recurring`` what comes again. ``output`` is
the API's form.
"""

from .alerts import RaisedAlert
from .documents import PlannedDocument
from .output import as_json
from .papers import Paper
from .plan import Plan, ReadyBy, plan
from .procedures import PlannedProcedure
from .progress import Progress
from .recurring import Series
from .tasks import PlannedTask
from .unanswered import Asking, relevant_answers, unanswered

__all__ = [
    "Asking",
    "Paper",
    "Plan",
    "PlannedDocument",
    "PlannedProcedure",
    "PlannedTask",
    "Progress",
    "RaisedAlert",
    "ReadyBy",
    "Series",
    "as_json",
    "plan",
    "relevant_answers",
    "unanswered",
]
