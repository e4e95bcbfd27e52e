"""Verbs by which a client lets firms in and takes the access back."""

from django.db import transaction
from django.db.models import F, Q
from django.forms import model_to_dict
from django.utils import timezone

from checklists.firms.cases.services import add_person, open_case
from checklists.firms.cases.summaries import summarise
from checklists.firms.history.chain import Event, record
from checklists.firms.sharing.words import SHARES, shared_by
from checklists.models import Case, CasePerson, Checklist, Organisation, ShareCode, User
from checklists.seen import Changed, seen_of

MOST_CODES = 5


class TooManyCodes(Exception):
    """As many codes are open already as a checklist may have."""


class CodeGone(Exception):
    """The code was used, withdrawn, or is more than a week old."""


class AlreadyOpen(Exception):
    """The firm sees this checklist already, at ``place``; the code is still good."""

    def __init__(self, place: CasePerson):
        super().__init__("The firm sees this checklist already.")
        self.place = place


@transaction.atomic
def make_code(*, checklist: Checklist, **shares: bool) -> ShareCode:
    """A code that opens the checklist to one firm, showing what ``shares_…`` say. Raises TooManyCodes."""
    Checklist.objects.lock(Q(pk=checklist.pk))
    if checklist.codes.open().count() >= MOST_CODES:
        raise TooManyCodes
    return ShareCode.objects.create(checklist=checklist, **shares)


def withdraw_code(*, code: ShareCode) -> None:
    """Nobody can use it any more. One that a firm has used stays as it is."""
    ShareCode.objects.filter(pk=code.pk, used_at=None).delete()


@transaction.atomic
def take_code(
    *, code: ShareCode, organisation: Organisation, by: User, case: Case | None = None, name: str = "", email: str = ""
) -> CasePerson:
    """Use the code for this firm: in a new case, or as a person more in ``case``.

    A checklist that the firm saw before goes back to its old place. Raises CodeGone, and AlreadyOpen, which uses up
    nothing.
    """
    code = ShareCode.objects.open().select_for_update().filter(pk=code.pk).first()
    if code is None:
        raise CodeGone
    checklist = Checklist.objects.lock(Q(pk=code.checklist_id))[code.checklist_id]
    organisation.lock()
    place = place_in(organisation, checklist)
    if place and place.revoked_at is None:
        raise AlreadyOpen(place)
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])
    if place is None and case is None:
        case = open_case(organisation=organisation, name=name, email=email, by=by, assignee=by, checklist=checklist)
        place = case.people.get()
    elif place is None:
        place = add_person(case=case, name=name, email=email, by=by, checklist=checklist)
    _open(place, code)
    record(organisation, Event("access-granted", person=place, by=by, details={"shared": shared_by(place)}))
    summarise(place.case)
    return place


def place_in(organisation: Organisation, checklist: Checklist) -> CasePerson | None:
    """Where this firm has the checklist, open or taken back; None if it never had it."""
    places = CasePerson.objects.filter(case__organisation=organisation, checklist=checklist)
    return places.select_related("case__organisation").order_by(F("revoked_at").desc(nulls_first=True), "pk").first()


@transaction.atomic
def change_shares(*, place: CasePerson, seen: str, **shares: bool) -> CasePerson:
    """Share this with the firm from now on, as it was seen. Raises Changed."""
    place = _locked(place)
    if model_to_dict(place, SHARES) == shares:
        return place
    if place.revoked_at or seen_of(place, SHARES) != seen:
        raise Changed(place)
    for name in SHARES:
        setattr(place, name, shares[name])
    place.save(update_fields=SHARES)
    details = {"shared": shared_by(place)}
    record(place.case.organisation, Event("shares-changed", person=place, details=details))
    summarise(place.case)
    return place


@transaction.atomic
def take_back(*, place: CasePerson) -> CasePerson:
    """The firm sees the checklist no more, from its next request on. What it wrote itself stays with it."""
    place = _locked(place)
    if place.revoked_at is None:
        place.revoked_at = timezone.now()
        place.save(update_fields=["revoked_at"])
        record(place.case.organisation, Event("access-taken-back", person=place))
        summarise(place.case)
    return place


def _open(place: CasePerson, code: ShareCode) -> None:
    """Let the firm in as the code says. The client was told of nothing that came before."""
    for name in SHARES:
        setattr(place, name, getattr(code, name))
    place.granted_at, place.revoked_at = timezone.now(), None
    place.told_until = Organisation.objects.get(pk=place.case.organisation_id).history_length
    place.save(update_fields=[*SHARES, "granted_at", "revoked_at", "told_until"])


def _locked(place: CasePerson) -> CasePerson:
    """The place as it is now, held until the transaction ends. The checklist and the firm come first, as everywhere."""
    Checklist.objects.lock(Q(pk=place.checklist_id))
    place.case.organisation.lock()
    places = CasePerson.objects.select_related("case__organisation").select_for_update(of=("self",))
    return places.get(pk=place.pk)
