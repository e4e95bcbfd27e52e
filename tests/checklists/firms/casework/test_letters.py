import datetime

import pytest
from django.core import mail
from django.utils import timezone

from checklists.firms.casework.services import add_task, answer, ask, read_messages, withdraw, write_message
from checklists.mail.sending import send_owed
from checklists.models import Organisation, OutgoingMail, ShareCode


@pytest.fixture
def ana(firm):
    return firm.case("Ana Silva", email="ana@example.org").people.get()


def a_quarter_of_an_hour_later():
    """Send what is due by then. The mails that went out, oldest first."""
    for letter in OutgoingMail.objects.filter(sent_at=None):
        OutgoingMail.objects.filter(pk=letter.pk).update(
            next_try_at=letter.next_try_at - datetime.timedelta(minutes=15)
        )
    mail.outbox.clear()
    send_owed()
    return mail.outbox


def test_several_things_make_one_letter_without_their_content(firm, ana):
    write_message(person=ana, text="The secret word", by=firm.advisor)
    write_message(person=ana, text="Another one", by=firm.advisor)
    ask(person=ana, text="Your lease", by=firm.advisor)
    add_task(person=ana, text="Call the school", by=firm.advisor)
    assert send_owed() == 0
    assert timezone.now() < OutgoingMail.objects.get().next_try_at
    [message] = a_quarter_of_an_hour_later()
    assert message.to == ["ana@example.org"]
    assert message.subject == "2 new messages, 1 request and 1 new task from Move Well"
    everything = message.body + message.alternatives[0].content
    assert f"/c/{ana.checklist.token}/" in everything
    assert not [text for text in ("secret", "Another", "lease", "school", "Ana") if text in everything]


def test_a_firm_may_show_what_was_written(firm, ana):
    Organisation.objects.update(mail_shows_content=True)
    write_message(person=ana, text="Bring <two> photos\nand a pen", by=firm.advisor)
    [message] = a_quarter_of_an_hour_later()
    assert "Bring <two> photos\nand a pen" in message.body
    assert "Bring &lt;two&gt; photos<br>and a pen" in message.alternatives[0].content


def test_what_was_read_or_withdrawn_in_the_meantime_needs_no_letter(firm, ana):
    write_message(person=ana, text="Hello", by=firm.advisor)
    request = ask(person=ana, text="Your lease", by=firm.advisor)
    read_messages(person=ana, by_client=True)
    withdraw(request=request, by=firm.advisor)
    assert a_quarter_of_an_hour_later() == []
    letter = OutgoingMail.objects.get()
    assert (letter.given_up_for, letter.sent_at) == ("needless", None)
    write_message(person=ana, text="Hello again", by=firm.advisor)
    assert [message.subject for message in a_quarter_of_an_hour_later()] == ["1 new message from Move Well"]


def test_what_is_written_while_a_letter_is_being_sent_gets_its_own(firm, ana):
    write_message(person=ana, text="Hello", by=firm.advisor)
    OutgoingMail.objects.update(tries=1)
    write_message(person=ana, text="Hello again", by=firm.advisor)
    assert OutgoingMail.objects.count() == 2


def test_the_account_of_the_client_comes_before_what_the_firm_wrote_down(firm, ana, somebody):
    ana.checklist.owner = somebody("ana.silva@example.com")
    ana.checklist.save()
    write_message(person=ana, text="Hello", by=firm.advisor)
    assert OutgoingMail.objects.get().to == "ana.silva@example.com"


def test_without_an_address_nothing_is_owed(firm):
    person = firm.case("Ben").people.get()
    assert write_message(person=person, text="Hello", by=firm.advisor).pk
    assert not OutgoingMail.objects.exists()


def test_the_key_of_somebody_who_let_the_firm_in_is_never_mailed(firm, ana):
    ShareCode.objects.create(checklist=ana.checklist, used_at=timezone.now())
    write_message(person=ana, text="Hello", by=firm.advisor)
    [message] = a_quarter_of_an_hour_later()
    assert ana.checklist.token not in message.body + message.alternatives[0].content
    assert "with the link that you keep" in message.body


def test_whoever_took_the_access_back_gets_no_letter_any_more(firm, ana):
    write_message(person=ana, text="Hello", by=firm.advisor)
    ana.revoked_at = timezone.now()
    ana.save()
    assert a_quarter_of_an_hour_later() == []


def test_the_owners_hear_from_a_client_whom_nobody_looks_after(firm, ana):
    write_message(person=ana, text="The secret word", by=None)
    [message] = a_quarter_of_an_hour_later()
    assert (message.to, message.subject) == ([firm.owner.email], "1 new message from a client")
    assert ana.case.get_absolute_url() in message.body
    assert "secret" not in message.body


def test_else_those_who_follow_the_case_and_before_all_who_it_is_assigned_to(firm, ana):
    ana.case.followers.set([firm.advisor, firm.viewer])
    request = ask(person=ana, text="Your lease", by=firm.advisor)
    OutgoingMail.objects.all().delete()
    answer(request=request, text="Here")
    assert {letter.to for letter in OutgoingMail.objects.all()} == {firm.advisor.email, firm.viewer.email}
    OutgoingMail.objects.all().delete()
    ana.case.assignee = firm.owner
    ana.case.save()
    write_message(person=ana, text="Hello", by=None)
    assert {letter.to for letter in OutgoingMail.objects.all()} == {firm.owner.email}


def test_somebody_who_left_the_firm_gets_no_letter_any_more(firm, ana):
    ana.case.assignee = firm.advisor
    ana.case.save()
    write_message(person=ana, text="Hello", by=None)
    firm.organisation.memberships.filter(user=firm.advisor).delete()
    assert a_quarter_of_an_hour_later() == []
