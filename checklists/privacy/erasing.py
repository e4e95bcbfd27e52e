"""Erasing somebody: at once, whole, and with nothing left by which they could be found."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from checklists.firms.history.chain import Event, record
from checklists.models import (
    CaseImport,
    Checklist,
    HistoryEntry,
    Invitation,
    Membership,
    Organisation,
    OutgoingMail,
    Role,
    Subscription,
    User,
    Visit,
)

from .cases import delete_cases, erase_in_cases
from .personal_rows import rows_about
from .subject import Subject, email_in
from .unfinished import imports_naming, sessions_naming


class Blocked(Exception):
    """Somebody else would lose their firm. ``firms`` as in ``Firms``."""

    def __init__(self, firms: "Firms"):
        super().__init__("The firms must be handed over first.")
        self.firms = firms


@dataclass(frozen=True, slots=True)
class Firms:
    """What becomes of an account's firms. ``handed_over``: its only owner must name another one first.
    ``emptied``: it has nobody else, and open cases, which must be archived first. ``closed``: it ends with the account.
    ``left``: it goes on without the account."""

    handed_over: list[Organisation]
    emptied: list[Organisation]
    closed: list[Organisation]
    left: list[Organisation]

    @property
    def block(self) -> bool:
        return bool(self.handed_over or self.emptied)


def firms_of(user: User) -> Firms:
    """What would become of the firms of this account."""
    found = Firms([], [], [], [])
    for membership in Membership.objects.filter(user=user).select_related("organisation"):
        organisation = membership.organisation
        others = organisation.memberships.exclude(user=user)
        if not others.exists():
            (found.emptied if organisation.cases.active().exists() else found.closed).append(organisation)
        elif membership.leads and not others.filter(role=Role.OWNER).exists():
            found.handed_over.append(organisation)
        else:
            found.left.append(organisation)
    return found


@transaction.atomic
def erase_account(*, user: User) -> None:
    """Erase an account and everything that is about its owner. Raises Blocked, and changes nothing then."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    subject = Subject(user=user)
    # Before the firms, as whoever ticks a line of them does.
    Checklist.objects.lock(Q(pk__in=subject.checklists))
    _hold_firms(subject)
    firms = firms_of(user)
    if firms.block:
        raise Blocked(firms)
    _erase_history(subject)
    for organisation in firms.closed:
        _close(organisation)
    _erase_client(subject)
    _erase_traces(subject)
    for organisation in firms.left:
        record(organisation, Event("member-erased", details={"number": user.pk}))
    user.delete()


@transaction.atomic
def erase_checklist(*, checklist: Checklist) -> None:
    """Erase a checklist that has no account, and what firms hold of whoever it is about."""
    subject = Subject(checklist=Checklist.objects.select_for_update().get(pk=checklist.pk))
    _hold_firms(subject)
    _erase_history(subject)
    _erase_client(subject)


def _hold_firms(subject: Subject) -> None:
    """Nobody writes into their cases until the transaction ends."""
    firms = {place.case.organisation_id for place in subject.places}
    if subject.user:
        firms |= set(Membership.objects.filter(user=subject.user).values_list("organisation", flat=True))
    Organisation.objects.lock(firms)


def _erase_history(subject: Subject) -> None:
    """Before anything is renamed: entries are found by the names in them."""
    keys = list(rows_about(subject, "checklists.HistoryEntry").values_list("pk", flat=True))
    HistoryEntry.objects.filter(pk__in=keys).erase_details()
    logged = rows_about(subject, "admin.LogEntry").values_list("pk", flat=True)
    LogEntry.objects.filter(pk__in=list(logged)).update(object_repr=_("erased"), change_message="")


def _erase_client(subject: Subject) -> None:
    keys = subject.checklists
    erase_in_cases(subject)
    Checklist.objects.filter(pk__in=keys).delete()


def _erase_traces(subject: Subject) -> None:
    """What would outlive the account's row, or name it elsewhere."""
    user, emails = subject.user, subject.emails
    if emails:
        Subscription.objects.filter(email_in("email", emails)).delete()
        OutgoingMail.objects.filter(email_in("to", emails)).delete()
        Invitation.objects.filter(email_in("email", emails)).delete()
    Visit.objects.filter(user=user).update(name=_("Former account %(number)d") % {"number": user.pk})
    listed = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(pk__in={*listed, *sessions_naming(subject)}).delete()
    CaseImport.objects.filter(pk__in=imports_naming(subject)).delete()


def _close(organisation: Organisation) -> None:
    """End a firm that has nobody left: its cases go, and what is kept is a chain of history without names."""
    delete_cases(organisation, organisation.cases.all(), "case-deleted")
    organisation.history.all().erase_details()
    for rows in (organisation.invitations, organisation.templates, organisation.labels, organisation.stages):
        rows.all().delete()
    OutgoingMail.objects.filter(organisation=organisation).delete()
    number = {"number": organisation.pk}
    Organisation.objects.filter(pk=organisation.pk).update(
        name=_("Closed firm %(number)d") % number, slug=f"closed-{organisation.pk}"
    )
    record(organisation, Event("firm-closed"))
