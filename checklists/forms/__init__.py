from .all_answers import AllAnswersForm
from .item import ItemForm
from .mail import MailForm
from .screen import ScreenForm

__all__ = ["AllAnswersForm", "ItemForm", "MailForm", "ScreenForm"]
