import datetime

from django.db import transaction

from checklists.models import CasePerson, Letter, Organisation


def owe_letter(
    *,
    kind: str,
    to: str,
    organisation: Organisation | None = None,
    person: CasePerson | None = None,
    not_before: datetime.datetime | None = None,
    **about,
) -> Letter:
    """Owe a letter of this kind, and send it as soon as the transaction is through. ``about`` is JSON.

    One that is ``not_before`` a moment goes with the first mail that is sent after it, by cron at the latest.
    """
    from .tasks import send_mail

    when = {"next_try_at": not_before} if not_before else {}
    letter = Letter.objects.create(kind=kind, to=to, organisation=organisation, person=person, about=about, **when)
    transaction.on_commit(send_mail.enqueue, robust=True)
    return letter
