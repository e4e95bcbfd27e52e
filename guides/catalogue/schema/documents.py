"""Papers, forms, photos, payments and pieces of information that offices ask for."""

from typing import Literal

from pydantic import Field

from ..fields import Condition, Entry, Key, Keyed, Origin


class Cover(Entry):
    """Another document in whose place this one is good: a passport is an identity document."""

    document: Key
    when: Condition = ""
    facts: tuple[Key, ...] = ()


class Document(Keyed):
    """A paper, number or piece of data that somebody asks for (cccev:EvidenceType).

    ``kind`` tells papers from forms to fill in, photos and payments; what has the form "information" is only to be
    known, and stands with its task. ``origin`` groups the list by where a document comes from. ``validity`` says in
    words how long it is good. Whoever fulfils ``held_when`` has it, without ticking it. ``covers`` are documents in
    whose place this one is good; a list shows one line for them all.
    """

    country: Key | None = None
    name: str
    local_name: str = ""
    origin: Origin
    issuer: str = Field(description="who issues it, in words")
    how: str = Field("", description="how to get it, one or two sentences")
    kind: Literal["paper", "form", "photo", "payment"] = "paper"
    form: Literal["original", "copy", "original_and_copy", "digital", "information"] = "original"
    translation: Literal["no", "if_foreign", "yes"] = "no"
    apostille: Literal["no", "if_foreign", "yes"] = "no"
    validity: str = ""
    url: str = ""
    held_when: Condition = Field("", description="empty means never")
    covers: tuple[Cover, ...] = ()
    facts: tuple[Key, ...] = ()
