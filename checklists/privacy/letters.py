"""The mails of this room."""

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checklists.mail.letters import Content, letter
from checklists.models import OutgoingMail

from .keeping import deletion_day


@letter("deletion")
def deletion(mail: OutgoingMail) -> Content | None:
    """Which archived cases go, by number: mail names no clients. Nothing once all of them were restored."""
    organisation = mail.organisation
    told_at = parse_datetime(mail.about["told_at"])
    cases = organisation.cases.archived().filter(deletion_told_at=told_at).order_by("archived_at")
    cases = list(cases.select_related("organisation"))
    if not cases:
        return None
    day = date_format(min(map(deletion_day, cases)), "j F Y")
    context = {
        "title": _("Archived cases will be deleted on %(day)s") % {"day": day},
        "firm": organisation.name,
        "count": len(cases),
        "day": day,
        "months": organisation.keep_months,
        "link": f"{settings.SITE_URL}{reverse('board:cases', args=[organisation.slug])}?archived=1",
    }
    subject = _("%(firm)s: archived cases will be deleted on %(day)s") % context
    return Content(subject, "deletion", context)
