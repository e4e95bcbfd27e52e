"""What is held of one person: for each table of ``columns``, which of its rows.

``ABOUT`` them are the rows that speak of them. What they ``DID`` are rows about others that bear their account: what
an advisor wrote for clients, what an editor published. Of those a person gets no more than that it was them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import Q, QuerySet

from checklists.models import Case, CasePerson, Checklist, User

from .mentions import entries_about


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


def _of_user(column: str) -> Callable[[Subject], Q]:
    return lambda subject: Q(**{column: subject.user}) if subject.user else Q(pk=None)


def _of_checklists(column: str) -> Callable[[Subject], Q]:
    return lambda subject: Q(**{f"{column}__in": subject.checklists})


def _of_places(column: str) -> Callable[[Subject], Q]:
    return lambda subject: Q(**{f"{column}__in": [place.pk for place in subject.places]})


def _of_cases(column: str) -> Callable[[Subject], Q]:
    """What hangs on a case as a whole, where the case is about nobody else."""
    return lambda subject: Q(**{f"{column}__in": subject.alone_in})


def _either(*conditions: Callable[[Subject], Q]) -> Callable[[Subject], Q]:
    def either(subject):
        found = Q(pk=None)
        for condition in conditions:
            found |= condition(subject)
        return found

    return either


def _addressed(column: str) -> Callable[[Subject], Q]:
    return lambda subject: email_in(column, subject.emails)


def _logged(subject: Subject) -> Q:
    """What the staff did to their rows, as the admin's log has it."""
    if subject.user is None:
        return Q(pk=None)
    found = Q(content_type__app_label="checklists", content_type__model="user", object_id=str(subject.user.pk))
    for email in subject.emails:
        found |= Q(object_repr__icontains=email)
    return found


def _sessions(subject: Subject) -> Q:
    keys = UserSession.objects.filter(user=subject.user).values_list("session_key", flat=True) if subject.user else []
    return Q(session_key__in=list(keys))


NOBODY = Q(pk=None)

# Of each table the rows that speak of a person. History is found by ``mentions``.
ABOUT: dict[str, Callable[[Subject], Q]] = {
    "checklists.User": lambda subject: Q(pk=subject.user.pk) if subject.user else NOBODY,
    "checklists.User_groups": _of_user("user"),
    "checklists.User_user_permissions": _of_user("user"),
    "account.EmailAddress": _of_user("user"),
    "account.EmailConfirmation": _of_user("email_address__user"),
    "mfa.Authenticator": _of_user("user"),
    "usersessions.UserSession": _of_user("user"),
    "sessions.Session": _sessions,
    "admin.LogEntry": _either(_of_user("user"), _logged),
    "checklists.Checklist": _of_checklists("pk"),
    "checklists.ChecklistItem": _of_checklists("checklist"),
    "checklists.ChangeNotice": _of_checklists("checklist"),
    "checklists.Subscription": _either(_of_checklists("checklist"), _addressed("email")),
    "checklists.OwedMail": _either(_of_checklists("subscription__checklist"), _addressed("subscription__email")),
    "checklists.ShareCode": _of_checklists("checklist"),
    "checklists.Case": lambda subject: Q(pk__in=subject.named_cases),
    "checklists.Case_followers": _of_user("user"),
    "checklists.Case_labels": _of_cases("case"),
    "checklists.CasePerson": _of_places("pk"),
    "checklists.SharedDocument": _of_cases("case"),
    "checklists.CaseDeadline": _of_places("person"),
    "checklists.CaseWord": lambda subject: Q(case__in=subject.named_cases),
    "checklists.CaseNote": _of_cases("case"),
    "checklists.Message": _of_places("person"),
    "checklists.Request": _of_places("person"),
    "checklists.FirmTask": _of_places("person"),
    "checklists.Visit": _either(_of_places("person"), _of_user("user")),
    "checklists.Letter": _either(_of_places("person"), _addressed("to")),
    "checklists.Membership": _of_user("user"),
    "checklists.Organisation": _of_user("memberships__user"),
    "checklists.Invitation": _addressed("email"),
    "checklists.SavedView": _of_user("user"),
    "checklists.LastLook": _of_user("user"),
}
# Of each table the column with the account of whoever did it.
DID: dict[str, str] = {
    "checklists.Case": "assignee",
    "checklists.CaseImport": "user",
    "checklists.CaseNote": "author",
    "checklists.Message": "author",
    "checklists.Request": "author",
    "checklists.FirmTask": "author",
    "checklists.Invitation": "invited_by",
    "checklists.HistoryEntry": "actor_number",
    "checklists.Persona": "made_by",
    "guides.Edition": "publisher",
    "guides.Verification": "by",
    "guides.Upload": "user",
    "guides.Report": "handled_by",
}


def rows_about(subject: Subject, label: str) -> QuerySet:
    """The rows of one table that speak of this person."""
    if label == "checklists.HistoryEntry":
        return entries_about(subject).order_by("pk")
    model = apps.get_model(label)
    return model._default_manager.filter(ABOUT.get(label, lambda _subject: NOBODY)(subject)).distinct().order_by("pk")


def rows_done(subject: Subject, label: str) -> QuerySet:
    """The rows of one table about others that bear this person's account."""
    model = apps.get_model(label)
    if subject.user is None or label not in DID:
        return model._default_manager.none()
    mine = model._default_manager.filter(**{DID[label]: subject.user.pk})
    return mine.exclude(pk__in=rows_about(subject, label).values("pk")).order_by("pk")
