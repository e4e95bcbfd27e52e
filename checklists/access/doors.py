"""What a firm sees and may do through the door of a client's checklist."""

from collections.abc import Iterable

from django.http import Http404
from django.utils.translation import gettext as _

from checklists.models import CasePerson, ChecklistItem, Membership
from checklists.models.firms import WORKING
from checklists.planner.holding import HOLDINGS

from .access import Access


class DoorClosed(Http404):
    """What was asked for is not, or no longer, open to the firm. The message is for whoever knocks."""

    template = "sharing/closed.html"


def closed(place: CasePerson) -> DoorClosed:
    """Why the firm does not see the checklist of somebody in its own case."""
    name = {"name": place.name}
    if place.checklist_id is None:
        return DoorClosed(_("%(name)s has deleted this checklist.") % name)
    if place.revoked_at:
        return DoorClosed(_("%(name)s has taken the access to this checklist back.") % name)
    return DoorClosed(_("%(name)s does not share the checklist with your firm at the moment.") % name)


def check_still_open(access: Access) -> None:
    """Raises DoorClosed if the client took the access back since the page was opened, or the actor left the firm.

    To be called inside the transaction of a change that holds the checklist, as whoever takes the access back does,
    and then its firms, as whoever ends a membership does.
    """
    if access.person is None:
        return
    place = CasePerson.objects.select_related("case").filter(pk=access.person.pk).first()
    if place is None:
        raise DoorClosed(_("This person is no longer in the case."))
    if not place.is_open:
        raise closed(place)
    members = Membership.objects.filter(organisation=place.case.organisation_id, role__in=WORKING)
    if not members.filter(user=access.actor).exists():
        raise DoorClosed(_("You can no longer change anything for clients of this firm."))


def check_document(access: Access, kind: str) -> None:
    """Raises DoorClosed for a document where the client keeps those to themselves."""
    if kind == ChecklistItem.Kind.DOCUMENT and not access.shows_documents:
        raise DoorClosed(_("%(name)s does not share the documents with your firm.") % {"name": access.person.name})


def hidden_questions(access: Access) -> frozenset[str]:
    """The questions about documents, where the client keeps those to themselves."""
    return frozenset() if access.shows_documents else frozenset({HOLDINGS})


def seen_items(access: Access, items: Iterable[ChecklistItem]) -> list[ChecklistItem]:
    """The rows as whoever looks may see them: without documents, or without notes, where those are not shared."""
    seen = [item for item in items if access.shows_documents or item.kind != ChecklistItem.Kind.DOCUMENT]
    return seen if access.shows_notes else [without_note(item) for item in seen]


def without_note(item: ChecklistItem) -> ChecklistItem:
    """The same row, only to be shown: its note is not in it."""
    item.note = ""
    return item
