import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from checklists.models import Checklist
from checklists.models.checklist import new_token

PREVIEWS_LAST = datetime.timedelta(days=1)


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
