"""Editions as open data: the stored JSON as it is, and the same as linked data in the terms of CPSV-AP 3.2."""

from .linked_data import LICENCE, Imprint, linked_data

__all__ = ["LICENCE", "Imprint", "linked_data"]
