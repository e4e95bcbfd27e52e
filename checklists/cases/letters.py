"""The mails of this room."""

from django.conf import settings
from django.utils.translation import gettext as _

from checklists.models import Letter
from checklists.telling.letters import Content


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
