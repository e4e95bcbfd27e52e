"""The one error of the condition language."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class ConditionError(ValueError):
    """Text that is no condition. ``start`` and ``end`` are character offsets of the words at fault, ``suggestions``
    what could stand there instead, likeliest first."""

    def __init__(self, message: str, *, start: int = 0, end: int | None = None, suggestions: Sequence[str] = ()):
        self.message = message
        self.start = start
        self.end = start + 1 if end is None else end
        self.suggestions = tuple(suggestions)
        super().__init__(str(self))

    @property
    def suggestion(self) -> str | None:
        return next(iter(self.suggestions), None)

    def __str__(self) -> str:
        guesses = " or ".join(f"“{guess}”" for guess in self.suggestions)
        hint = f" Did you mean {guesses}?" if guesses else ""
        return f"Character {self.start + 1}: {self.message}{hint}"


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` was probably meant to be, or None."""
    matches = get_close_matches(word, list(known), n=1, cutoff=0.5 if len(word) < 4 else 0.65)
    return matches[0] if matches else None
