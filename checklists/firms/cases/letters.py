"""The mails of this room."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.firms.sharing.letters import ACTED
from checklists.mail.letters import Content
from checklists.mail.outbox import owe_letter
from checklists.models import CasePerson, Letter


def questionnaire(letter: Letter) -> Content | None:
    """The link to somebody's own questionnaire; nothing once the firm's access has ended."""
    person = letter.person
    if person is None or not person.is_open:
        return None
    firm = person.case.organisation.name
    context = {
        "firm": firm,
        "advisor": letter.about.get("by", ""),
        "name": person.name,
        "link": settings.SITE_URL + person.checklist.get_absolute_url(),
    }
    return Content(_("%(firm)s: the questionnaire for your move") % {"firm": firm}, "questionnaire", context)


def owe_acted(places: Iterable[CasePerson]) -> None:
    """Owe a letter to the clients for whom a firm has just acted: one a day, and none to whom does not know the list.

    A checklist that the firm began and has not sent yet is nobody's but the firm's so far.
    """
    for place in places:
        to = place.mail_address
        knows_it = place.sent_at or place.checklist.is_theirs_alone
        lately = Letter.objects.filter(kind=ACTED, person=place, created_at__gt=timezone.now() - A_DAY)
        if to and knows_it and not lately.exists():
            firm = place.case.organisation
            owe_letter(kind=ACTED, to=to, organisation=firm, person=place, not_before=timezone.now() + PAUSE)


# So long a letter waits for what else is done.
PAUSE = datetime.timedelta(minutes=15)


A_DAY = datetime.timedelta(days=1)
