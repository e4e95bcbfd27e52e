import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from checklists.models import Checklist, User
from checklists.models.checklist import new_token

from .changes import newest_edition

PREVIEWS_LAST = datetime.timedelta(days=1)


def start_checklist(*, answers: dict[str, Any], edition: int, owner: User | None = None) -> Checklist:
    """A new checklist with a link of its own; whoever is signed in owns it."""
    return Checklist.objects.create(answers=answers, edition=newest_edition(edition), owner=owner)


@transaction.atomic
def start_preview(*, answers: dict[str, Any], edition: int) -> Checklist:
    """A checklist that only opens in previews. Those of yesterday and before go, whoever made them."""
    Checklist.objects.previews().filter(created_at__lt=timezone.now() - PREVIEWS_LAST).delete()
    return Checklist.objects.create(answers=answers, edition=edition, preview=True)


def replace_link(*, checklist: Checklist) -> Checklist:
    """Give the checklist a new link; the old one leads nowhere from now on."""
    checklist.token = new_token()
    checklist.save(update_fields=["token", "updated_at"])
    return checklist
