"""How a checklist that was made without an account comes to belong to one."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from checklists.access.links import remembered_checklist
from checklists.models import CasePerson, Checklist, User


def claim_remembered(request: HttpRequest, user: User) -> None:
    """Give the checklist that this browser remembers to whoever just signed in, and tell them."""
    checklist = remembered_checklist(request)
    if checklist is not None and claim(checklist=checklist, user=user):
        messages.success(request, _("The checklist of this browser now belongs to your account."))


def claim(*, checklist: Checklist, user: User) -> bool:
    """Make this person the owner. Whether it worked: what has an owner, or is a draft of editors, stays as it is.

    Neither does an advisor get the checklist of a client of their own firm.
    """
    if CasePerson.objects.visible_to(user).filter(checklist=checklist).exists():
        return False
    return bool(Checklist.objects.live().filter(pk=checklist.pk, owner=None).update(owner=user))


def let_go(*, checklist: Checklist, by: User) -> None:
    """Take the checklist out of the account. It stays as it is, for whoever has its link."""
    Checklist.objects.owned_by(by).filter(pk=checklist.pk).update(owner=None)
