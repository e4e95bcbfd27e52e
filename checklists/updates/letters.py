"""What the mails to a subscription say."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from checklists.access.access import Access
from checklists.mail.letters import Content, letter
from checklists.models import OutgoingMail, Subscription
from checklists.planning import plan_checklist
from checklists.presenters.lines import lines_of
from guides import clock
from guides.editions.publishing import current

from .notices import describe_notice


@letter("confirm")
def confirm(mail: OutgoingMail) -> Content:
    """Whether the owner of the address wants the mail."""
    link = _link("checklists:confirm-mail", mail.subscription.key)
    subject = _("Please confirm: tell me when the rules for my move change")
    title = _("Do you want an email when the rules change?")
    return _to(mail.subscription, subject, "confirm", title=title, confirm=link)


@letter("changes")
def changes(mail: OutgoingMail) -> Content:
    """What an edition changes on the checklist, with links to those lines that are still on it."""
    checklist = mail.subscription.checklist
    address = settings.SITE_URL + checklist.get_absolute_url()
    plan = plan_checklist(current(), checklist, checklist.items.all(), clock.today())
    subject = _("The rules for your move have changed")
    told = describe_notice(mail.notice, lines_of(Access(checklist), plan), address)
    return _to(mail.subscription, subject, "changes", title=told["title"], told=told, address=address)


def _to(subscription: Subscription, subject: str, template: str, **context: Any) -> Content:
    """With the way to stop these mails, for readers and for their mail programs."""
    stop = _link("checklists:stop-mail", subscription.key)
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Content(subject, template, {"stop": stop, **context}, headers)


def _link(name: str, key: str) -> str:
    return settings.SITE_URL + reverse(name, args=[key])
