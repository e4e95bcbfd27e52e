"""The condition language: parsed, typed, three-valued. Pure: no database, no clock, no Django models.

``Vocabulary`` knows the questions and terms and parses text into a tree; ``tree`` says what a tree is;
``evaluate`` judges all of a catalogue by somebody's answers; ``explain`` tells why one holds for them, ``words`` what
it says for everybody and ``likelihood`` how rare that is; ``dates`` evaluates date expressions. Answers are a plain
mapping in the types of ``answers.Answers``.
"""

from .answers import AnswerProblem, Answers, read_answers
from .errors import ConditionError
from .evaluate import Conditions, Truths, judge
from .explain import Explainer
from .vocabulary import Vocabulary

__all__ = [
    "AnswerProblem",
    "Answers",
    "ConditionError",
    "Conditions",
    "Explainer",
    "Truths",
    "Vocabulary",
    "judge",
    "read_answers",
]
