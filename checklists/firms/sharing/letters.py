"""The mail that tells a client that somebody acted for them."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from checklists.mail.letters import Content, letter
from checklists.models import CasePerson, OutgoingMail

from .news import untold


@letter("acted")
def acted(mail: OutgoingMail) -> Content | None:
    """That a firm did something, without what it was; nothing if the client has read it by then."""
    place = mail.person
    if place is None or place.checklist is None or not untold([place]).exists():
        return None
    firm = mail.organisation.name
    title = _("%(firm)s worked on your checklist") % {"firm": firm}
    return Content(title, "acted", {"title": title, "firm": firm, "link": _link_for(place)})


def _link_for(place: CasePerson) -> str:
    """Where the client reads what was done; empty where the link is theirs alone and no account proves the address."""
    checklist = place.checklist
    if checklist.owner_id is None and checklist.is_theirs_alone:
        return ""
    return settings.SITE_URL + reverse("sharing:access", args=[checklist.token])
