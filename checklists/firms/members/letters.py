"""The mails of a firm to those who are to belong to it."""

import datetime
import zoneinfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.mail.letters import Content, letter
from checklists.models import Invitation, OutgoingMail, Role
from checklists.presenters.phrases import long_date

ABOUT_ROLES = {
    Role.OWNER: gettext_lazy("does everything an advisor does, and decides who belongs to the firm and how it works"),
    Role.ADVISOR: gettext_lazy("works on the cases: opens and changes them, writes to clients, asks for documents"),
    Role.VIEWER: gettext_lazy("sees the cases and changes nothing"),
}


@letter("invitation")
def invitation(mail: OutgoingMail) -> Content | None:
    """The link of an invitation, unless it was used or withdrawn, or its week is over."""
    found = Invitation.objects.open().select_related("organisation", "invited_by").filter(pk=mail.about["invitation"])
    for invitation in found:
        return Content(
            subject=_("You are invited to %(firm)s") % {"firm": invitation.organisation},
            template="invitation",
            context={
                "firm": invitation.organisation.name,
                "inviter": str(invitation.invited_by) if invitation.invited_by else "",
                "about_role": ABOUT_ROLES[Role(invitation.role)],
                "role": invitation.get_role_display(),
                "until": last_day(invitation),
                "link": settings.SITE_URL + reverse("firms:invitation", args=[invitation.key]),
            },
        )
    return None


def last_day(invitation: Invitation) -> str:
    """The last day on which the invitation is good all day long, where the firm works."""
    zone = zoneinfo.ZoneInfo(invitation.organisation.time_zone)
    return long_date(timezone.localdate(invitation.expires_at, zone) - datetime.timedelta(days=1))
