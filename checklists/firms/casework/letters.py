"""Mail that says there is something to read: one letter for each person and direction, however much was written."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.firms.cases.delivery import note_outcome
from checklists.mail.letters import Content, letter
from checklists.models import CasePerson, Membership, Message, Organisation, OutgoingMail
from checklists.models.firms import WORKING
from checklists.presenters.phrases import series


@letter("digest-client", then=note_outcome)
def to_client(mail: OutgoingMail) -> Content | None:
    """What the firm wrote and the client has not read."""
    person, since = mail.person, _since(mail)
    if person is None or person.revoked_at or person.checklist is None or person.case.erased_at:
        return None
    messages = list(person.messages.unread().filter(from_client=False, created_at__gte=since))
    requests = list(person.requests.open().filter(created_at__gte=since))
    tasks = list(person.tasks.open().filter(created_at__gte=since))
    counted = _in_words(new_messages=len(messages), requests=len(requests), new_tasks=len(tasks))
    if not counted:
        return None
    firm = mail.organisation
    title = _("%(what)s from %(firm)s") % {"what": counted, "firm": firm.name}
    lines = _lines(firm, messages, [request.text for request in requests], [task.text for task in tasks])
    context = {"title": title, "lines": lines, "firm": firm.name, "link": link_for(person, "messages")}
    return Content(subject=title, template="news_for_client", context=context)


@letter("digest-firm")
def to_firm(mail: OutgoingMail) -> Content | None:
    """What the client wrote and nobody of the firm has read, for somebody who is still there."""
    person, firm, since = mail.person, mail.organisation, _since(mail)
    works = Membership.objects.filter(organisation=firm, user__email=mail.to, role__in=WORKING)
    if person is None or not works.exists():
        return None
    messages = list(person.messages.unread().filter(from_client=True, created_at__gte=since))
    answered = [request for request in person.requests.filter(answered_at__gte=since) if request.answer]
    counted = _in_words(new_messages=len(messages), answers=len(answered))
    if not counted:
        return None
    who = person.name if firm.mail_shows_content else _("a client")
    title = _("%(what)s from %(who)s") % {"what": counted, "who": who}
    lines = _lines(firm, messages, [request.answer for request in answered])
    link = settings.SITE_URL + reverse("casework:case", args=[firm.slug, person.case_id])
    context = {"title": title, "lines": lines, "firm": firm.name, "link": link}
    return Content(subject=title, template="news_for_firm", context=context)


def _since(mail: OutgoingMail) -> datetime.datetime:
    return datetime.datetime.fromisoformat(mail.about["since"])


def _in_words(*, new_messages: int = 0, requests: int = 0, new_tasks: int = 0, answers: int = 0) -> str:
    """ "2 new messages and 1 request", without what there is none of."""
    counts = [
        (new_messages, ngettext("%(count)d new message", "%(count)d new messages", new_messages)),
        (requests, ngettext("%(count)d request", "%(count)d requests", requests)),
        (new_tasks, ngettext("%(count)d new task", "%(count)d new tasks", new_tasks)),
        (answers, ngettext("%(count)d answer", "%(count)d answers", answers)),
    ]
    return series([text % {"count": count} for count, text in counts if count])


def _lines(firm: Organisation, messages: Iterable[Message], *others: Iterable[str]) -> list[str]:
    """What was written, only for a firm that wants it in its mails."""
    if not firm.mail_shows_content:
        return []
    return [*(message.text for message in messages), *(text for texts in others for text in texts)]


def link_for(person: CasePerson, page: str) -> str:
    """Where the client reads it; empty where the link is theirs alone and no account proves the address.

    The firm may have written down an address of its own, and must not get the client's key by mail.
    """
    checklist = person.checklist
    if checklist.owner_id is None and checklist.is_theirs_alone:
        return ""
    return settings.SITE_URL + reverse(f"sharing:{page}", args=[checklist.token])
