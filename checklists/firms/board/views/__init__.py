from .bulk import bulk
from .cases import cases
from .export import export
from .overviews import calendar, calendar_file, workload
from .saved import forget_view, save_view

__all__ = ["bulk", "calendar", "calendar_file", "cases", "export", "forget_view", "save_view", "workload"]
