"""What became of the emails to the people of a case: whether they are owed, were sent, or reached nobody."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.firms.history.chain import Event, record
from checklists.models import Case, CasePerson, OutgoingMail
from checklists.presenters.phrases import long_date

from .household import DIGEST_FOR_FIRM, QUESTIONNAIRE

Why = OutgoingMail.GivenUpFor


@dataclass(frozen=True, slots=True)
class Delivery:
    """``on_its_way``: the questionnaire was asked for and is not sent yet. ``failed``: what nobody got, if anything.

    ``is_known``: whether the firm knows the address where that went, and can correct it.
    """

    on_its_way: bool
    failed: OutgoingMail | None
    is_known: bool = False

    @property
    def why(self) -> str:
        """What happened, in a sentence; for a delivery that failed."""
        values = {
            "day": long_date(timezone.localdate(self.failed.given_up_at)),
            "address": self.failed.to if self.is_known else _("the address of their account"),
        }
        if self.failed.given_up_for == Why.REFUSED:
            return _("An email to %(address)s was refused on %(day)s: the address takes no email.") % values
        return _("An email to %(address)s could not be delivered: we gave it up on %(day)s.") % values

    @property
    def way_out(self) -> str:
        if self.is_known:
            return _("Correct the address, and it is sent again.")
        return _("Phone them: only they can change the address of their account.")


def delivery_of(person: CasePerson) -> Delivery:
    """Of a person whose ``letters`` are there. What went to an address that they no longer have is not told."""
    letters = [one for one in person.letters.all() if one.kind != DIGEST_FOR_FIRM and one.given_up_for != Why.NEEDLESS]
    asked = [one for one in letters if one.kind == QUESTIONNAIRE]
    known, theirs = person.address_known_to_firm.lower(), person.mail_address.lower()
    ended = [one for one in letters if not one.is_owed and one.to.lower() in (known, theirs)]
    last = ended[-1] if ended else None
    on_its_way = bool(asked) and asked[-1].is_owed
    if last is None or not last.is_undelivered:
        return Delivery(on_its_way, None)
    return Delivery(on_its_way, last, is_known=last.to.lower() == known)


def note_outcome(mail: OutgoingMail) -> None:
    """The questionnaire is sent from now on; or somebody cannot be reached, and it is no longer their turn."""
    person = mail.person
    if person is None:
        return
    if mail.kind == QUESTIONNAIRE and mail.sent_at:
        CasePerson.objects.filter(pk=person.pk).update(sent_at=mail.sent_at)
    if mail.is_undelivered:
        record(person.case.organisation, Event("email-not-delivered", person=person))
        waits = Case.objects.filter(pk=person.case_id, waiting_for=Case.Waiting.CLIENT)
        waits.update(waiting_for=Case.Waiting.FIRM)
