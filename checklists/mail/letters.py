"""Who writes which mail. A function of the room that the mail is about writes it, on the day it is sent.

Each room has its functions in a module ``letters``, and all of these modules are loaded with the app.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from checklists.models import OutgoingMail
from guides.lines import one_line

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
# Takes a mail that was sent or given up.
Follower = Callable[[OutgoingMail], None]
_writers: dict[str, Writer] = {}
_followers: dict[str, Follower] = {}


def letter(kind: str, then: Follower | None = None) -> Callable[[Writer], Writer]:
    """The function below writes the mails of this kind; ``then`` follows when one of them was sent or given up."""

    def register(writer: Writer) -> Writer:
        _writers[kind] = writer
        if then:
            _followers[kind] = then
        return writer

    return register


def follow_up(mail: OutgoingMail) -> None:
    """Do what follows for the room of a mail that was sent or given up."""
    if follower := _followers.get(mail.kind):
        follower(mail)


def message_for(mail: OutgoingMail) -> EmailMultiAlternatives | None:
    """The mail as it is to be sent; every try has the same Message-ID. None if there is nothing left to say."""
    content = _writers[mail.kind](mail)
    if content is None:
        return None
    context = {**content.context, **frame(_line(content.context.get("title", content.subject)))}
    message = EmailMultiAlternatives(
        _line(content.subject),
        render_to_string(f"emails/{content.template}.txt", context),
        to=[mail.address],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **content.headers},
    )
    message.attach_alternative(render_to_string(f"emails/{content.template}.html", context), "text/html")
    return message


def _line(text: str) -> str:
    """A title for which no name in it is a reason not to be sent."""
    return " ".join(one_line(text).split())
