"""What the language reads of questions, their values and terms; the catalogue's schema says the rest."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

QuestionKind = Literal["choice", "choices", "yes_no", "country", "countries", "date", "integer", "documents"]
LISTS = {"choices", "countries", "documents"}
SINGLES = {"choice", "country"}


class Option(Protocol):
    """A value that a question offers."""

    value: str
    label: str
    phrase: str
    when: str


class Question(Protocol):
    key: str
    kind: QuestionKind
    text: str
    order: int
    phrase: str
    negative_phrase: str
    minimum: int | None
    maximum: int | None

    @property
    def options(self) -> Sequence[Option]: ...


class Term(Protocol):
    """A condition with a name."""

    key: str
    condition: str
    phrase: str
    negative_phrase: str


class Words(Protocol):
    """What a text may name; ``vocabulary.Vocabulary`` has it all."""

    @property
    def questions(self) -> Mapping[str, Question]: ...
    @property
    def procedures(self) -> frozenset[str]: ...
    def values(self, key: str) -> Mapping[str, str]: ...
    def labels(self, key: str) -> Mapping[str, str]: ...
    def countries_like(self, name: str) -> Sequence[str]: ...
    def term_names(self) -> tuple[str, ...]: ...
    def term_phrase(self, name: str, truth: bool) -> str: ...
