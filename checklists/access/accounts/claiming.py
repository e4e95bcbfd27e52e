"""How a checklist that was made without an account comes to belong to one, and how it leaves it again."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.access.links import held_since, remembered_checklist
from checklists.mail.outbox import queue_letter
from checklists.models import CasePerson, Checklist, User


@dataclass(frozen=True, slots=True)
class Claim:
    """That an account keeps a checklist, as whoever has the link may know it.

    ``address`` is that of the account, masked; ``is_mine``: whether it is the account of whoever looks; ``may_undo``:
    whether this browser has held the checklist longer than the account.
    """

    since: datetime.datetime | None
    address: str
    is_mine: bool
    may_undo: bool


def claim_of(request: HttpRequest, checklist: Checklist) -> Claim | None:
    """Which account keeps the checklist; None if none does."""
    if checklist.owner_id is None:
        return None
    held, since = held_since(request, checklist), checklist.claimed_at
    is_mine = request.user.is_authenticated and request.user.pk == checklist.owner_id
    is_older = held is not None and since is not None and held < since
    owner = request.user if is_mine else checklist.owner
    return Claim(since, masked(owner.email), is_mine, is_older and not is_mine)


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
    free = Checklist.objects.live().filter(pk=checklist.pk, owner=None)
    return bool(free.update(owner=user, claimed_at=timezone.now()))


def let_go(*, checklist: Checklist, by: User) -> None:
    """Take the checklist out of the account. It stays as it is, for whoever has its link."""
    Checklist.objects.owned_by(by).filter(pk=checklist.pk).update(owner=None, claimed_at=None)


@transaction.atomic
def undo_claim(*, checklist: Checklist, held_since: datetime.datetime) -> bool:
    """Take the checklist out of the account that claimed it after ``held_since``, and tell its owner by mail.

    Whether it was: one that an account has kept for longer stays there.
    """
    current = Checklist.objects.live().lock(Q(pk=checklist.pk, owner__isnull=False)).get(checklist.pk)
    if current is None or current.claimed_at is None or held_since >= current.claimed_at:
        return False
    queue_letter(kind="taken-out", to=current.owner.email, at=timezone.now().isoformat())
    let_go(checklist=current, by=current.owner)
    return True


def masked(address: str) -> str:
    """As much of an address as tells its owner that it is theirs: "a…@example.org"."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1] if len(name) > 2 else ''}…@{host}"
