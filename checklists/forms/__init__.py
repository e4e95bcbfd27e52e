from .all_answers import AllAnswersForm
from .screen import ScreenForm

__all__ = ["AllAnswersForm", "ScreenForm"]
