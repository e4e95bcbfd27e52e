"""Conditions over every possible answer, by binary decision diagrams. Pure, like the rest of the language.

``Space`` turns conditions into boolean functions: of everything that people can answer (``holds``), or of answers of
which some are missing (``truths``). ``examples.find`` finds the fewest answers that make something so.
"""

from .space import Space

__all__ = ["Space"]
