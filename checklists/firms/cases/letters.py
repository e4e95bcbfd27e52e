"""The mails of this room."""

from django.conf import settings
from django.utils.translation import gettext as _

from checklists.mail.letters import Content, letter
from checklists.models import OutgoingMail

from .delivery import note_outcome


@letter("questionnaire", then=note_outcome)
def questionnaire(mail: OutgoingMail) -> Content | None:
    """The link to somebody's own questionnaire; nothing once the firm's access ended, or the link is theirs alone."""
    person = mail.person
    if person is None or not person.is_open or person.checklist.is_theirs_alone:
        return None
    firm = person.case.organisation.name
    context = {
        "title": _("The questionnaire for your move"),
        "firm": firm,
        "advisor": mail.about.get("by", ""),
        "name": person.name,
        "link": settings.SITE_URL + person.checklist.get_absolute_url(),
    }
    return Content(_("%(firm)s: the questionnaire for your move") % {"firm": firm}, "questionnaire", context)
