"""Somebody of whom every table knows something, and all of it is called Zanzibarella."""

import base64
import datetime
import zlib

from allauth.account.models import EmailConfirmation
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from checklists.access.access import Access
from checklists.client.services import save_item
from checklists.firms.cases.services import add_label, assign
from checklists.firms.cases.summaries import summarise
from checklists.firms.casework.services import add_task, answer, ask, write_message
from checklists.firms.history.chain import Event, record
from checklists.models import (
    CaseNote,
    CasePerson,
    ChangeNotice,
    Checklist,
    Label,
    OutgoingMail,
    ReadMarker,
    SavedView,
    ShareCode,
    SharedDocument,
    Subscription,
    User,
    Visit,
)
from tests.checklists.conftest import answers_of
from tests.people import somebody

CANARY = "Zanzibarella"
EMAIL = "zanzibarella@example.org"
DAY = datetime.date(2027, 3, 1)


def canary_checklist(owner=None):
    """A checklist with an answer, a tick, a note, an appointment, a notice, mail and a code."""
    checklist = Checklist.objects.start(answers={**answers_of("es-05"), "nickname": CANARY}, edition=1)
    checklist.put_aside = {"hobby": CANARY}
    checklist.confirmed = {"permit-needed": {"nationalities": [CANARY]}}
    checklist.save()
    checklist.replace_link()
    checklist.owner, checklist.claimed_at = owner, timezone.now() if owner else None
    checklist.save()
    save_item(access=Access(checklist), kind="document", key="photo", done=True, note=f"{CANARY} note", date=DAY)
    there = {"date": DAY, "time": datetime.time(10, 40), "office": f"{CANARY} office", "address": f"{CANARY} street"}
    save_item(access=Access(checklist), kind="procedure", key="tie-ex17", **there)
    notice = ChangeNotice.objects.create(
        checklist=checklist,
        edition=1,
        published_at=timezone.now(),
        changes={"x": CANARY},
        acknowledged_at=timezone.now(),
    )
    subscription = Subscription.objects.create(checklist=checklist, email=f"sub.{EMAIL}", confirmed_at=timezone.now())
    OutgoingMail.objects.create(
        kind="changes", subscription=subscription, notice=notice, sent_at=timezone.now(), tries=1
    )
    ShareCode.objects.create(checklist=checklist, used_at=timezone.now())
    return checklist


def canary_case(firm, checklist):
    """A case about this checklist, with something in every table."""
    case = firm.case(CANARY, email=EMAIL, reference=f"{CANARY}-1", destination="es", target_date=DAY)
    person = case.people.get()
    person.checklist.delete()
    CasePerson.objects.filter(pk=person.pk).update(checklist=checklist, sent_at=timezone.now(), revoked_at=None)
    person.refresh_from_db()
    person.case = case
    add_label(cases=[case], label=Label.objects.create(organisation=firm.organisation, name="vip"), by=firm.advisor)
    SharedDocument.objects.create(case=case, key="photo")
    CaseNote.objects.create(case=case, author=firm.advisor, text=f"{CANARY} is late")
    write_message(person=person, text=f"Dear {CANARY}", by=firm.advisor)
    write_message(person=person, text=f"Yours, {CANARY}", by=None)
    request = ask(person=person, text=f"Passport of {CANARY}", by=firm.advisor, document="photo", due=DAY)
    answer(request=request, text=f"Here, {CANARY}")
    add_task(person=person, text=f"Call {CANARY}", by=firm.advisor, due=DAY)
    Visit.objects.create(person=person, user=firm.advisor, name="Adam Advisor", what="checklist")
    letter = {"to": EMAIL, "kind": "questionnaire", "organisation": firm.organisation, "person": person}
    OutgoingMail.objects.create(**letter, about={"a": CANARY}, given_up_at=timezone.now(), given_up_for="refused")
    summarise(case)
    record(firm.organisation, Event("case-changed", case=case, by=firm.owner, details={"fields": [f"{CANARY} (name)"]}))
    return case


def canary_account():
    """An account with a session, an entry in the admin's log, and everything else that hangs on accounts."""
    user = somebody(EMAIL, first_name=CANARY, last_name="Canary", password="long-enough-secret")
    address = user.emailaddress_set.get()
    EmailConfirmation.objects.create(email_address=address, key="k" * 20, sent=timezone.now())
    user.authenticator_set.update(last_used_at=timezone.now())
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())
    session = SessionStore()
    session["name"] = CANARY
    session["_auth_user_id"] = str(user.pk)
    session.create()
    UserSession.objects.create(
        user=user, ip="10.0.0.1", user_agent=f"{CANARY} browser", session_key=session.session_key, data={"x": CANARY}
    )
    logged = ContentType.objects.get_for_model(User)
    for who in (user, somebody("root@example.org", is_superuser=True, is_staff=True)):
        LogEntry.objects.create(
            user=who,
            content_type=logged,
            object_id=user.pk,
            object_repr=str(user),
            action_flag=CHANGE,
            change_message=CANARY,
        )
    _half_finished(user)
    return user


def _half_finished(user):
    """Sign-ins of other browsers that were never finished, each in another shape, and a file to be imported."""
    for content in (
        {"account_login": {"user_pk": None, "email": EMAIL.upper(), "signal_kwargs": {}}},
        {"account_login_code": {"user_id": str(user.pk), "code": "123456"}, "next": f"/{CANARY}/"},
        {"account_email_verification_code": {"email": f"{EMAIL}", "tries": [1, {"name": CANARY}]}},
    ):
        session = SessionStore()
        session.update(content)
        session.create()


def canary_member(firm, user):
    """What is held of somebody who works in a firm."""
    membership = firm.organisation.memberships.create(user=user, role="advisor")
    record(
        firm.organisation, Event("firm-started", by=firm.owner, details={"member": str(user), "email": EMAIL.upper()})
    )
    case = firm.case("Somebody Else")
    assign(cases=[case], assignee=user, by=firm.owner)
    case.followers.add(user)
    CaseNote.objects.create(case=case, author=user, text="Somebody else is on time")
    ReadMarker.objects.create(case=case, user=user, number=1)
    SavedView.objects.create(organisation=firm.organisation, user=user, name=CANARY, query=f"q={CANARY}")
    firm.organisation.invitations.create(email=EMAIL, invited_by=firm.owner, used_at=timezone.now())
    firm.organisation.invitations.create(email="friend@example.org", invited_by=user)
    Visit.objects.create(person=case.people.get(), user=user, name=str(user), what="checklist")
    return membership


def places_of(text):
    """Every column of every table of the database in which the text stands, in whatever case."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        columns = [field.column for field in model._meta.local_concrete_fields]
        quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(model._meta.db_table)}")
            for row in cursor:
                for column, value in zip(columns, row, strict=True):
                    if any(text.lower() in found_text.lower() for found_text in _readings(value)):
                        found.append(f"{model._meta.label}.{column}")
    return sorted(set(found))


def _readings(value):
    """All that a value says: as it stands, and decoded where it is encoded, packed or signed."""
    text = bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)
    yield text
    if isinstance(value, bytes | memoryview):
        yield bytes(value).decode("utf-16-le", errors="ignore")
    for part in text.split(":"):
        packed, _dot, rest = part.partition(".")
        for coded in (part, rest if not packed else part):
            try:
                raw = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
            except ValueError:
                continue
            yield raw.decode(errors="replace")
            try:
                yield zlib.decompress(raw).decode(errors="replace")
            except zlib.error:
                continue
