"""What the owner of an account is told by mail, beside what django-allauth tells."""

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from checklists.mail.letters import Content, letter
from checklists.models import OutgoingMail


@letter("new-browser")
def new_browser(mail: OutgoingMail) -> Content:
    """Somebody signed in with a browser that was never used for this account, or not for a year."""
    text = _("Somebody signed in to your account with a browser that is new to it: %(browser)s.")
    where = _("It was on %(when)s, from the address %(address)s.")
    return _notice(
        _("A new browser signed in to your account"),
        text=text % mail.about,
        otherwise=_(
            "If that was not you, sign out all other devices at once, and choose a new password if you have one."
        ),
        deed=_("See where you are signed in"),
        link=settings.SITE_URL + reverse("usersessions_list"),
        more=where % {"when": _moment(mail), "address": mail.about["address"]},
    )


@letter("taken-out")
def taken_out(mail: OutgoingMail) -> Content:
    """A checklist was taken out of the account, by a browser that had it longer. Its link is not told: it opens it."""
    text = _("A checklist was taken out of your account, in a browser that had opened it before your account kept it.")
    return _notice(
        _("A checklist was taken out of your account"),
        text=text,
        otherwise=_(
            "If it is yours, open its link, let the browser remember it, and sign in again. Then your account keeps it."
        ),
        deed=_("Open my account"),
        link=settings.SITE_URL + reverse("account"),
        more=_("It was on %(when)s.") % {"when": _moment(mail)},
    )


def _notice(subject: str, **context: str) -> Content:
    return Content(subject, "account_notice", context)


def _moment(mail: OutgoingMail) -> str:
    return date_format(parse_datetime(mail.about["at"]), "j F Y, H:i e")
