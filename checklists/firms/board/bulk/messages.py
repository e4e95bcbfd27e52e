"""One text to the people of many cases, with its merge fields filled in for each."""

from django.db import transaction
from django.utils.translation import gettext as _

from checklists.firms.casework.contact import can_contact
from checklists.firms.casework.services import write_message
from checklists.firms.casework.templating import values_for
from checklists.firms.members.merging import FIELD, FIELDS, fill
from checklists.models import Case, CasePerson, Membership
from checklists.presenters.phrases import series


def reached(cases: list[Case]) -> list[CasePerson]:
    """The people of these cases to whom a message gets through, those of one case after the other."""
    people = CasePerson.objects.open().filter(case__in=cases).select_related("case").order_by("case", "pk")
    return [person for person in people if can_contact(person)]


def unfilled(membership: Membership, cases: list[Case], text: str) -> str:
    """For whom something is missing that the text says, in words; empty if everything can be filled in."""
    if not [name for name in FIELD.findall(text) if name in FIELDS]:
        return ""
    lacking = [
        person.name
        for person in reached(cases)
        if any(name in FIELDS for name in FIELD.findall(fill(text, values_for(membership, person))))
    ]
    if not lacking:
        return ""
    message = _("Something that the text fills in is not known of %(names)s. Write it without, or leave them out.")
    return message % {"names": series(lacking)}


@transaction.atomic
def write_to_all(*, membership: Membership, cases: list[Case], text: str) -> int:
    """Write to everybody in these cases whom a message reaches; all or nobody. How many it were."""
    membership.organisation.lock()
    people = reached(cases)
    for person in people:
        write_message(person=person, text=fill(text, values_for(membership, person)), by=membership.user)
    return len(people)
