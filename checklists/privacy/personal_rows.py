"""What is held of one person: for each table of ``tables``, which of its rows.

``ABOUT`` them are the rows that speak of them. What they ``DID`` are rows about others that bear their account: what
an advisor wrote for clients, what an editor published. Of those a person gets no more than that it was them.
"""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import Q, QuerySet

from checklists.privacy.subject import Subject, email_in

from .history_about import entries_about


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

# Of each table the rows that speak of a person. History is found by ``history_about``.
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
    "checklists.OutgoingMail": _either(
        _of_places("person"),
        _addressed("to"),
        _of_checklists("subscription__checklist"),
        _addressed("subscription__email"),
    ),
    "checklists.Membership": _of_user("user"),
    "checklists.Organisation": _of_user("memberships__user"),
    "checklists.Invitation": _addressed("email"),
    "checklists.SavedView": _of_user("user"),
    "checklists.ReadMarker": _of_user("user"),
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
