"""What a firm's pages and mails say of roles."""

from django.utils.translation import gettext_lazy as _

from checklists.models import Role

ABOUT_ROLES = {
    Role.OWNER: _("does everything an advisor does, and decides who belongs to the firm and how it works"),
    Role.ADVISOR: _("works on the cases: opens and changes them, writes to clients, asks for documents"),
    Role.VIEWER: _("sees the cases and changes nothing"),
}


def about_role(role: str) -> str:
    """What somebody with this role does: "sees the cases and changes nothing"."""
    return str(ABOUT_ROLES[Role(role)])
