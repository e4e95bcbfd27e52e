"""Letters between a firm and its people. Each kind is a function that says what a mail holds on the day it is sent."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from checklists.models import Letter

# Each kind with its function, which takes the letter and returns its Content, or None if there is nothing left to say.
KINDS: dict[str, str] = {
    "deletion": "checklists.privacy.letters.deletion",
    "acted": "checklists.firms.sharing.letters.acted",
    "digest-client": "checklists.firms.casework.letters.to_client",
    "digest-firm": "checklists.firms.casework.letters.to_firm",
    "invitation": "checklists.firms.members.letters.invitation",
    "questionnaire": "checklists.firms.cases.letters.questionnaire",
}


@dataclass(frozen=True, slots=True)
class Content:
    """``template`` names ``emails/<template>.txt`` and ``.html``; ``context`` is for both."""

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


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
