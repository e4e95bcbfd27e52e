"""Who writes which mail. A function of the room that the mail is about writes it, on the day it is sent.

Each room has its functions in a module ``letters``, and all of these modules are loaded with the app.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from checklists.models import OutgoingMail

from .frame import frame


@dataclass(frozen=True, slots=True)
class Content:
    """``template`` names ``emails/<template>.txt`` and ``.html``; ``context`` is for both.

    The subject is the title of both, unless the context has another one.
    """

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


# Takes the mail and returns its Content, or None if there is nothing left to say.
Writer = Callable[[OutgoingMail], Content | None]
_writers: dict[str, Writer] = {}


def letter(kind: str) -> Callable[[Writer], Writer]:
    """The function below writes the mails of this kind."""

    def register(writer: Writer) -> Writer:
        _writers[kind] = writer
        return writer

    return register


def message_for(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """The mail as it is to be sent; every try has the same Message-ID. None if there is nothing left to say."""
    content = _writers[mail.kind](mail)
    if content is None:
        return None
    context = {**frame(content.context.get("title", content.subject)), **content.context}
    message = EmailMultiAlternatives(
        content.subject,
        render_to_string(f"emails/{content.template}.txt", context),
        to=[mail.address],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **content.headers},
    )
    message.attach_alternative(render_to_string(f"emails/{content.template}.html", context), "text/html")
    return message
