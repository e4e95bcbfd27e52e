"""The editors' pages: the stock admin over the working copy."""

from . import editions, procedures, reference, reports, tasks

__all__ = ["editions", "procedures", "reference", "reports", "tasks"]
