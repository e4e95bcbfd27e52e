"""The mails themselves: as plain text and as HTML that looks like the site."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from checklists.access.access import Access
from checklists.client.page import body_of
from checklists.models import ChangeNotice, OwedMail, Subscription
from guides import clock
from guides.editions.publishing import current

from .notices import told


def message_for(mail: OwedMail) -> EmailMultiAlternatives:
    """The mail as it is to be sent. Every try has the same Message-ID."""
    subscription = mail.subscription
    stop = _link("checklists:stop-mail", subscription.key)
    context = {"site": settings.SITE_URL, "stop": stop}
    if mail.notice is None:
        template, subject = "confirm", _("Please confirm: tell me when the rules for my move change")
        context["confirm"] = _link("checklists:confirm-mail", subscription.key)
    else:
        template, subject = "changes", _("The rules for your move have changed")
        context |= _changes(mail.notice, subscription)
    message = EmailMultiAlternatives(
        subject,
        render_to_string(f"emails/{template}.txt", context),
        to=[subscription.email],
        headers={
            "Message-ID": mail.message_id,
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"emails/{template}.html", context), "text/html")
    return message


def _changes(notice: ChangeNotice, subscription: Subscription) -> dict[str, Any]:
    checklist = subscription.checklist
    address = settings.SITE_URL + checklist.get_absolute_url()
    body = body_of(current(), Access(checklist), clock.today())
    return {"told": told(notice, body.has_line, address), "address": address}


def _link(name: str, key: str) -> str:
    return settings.SITE_URL + reverse(name, args=[key])
