"""Starting a firm."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from checklists.access.limits import within
from checklists.firms.history.chain import Event, record
from checklists.models import Membership, Organisation, Role, Stage, User

MOST_A_DAY = 10
# These stand where a firm's address would stand.
NO_ADDRESS = {"new", "invitation"}


class Refused(Exception):
    """A firm cannot do something as things are; nothing was changed. The text is for whoever tried."""


def usual_stages() -> list[str]:
    return [_("New"), _("Questionnaire"), _("Collecting documents"), _("At the offices"), _("Finishing")]


@transaction.atomic
def start_firm(*, name: str, by: User, time_zone: str = "Europe/Madrid") -> Organisation:
    """A new firm with the usual stages; whoever starts it owns it. Raises Refused for too many on one day."""
    if not within(f"start-firm:{by.pk}", MOST_A_DAY):
        raise Refused(_("You have started %(count)d firms today. Start the next one tomorrow.") % {"count": MOST_A_DAY})
    organisation = _new_firm(name, time_zone)
    Membership.objects.create(organisation=organisation, user=by, role=Role.OWNER)
    Stage.objects.bulk_create(
        Stage(organisation=organisation, name=stage, order=order) for order, stage in enumerate(usual_stages(), start=1)
    )
    record(organisation, Event("firm-started", by=by))
    return organisation


def _new_firm(name: str, time_zone: str) -> Organisation:
    """The firm at an address that is free, also when somebody takes one at the same time."""
    while True:
        try:
            with transaction.atomic():
                return Organisation.objects.create(name=name, slug=_free_slug(name), time_zone=time_zone)
        except IntegrityError:
            if not Organisation.objects.filter(slug__startswith=slugify(name)[:50]).exists():
                raise


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "firm"
    taken = NO_ADDRESS | set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
