"""What a condition or a date expression says, or what is wrong with it, for the page that it is typed on."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from guides.conditions import ConditionError, Vocabulary
from guides.conditions.tree import Always, DateNode, Node
from guides.conditions.words import condition_in_words, date_in_words

KINDS = ("condition", "date")
EMPTY = ("always", "never", "nothing")


@dataclass(frozen=True)
class Expression:
    """A text that was read. Either ``words`` and ``node`` are set (no node where an empty field means nothing),
    or ``error``, whose place is the word between ``before`` and ``after``."""

    text: str
    kind: str
    empty: str
    node: Node | DateNode | None = None
    words: str = ""
    error: ConditionError | None = None

    @property
    def sentence(self) -> str:
        """The words as a sentence; empty where there is nothing to say."""
        if self.words and self.kind == "condition" and not isinstance(self.node, Always):
            return _("If %s.") % self.words
        return f"{self.words[:1].upper()}{self.words[1:]}." if self.words else ""

    @property
    def before(self) -> str:
        return self.text[: self.error.start]

    @property
    def word(self) -> str:
        return self.text[self.error.start : self.error.end]

    @property
    def after(self) -> str:
        return self.text[self.error.end :]

    @property
    def address(self) -> str:
        """Where to ask whom it matches."""
        query = urlencode({"text": self.text, "kind": self.kind, "empty": self.empty})
        return f"{reverse('admin:check-condition')}?{query}"


def read_expression(text: str, *, kind: str, empty: str, words: Vocabulary) -> Expression:
    """Parse a field's text; ``kind`` and ``empty`` as in ``fields.ExpressionInput``."""
    if not text.strip():
        return _empty(kind, empty)
    try:
        node = words.parse_date(text) if kind == "date" else words.parse(text)
    except ConditionError as error:
        return Expression(text, kind, empty, error=error)
    told = date_in_words(node, words) if kind == "date" else condition_in_words(node, words)
    return Expression(text, kind, empty, node=node, words=told)


def _empty(kind: str, empty: str) -> Expression:
    if empty == "nothing":
        return Expression("", kind, empty, words=_("no day is counted") if kind == "date" else "")
    always = empty == "always"
    return Expression("", kind, empty, node=Always(always), words=_("in every case") if always else _("in no case"))
