"""Verbs that change a firm."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from checklists.history.chain import Event, record
from checklists.models import Membership, Organisation, Role, Stage, User


def usual_stages() -> list[str]:
    return [_("New"), _("Questionnaire"), _("Collecting documents"), _("At the offices"), _("Finishing")]


@transaction.atomic
def start_firm(*, name: str, by: User) -> Organisation:
    """A new firm with the usual stages; whoever starts it owns it."""
    organisation = Organisation.objects.create(name=name, slug=_free_slug(name))
    Membership.objects.create(organisation=organisation, user=by, role=Role.OWNER)
    Stage.objects.bulk_create(
        Stage(organisation=organisation, name=stage, order=order) for order, stage in enumerate(usual_stages(), start=1)
    )
    record(organisation, Event("firm-started", by=by))
    return organisation


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "firm"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
