"""Letters between a firm and its people. Each kind is a function that says what a mail holds on the day it is sent."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from checklists.models import CasePerson, Letter, Organisation

# Each kind with its function, which takes the letter and returns its Content, or None if there is nothing left to say.
KINDS: dict[str, str] = {
    "deletion": "checklists.privacy.letters.deletion",
    "acted": "checklists.sharing.letters.acted",
    "digest-client": "checklists.casework.letters.to_client",
    "digest-firm": "checklists.casework.letters.to_firm",
    "invitation": "checklists.firms.letters.invitation",
    "questionnaire": "checklists.cases.letters.questionnaire",
}


@dataclass(frozen=True, slots=True)
class Content:
    """``template`` names ``emails/<template>.txt`` and ``.html``; ``context`` is for both."""

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


def owe_letter(
    *,
    kind: str,
    to: str,
    organisation: Organisation | None = None,
    person: CasePerson | None = None,
    not_before: datetime.datetime | None = None,
    **about,
) -> Letter:
    """Owe a letter of this kind, and send it as soon as the transaction is through. ``about`` is JSON.

    One that is ``not_before`` a moment goes with the first mail that is sent after it, by cron at the latest.
    """
    from .tasks import send_mail

    when = {"next_try_at": not_before} if not_before else {}
    letter = Letter.objects.create(kind=kind, to=to, organisation=organisation, person=person, about=about, **when)
    transaction.on_commit(send_mail.enqueue, robust=True)
    return letter


def message_for(letter: Letter) -> EmailMultiAlternatives | None:
    """The mail as it is to be sent; every try has the same Message-ID. None if there is nothing left to say."""
    content = import_string(KINDS[letter.kind])(letter)
    if content is None:
        return None
    context = {"site": settings.SITE_URL, **content.context}
    message = EmailMultiAlternatives(
        content.subject,
        render_to_string(f"emails/{content.template}.txt", context),
        to=[letter.to],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string(f"emails/{content.template}.html", context), "text/html")
    return message
