"""Deleting what is no longer needed, a batch at a time: whoever is killed leaves the rest to the next run.

Each step works on what is due at ``now`` and says how many rows it dealt with.
"""

import datetime
import zoneinfo
from collections.abc import Callable

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from dateutil.relativedelta import relativedelta
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from checklists.access.accounts.factor_secrets import encrypt_anew
from checklists.firms.cases.refreshing import forget_files
from checklists.firms.history.chain import Event, record_all
from checklists.mail.outbox import queue_letter
from checklists.mail.sending import forget_unconfirmed
from checklists.models import (
    Case,
    CasePerson,
    Checklist,
    Invitation,
    Organisation,
    OutgoingMail,
    Role,
    ShareCode,
    Subscription,
    TimedEntry,
    User,
    Visit,
)
from checklists.models.cases import CaseQuerySet
from checklists.models.checklist import PREVIEWS_LAST

from .cases import delete_cases
from .periods import ANONYMOUS, NOTICE, SPENT, UNCONFIRMED_ACCOUNT, VISITS

AT_ONCE = 500


def deletion_day(case: Case) -> datetime.date | None:
    """The day on which an archived case goes whose deletion was announced, where its firm works; None for others."""
    if case.archived_at is None or case.deletion_told_at is None:
        return None
    due = case.archived_at + relativedelta(months=case.organisation.keep_months)
    zone = zoneinfo.ZoneInfo(case.organisation.time_zone)
    return timezone.localdate(max(due, case.deletion_told_at + NOTICE), timezone=zone)


def cancel_deletions(now: datetime.datetime) -> int:
    """Take back the word about cases that came back from the archive, or that their firm keeps for longer now."""
    return sum(
        organisation.cases.exclude(deletion_told_at=None)
        .filter(
            Q(archived_at=None)
            | Q(archived_at__gt=now + NOTICE - relativedelta(months=organisation.keep_months))
            | Q(deletion_told_at__lt=F("archived_at"))
        )
        .update(deletion_told_at=None)
        for organisation in _firms()
    )


def announce_deletions(now: datetime.datetime) -> int:
    """Tell the owners of each firm which archived cases will be deleted. A firm without owners is told nothing."""
    return sum(_all_of(lambda firm=firm: _announce(firm, now)) for firm in _firms())


@transaction.atomic
def _announce(organisation: Organisation, now: datetime.datetime) -> int:
    organisation = organisation.lock()
    before = now + NOTICE - relativedelta(months=organisation.keep_months)
    cases = list(_archived(organisation, before).filter(deletion_told_at=None)[:AT_ONCE])
    if not cases:
        return 0
    organisation.cases.filter(pk__in=[case.pk for case in cases]).update(deletion_told_at=now)
    events = []
    for case in cases:
        case.organisation, case.deletion_told_at = organisation, now
        events.append(Event("deletion-announced", case=case, details={"day": deletion_day(case).isoformat()}))
    record_all(organisation, events)
    for owner in User.objects.filter(memberships__organisation=organisation, memberships__role=Role.OWNER):
        queue_letter(kind="deletion", to=owner.email, organisation=organisation, told_at=now.isoformat())
    return len(cases)


def delete_archived(now: datetime.datetime) -> int:
    """Delete the archived cases whose time is over and whose deletion was announced long enough ago."""
    return sum(_all_of(lambda firm=firm: _delete(firm, now)) for firm in _firms())


@transaction.atomic
def _delete(organisation: Organisation, now: datetime.datetime) -> int:
    organisation = organisation.lock()
    due = _archived(organisation, now - relativedelta(months=organisation.keep_months))
    told = due.filter(deletion_told_at__lte=now - NOTICE, deletion_told_at__gte=F("archived_at"))
    return delete_cases(organisation, told[:AT_ONCE], "case-deleted")


def _archived(organisation: Organisation, before: datetime.datetime) -> CaseQuerySet:
    return organisation.cases.archived().filter(archived_at__lte=before).order_by("pk")


def purge_checklists(now: datetime.datetime) -> int:
    """Delete checklists without an account that nobody has changed for long.

    They stay while mail about them is wanted, and while a firm that was let in keeps a case for them.
    """
    wanted = Subscription.objects.filter(checklist=OuterRef("pk"), confirmed_at__isnull=False)
    kept = CasePerson.objects.filter(checklist=OuterRef("pk"), revoked_at=None)
    abandoned = Checklist.objects.live().filter(owner=None, updated_at__lt=now - ANONYMOUS)
    return _delete_all(abandoned.exclude(Exists(wanted)).exclude(Exists(kept)))


def purge_previews(now: datetime.datetime) -> int:
    return _delete_all(Checklist.objects.previews().filter(created_at__lt=now - PREVIEWS_LAST))


def purge_invitations(now: datetime.datetime) -> int:
    return _delete_all(Invitation.objects.filter(_spent(now)))


def purge_codes(now: datetime.datetime) -> int:
    return _delete_all(ShareCode.objects.filter(_spent(now)))


def _spent(now: datetime.datetime) -> Q:
    return Q(expires_at__lt=now - SPENT) | Q(used_at__lt=now - SPENT)


def purge_letters(now: datetime.datetime) -> int:
    """Not the mails of a subscription, which go with it: they keep a notice from being told twice."""
    over = Q(sent_at__lt=now - SPENT) | Q(given_up_at__lt=now - SPENT)
    return _delete_all(OutgoingMail.objects.filter(over, subscription=None))


def purge_visits(now: datetime.datetime) -> int:
    return _delete_all(Visit.objects.filter(at__lt=now - VISITS))


def purge_files(_now: datetime.datetime) -> int:
    return forget_files()


def purge_unconfirmed(now: datetime.datetime) -> int:
    """Addresses for mail, and accounts, that their owners never confirmed and that nothing hangs on."""
    addresses = forget_unconfirmed()
    EmailConfirmation.objects.all_expired().delete()
    unused = User.objects.filter(
        date_joined__lt=now - UNCONFIRMED_ACCOUNT,
        last_login=None,
        is_staff=False,
        emailaddress__isnull=False,
        memberships=None,
        checklists=None,
    ).exclude(emailaddress__verified=True)
    return addresses + _delete_all(User.objects.filter(pk__in=unused.values("pk")))


def purge_sessions(now: datetime.datetime) -> int:
    gone = _delete_all(Session.objects.filter(expire_date__lt=now))
    here = Session.objects.filter(pk=OuterRef("session_key"))
    _delete_all(UserSession.objects.exclude(Exists(here)))
    return gone


def purge_limits(now: datetime.datetime) -> int:
    return _delete_all(TimedEntry.objects.filter(ends_at__lte=now))


def encrypt_factors(_now: datetime.datetime) -> int:
    return encrypt_anew()


Step = Callable[[datetime.datetime], int]
# What each step says it did, in the order in which they are done.
STEPS: dict[str, Step] = {
    "deletions taken back": cancel_deletions,
    "archived cases announced for deletion": announce_deletions,
    "archived cases deleted": delete_archived,
    "abandoned checklists deleted": purge_checklists,
    "previews deleted": purge_previews,
    "spent invitations deleted": purge_invitations,
    "spent codes deleted": purge_codes,
    "letters deleted that were sent or given up": purge_letters,
    "old visits deleted": purge_visits,
    "files of clients deleted": purge_files,
    "unconfirmed addresses and accounts deleted": purge_unconfirmed,
    "ended sessions deleted": purge_sessions,
    "ended limits deleted": purge_limits,
    "second factors encrypted with the key of today": encrypt_factors,
}


def _firms() -> QuerySet[Organisation]:
    return Organisation.objects.order_by("pk")


def _all_of(batch: Callable[[], int]) -> int:
    """Do batch after batch until there is nothing left to do."""
    total = 0
    while count := batch():
        total += count
    return total


def _delete_all(rows: QuerySet) -> int:
    """Delete these rows in batches, each with what hangs on them. How many there were."""

    @transaction.atomic
    def batch() -> int:
        # Held, so that what is changed in between is looked at again.
        keys = [row.pk for row in rows.order_by("pk").select_for_update(of=("self",))[:AT_ONCE]]
        rows.model._default_manager.filter(pk__in=keys).delete()
        return len(keys)

    return _all_of(batch)
