"""Pages to read."""

from ..fields import Entry, Key, Keyed


class Faq(Entry):
    """A question that people ask, and the answer. Both are one plain paragraph."""

    question: str
    answer: str
    facts: tuple[Key, ...] = ()


class Guide(Keyed):
    """A reading page. ``body`` is CommonMark: ``[^fact.key]`` cites a fact; ``{procedure=key}`` after a heading
    marks a part that belongs to a procedure."""

    country: Key
    title: str
    summary: str
    body: str
    order: int = 0
    procedures: tuple[Key, ...] = ()
    related: tuple[Key, ...] = ()
    faqs: tuple[Faq, ...] = ()
