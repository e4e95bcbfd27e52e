"""The mail that tells a client that somebody acted for them."""

from django.utils.translation import gettext as _

from checklists.firms.cases.delivery import note_outcome
from checklists.firms.casework.letters import link_for
from checklists.mail.letters import Content, letter
from checklists.models import OutgoingMail

from .news import untold


@letter("acted", then=note_outcome)
def acted(mail: OutgoingMail) -> Content | None:
    """That a firm did something, without what it was; nothing if the client has read it by then."""
    place = mail.person
    if place is None or place.checklist is None or not untold([place]).exists():
        return None
    firm = mail.organisation.name
    title = _("%(firm)s worked on your checklist") % {"firm": firm}
    return Content(title, "acted", {"title": title, "firm": firm, "link": link_for(place, "access")})
