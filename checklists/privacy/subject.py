from dataclasses import dataclass
from functools import cached_property

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from checklists.models import Case, CasePerson, Checklist, User


@dataclass(frozen=True)
class Subject:
    """Whose data it is: an account with all that belongs to it, or without one a single ``checklist``."""

    user: User | None = None
    checklist: Checklist | None = None

    @cached_property
    def emails(self) -> list[str]:
        """The addresses that the account has proved to be its own, in lower case."""
        if self.user is None:
            return []
        proved = EmailAddress.objects.filter(user=self.user, verified=True).values_list("email", flat=True)
        return sorted({email.lower() for email in [*proved, self.user.email] if email})

    @cached_property
    def places(self) -> list[CasePerson]:
        """Their places in firms' cases: of their checklists, and those to whose address a firm sent the questions."""
        mine = Q(checklist__in=self._own_checklists())
        if self.emails:
            sent = Q(sent_at__isnull=False) & (Q(checklist=None) | Q(checklist__owner=None))
            mine |= sent & email_in("email", self.emails)
        return list(CasePerson.objects.filter(mine).select_related("case__organisation"))

    @cached_property
    def checklists(self) -> list[int]:
        """The keys of their checklists."""
        own = self._own_checklists().values_list("pk", flat=True)
        return sorted({*own, *(place.checklist_id for place in self.places if place.checklist_id)})

    @cached_property
    def alone_in(self) -> list[int]:
        """The keys of the cases that are about nobody else."""
        cases = {place.case_id for place in self.places}
        others = CasePerson.objects.filter(case__in=cases).exclude(pk__in=[place.pk for place in self.places])
        # Those that were erased before, or whose checklist is gone since they took it back, are nobody any more.
        others = others.exclude(checklist=None, revoked_at__isnull=False)
        return sorted(cases - set(others.values_list("case_id", flat=True)))

    @cached_property
    def named_cases(self) -> list[int]:
        """The keys of the cases that bear their name or address: also of a household, if it is called after them."""
        called = {place.case_id for place in self.places if is_called_after(place.case, place)}
        return sorted({*self.alone_in, *called})

    @property
    def account_names(self) -> set[str]:
        """How the account is called, and where it is reached."""
        return {name for name in [self.user.get_full_name(), *self.emails] if name} if self.user else set()

    @property
    def names(self) -> set[str]:
        """The same, and how they are called in cases."""
        return {name for name in self.account_names.union(*((p.name, p.email) for p in self.places)) if name}

    def _own_checklists(self) -> QuerySet[Checklist]:
        if self.user is None:
            return Checklist.objects.filter(pk=self.checklist.pk if self.checklist else None)
        return Checklist.objects.filter(owner=self.user)


def email_in(column: str, emails: list[str]) -> Q:
    """Rows with one of these addresses, however it is written."""
    found = Q(pk=None)
    for email in emails:
        found |= Q(**{f"{column}__iexact": email})
    return found


def is_called_after(case: Case, place: CasePerson) -> bool:
    """Whether the case bears the name or the address of this person."""
    return case.name == place.name or bool(place.email and case.email.lower() == place.email.lower())
