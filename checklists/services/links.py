from typing import Any

from checklists.models import Checklist
from checklists.models.checklist import new_token


def start_checklist(*, answers: dict[str, Any], edition: int) -> Checklist:
    """A new checklist with a link of its own."""
    return Checklist.objects.create(answers=answers, edition=edition)


def replace_link(*, checklist: Checklist) -> Checklist:
    """Give the checklist a new link; the old one leads nowhere from now on."""
    checklist.token = new_token()
    checklist.save(update_fields=["token", "updated_at"])
    return checklist
