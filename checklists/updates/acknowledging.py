from django.utils import timezone

from checklists.models import Checklist


def acknowledge(*, checklist: Checklist, edition: int) -> None:
    """The owner has read what changed up to this edition. What was acknowledged before stays as it is."""
    checklist.notices.unread().filter(edition__lte=edition).update(acknowledged_at=timezone.now())
