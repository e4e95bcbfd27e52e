"""The mail that tells a client that somebody acted for them."""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.casework.letters import address_of
from checklists.models import CasePerson, Letter
from checklists.telling.letters import Content, owe_letter

from .doors import is_theirs_alone

ACTED = "acted"
# So long a letter waits for what else is done.
PAUSE = datetime.timedelta(minutes=15)
A_DAY = datetime.timedelta(days=1)


def owe_acted(places: Iterable[CasePerson]) -> None:
    """Owe a letter to the clients for whom a firm has just acted: one a day, and none to whom does not know the list.

    A checklist that the firm began and has not sent yet is nobody's but the firm's so far.
    """
    for place in places:
        to = address_of(place)
        knows_it = place.sent_at or is_theirs_alone(place.checklist)
        lately = Letter.objects.filter(kind=ACTED, person=place, created_at__gt=timezone.now() - A_DAY)
        if to and knows_it and not lately.exists():
            firm = place.case.organisation
            owe_letter(kind=ACTED, to=to, organisation=firm, person=place, not_before=timezone.now() + PAUSE)


def acted(letter: Letter) -> Content | None:
    """That a firm did something, without what it was; nothing if the client has read it by then."""
    from .news import untold

    place = letter.person
    if place is None or place.checklist is None or not untold([place]).exists():
        return None
    firm = letter.organisation.name
    title = _("%(firm)s worked on your checklist") % {"firm": firm}
    return Content(title, "acted", {"title": title, "firm": firm, "link": _link_for(place)})


def _link_for(place: CasePerson) -> str:
    """Where the client reads what was done; empty where the link is theirs alone and no account proves the address."""
    checklist = place.checklist
    if checklist.owner_id is None and is_theirs_alone(checklist):
        return ""
    return settings.SITE_URL + reverse("sharing:access", args=[checklist.token])
