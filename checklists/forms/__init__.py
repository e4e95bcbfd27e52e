from .all_answers import AllAnswersForm
from .item import ItemForm
from .screen import ScreenForm

__all__ = ["AllAnswersForm", "ItemForm", "ScreenForm"]
