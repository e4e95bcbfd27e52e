from .cases import cases
from .saved import forget_view, save_view

__all__ = ["cases", "forget_view", "save_view"]
