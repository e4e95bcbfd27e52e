"""Publications that wait: for the second person who agrees, for their hour, or for both.

What is published is what was frozen when it was asked for. If an edition was published in between, nothing is: that
edition would be undone. Whoever asked reads so on the page of the publication, and asks again.
"""

import datetime
import logging
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.catalogue.problems import CatalogueError
from guides.models import Edition, Publication

from .holding_back import places_in, without
from .pending_edition import planned
from .publishing import current, fingerprint_of, forget, frozen, publish_frozen, refuse_problems
from .working_copy import Outdated, snapshot

# For so long the lists tell of those of which nothing was published.
TOLD_FOR = datetime.timedelta(days=30)

logger = logging.getLogger(__name__)


class NotAllowed(Exception):
    """Whoever asked for a publication cannot agree to it as well."""


@transaction.atomic
def plan_publication(
    *,
    actor: Any,
    note: str,
    seen: str,
    word: str = "",
    quiet: bool = False,
    held: Collection[str] = (),
    publish_at: datetime.datetime | None = None,
) -> Publication:
    """Freeze what the page showed, to be published later. Raises Outdated and CatalogueError as ``publish`` does.

    Where nobody has to agree (setting PUBLISH_NEEDS_APPROVAL), it waits for its hour alone.
    """
    forget()
    working_copy, published = snapshot(), current().catalogue
    held = [place for place in places_in(published, working_copy) if place in set(held)]
    catalogue = without(working_copy, published, held)
    if seen != fingerprint_of(catalogue):
        raise Outdated
    refuse_problems(catalogue, word)
    agreed = {} if settings.PUBLISH_NEEDS_APPROVAL else {"agreed_by": actor, "agreed_at": timezone.now()}
    return Publication.objects.create(
        note=note,
        word=word,
        quiet=quiet,
        held=held,
        content=frozen(catalogue),
        since=Edition.objects.newest(),
        publish_at=publish_at,
        asked_by=actor,
        **agreed,
    )


@transaction.atomic
def agree(*, publication: Publication, actor: Any, seen: str) -> Publication:
    """A second person agrees to what they ``saw``. It is published now, or at its hour.

    Raises NotAllowed for whoever asked for it, and Outdated if it is over or not what was seen any more.
    """
    row = _locked(publication)
    if row.asked_by == actor:
        raise NotAllowed
    if row.agreed_at or planned(row).seen != seen:
        raise Outdated
    row.agreed_by, row.agreed_at = actor, timezone.now()
    row.save(update_fields=["agreed_by", "agreed_at"])
    if row.publish_at is None or row.publish_at <= timezone.now():
        _carry_out(row)
    return row


@transaction.atomic
def withdraw(*, publication: Publication) -> None:
    """Take it back. Raises Outdated if it is over."""
    row = _locked(publication)
    _end(row, _("Withdrawn."))


def publish_due() -> list[Publication]:
    """Carry out what is due, each once, also where several processes try. Those that were ended, in either way."""
    done = []
    for row in Publication.objects.due().defer("content"):
        with transaction.atomic():
            try:
                row = _locked(row)
            except Outdated:
                continue
            _carry_out(row)
        done.append(row)
    return done


def planned_publications() -> list[Publication]:
    """Those that wait, and those that lately ended without an edition."""
    rows = Publication.objects.defer("content").select_related("asked_by", "agreed_by")
    lately = rows.filter(edition=None, ended_at__gte=timezone.now() - TOLD_FOR)
    return [*rows.waiting(), *lately]


def _locked(publication: Publication) -> Publication:
    row = Publication.objects.select_for_update().get(pk=publication.pk)
    if row.ended_at:
        raise Outdated
    return row


def _carry_out(row: Publication) -> None:
    """Publish it, or say why not."""
    fields = {"publisher": row.agreed_by, "note": row.note, "word": row.word, "quiet": row.quiet}
    try:
        with transaction.atomic():
            row.edition = publish_frozen(row.content, row.since, **fields)
    except Outdated:
        outcome = _("Not published: another edition was published since it was asked for. Ask again.")
    except CatalogueError as error:
        outcome = _("Not published: the checks refuse it. %(problems)s") % {"problems": error}
    else:
        outcome = ""
    if outcome:
        logger.error("Planned publication %s: %s", row.pk, outcome)
    _end(row, outcome)


def _end(row: Publication, outcome: str) -> None:
    row.ended_at, row.outcome = timezone.now(), outcome
    row.save(update_fields=["ended_at", "outcome", "edition"])
