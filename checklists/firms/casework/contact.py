"""Whether a firm can write to a person here, what to say where it cannot, and where no mail goes out."""

from django.utils.translation import gettext as _

from checklists.firms.cases.delivery import delivery_of
from checklists.models import CasePerson


class CannotContact(Exception):
    """The person has taken the firm's access back, or erased their data: nothing reaches them here any more."""


def can_contact(person: CasePerson) -> bool:
    """Whether messages, requests and tasks of the firm reach this person."""
    return person.revoked_at is None and person.checklist_id is not None and person.case.erased_at is None


def why_no_contact(person: CasePerson) -> dict[str, str] | None:
    """A box that says why, what is safe, and what still works; None where all is well."""
    if can_contact(person):
        return None
    name = {"name": person.name}
    if person.case.erased_at or (person.checklist_id is None and person.revoked_at is None):
        title = _("%(name)s erased their data") % name
        text = _("There is no checklist any more, and nobody to write to. The case and your own notes are kept.")
        return {"kind": "info", "title": title, "text": text}
    title = _("%(name)s took your access back") % name
    text = _("You cannot write, ask or add tasks here, and you do not see the checklist. What was written is kept.")
    address = person.address_known_to_firm
    fix = _("Write to %(address)s, or phone, and ask for a new code.") if address else _("Ask for a new code.")
    return {"kind": "info", "title": title, "text": text, "fix": fix % {"address": address}}


def without_mail(person: CasePerson) -> str:
    """That no mail reaches somebody, for want of an address or of a good one; empty where it does."""
    if person.mail_address:
        delivery = delivery_of(person)
        return f"{delivery.why} {delivery.way_out}" if delivery.failed else ""
    text = _("There is no email address of %(name)s, so no email goes out. What you write waits on the checklist.")
    return text % {"name": person.name}
