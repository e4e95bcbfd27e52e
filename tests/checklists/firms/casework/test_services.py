import datetime

import pytest

from checklists.firms.cases.household import add_person
from checklists.firms.casework.contact import CannotContact
from checklists.firms.casework.services import (
    add_task,
    answer,
    ask,
    ask_for_papers,
    finish_task,
    read_messages,
    remove_task,
    withdraw,
    write_message,
)
from checklists.models import CasePerson, FirmTask, HistoryEntry
from checklists.seen import Changed

TOMORROW = datetime.date(2030, 1, 2)


@pytest.fixture
def case(firm):
    return firm.case("Ana Silva", email="ana@example.org")


@pytest.fixture
def ana(case):
    return case.people.get()


def verbs(case):
    return list(HistoryEntry.objects.filter(case_number=case.pk).order_by("number").values_list("verb", flat=True))


def fresh(case):
    case.refresh_from_db()
    return case


def test_a_message_says_whose_turn_it_is_and_stands_in_the_history(firm, case, ana):
    write_message(person=ana, text="Welcome!", by=firm.advisor)
    assert fresh(case).waiting_for == "client"
    write_message(person=ana, text="Thank you.", by=None)
    assert fresh(case).waiting_for == "firm"
    assert [(m.from_client, m.author, m.text) for m in ana.messages.all()] == [
        (False, firm.advisor, "Welcome!"),
        (True, None, "Thank you."),
    ]
    assert verbs(case)[-2:] == ["message-to-client", "message-from-client"]


def test_history_does_not_repeat_what_a_message_says(firm, case, ana):
    write_message(person=ana, text="A secret", by=firm.advisor)
    assert "A secret" not in str(list(HistoryEntry.objects.values_list("details", flat=True)))


def test_each_side_reads_only_what_the_other_wrote(firm, ana):
    write_message(person=ana, text="One", by=firm.advisor)
    write_message(person=ana, text="Two", by=None)
    assert read_messages(person=ana, by_client=True) == 1
    assert [m.text for m in ana.messages.unread()] == ["Two"]
    assert read_messages(person=ana, by_client=True) == 0
    assert read_messages(person=ana, by_client=False) == 1


def test_a_request_with_a_day_is_the_cases_next_deadline_until_it_is_answered(firm, case, ana):
    request = ask(person=ana, text="Your lease, please", by=firm.advisor, due=TOMORROW)
    assert (fresh(case).waiting_for, case.next_deadline) == ("client", TOMORROW)
    answer(request=request, text="Here it is")
    assert (fresh(case).waiting_for, case.next_deadline) == ("firm", None)
    assert verbs(case)[-2:] == ["asked", "request-answered"]


def test_an_advisor_marks_as_received_what_came_another_way(firm, case, ana):
    request = ask(person=ana, text="Your lease", by=firm.advisor)
    assert answer(request=request, text="", by=firm.advisor).answered_at
    assert fresh(case).waiting_for == "client"
    assert verbs(case)[-1] == "request-received"


def test_a_request_ends_once(firm, ana):
    answered = ask(person=ana, text="Your lease", by=firm.advisor)
    answer(request=answered, text="Signed on Monday")
    with pytest.raises(Changed) as changed:
        withdraw(request=answered, by=firm.advisor)
    assert changed.value.theirs.answer == "Signed on Monday"
    withdrawn = ask(person=ana, text="Your passport", by=firm.advisor)
    withdraw(request=withdrawn, by=firm.advisor)
    with pytest.raises(Changed):
        answer(request=withdrawn, text="Here")
    withdrawn.refresh_from_db()
    assert (withdrawn.answer, withdrawn.answered_at) == ("", None)


def test_a_document_is_named_in_the_history(published, firm, case, ana):
    ask(person=ana, text="Please", by=firm.advisor, document="passport")
    details = HistoryEntry.objects.filter(verb="asked").get().details
    assert details["what"] == published.documents["passport"].name


def test_papers_are_asked_of_everybody_or_of_nobody(published, firm, case, ana):
    rui = add_person(case=case, name="Rui Silva", by=firm.advisor)
    CasePerson.objects.filter(pk=rui.pk).update(revoked_at=case.created_at)
    with pytest.raises(CannotContact):
        ask_for_papers(papers={ana: ["passport"], rui: ["passport"]}, by=firm.advisor)
    assert not ana.requests.exists()
    assert "asked" not in verbs(case)


def test_a_paper_that_is_asked_for_stays_as_it_was_asked(published, firm, ana):
    first = ask(person=ana, text="Please", by=firm.advisor, document="passport")
    assert ask_for_papers(papers={ana: ["passport"]}, by=firm.owner, due=TOMORROW) == []
    assert list(ana.requests.all()) == [first]


def test_the_firms_own_tasks_count(firm, case, ana):
    task = add_task(person=ana, text="Call the school", by=firm.advisor, due=TOMORROW)
    assert (fresh(case).tasks_done, case.tasks_total, case.next_deadline) == (0, 1, TOMORROW)
    before = case.active_at
    finish_task(task=task, by=None)
    assert (fresh(case).tasks_done, case.tasks_total, case.next_deadline) == (1, 1, None)
    assert case.active_at > before
    finish_task(task=task, by=firm.advisor, done=False)
    assert fresh(case).tasks_done == 0
    assert verbs(case)[-3:] == ["task-added", "task-done", "task-reopened"]


def test_who_ticks_a_ticked_task_changes_nothing(firm, case, ana):
    task = add_task(person=ana, text="Call the school", by=firm.advisor)
    first = finish_task(task=task, by=None).done_at
    assert finish_task(task=task, by=firm.advisor).done_at == first
    assert verbs(case).count("task-done") == 1


def test_a_task_that_was_done_in_the_meantime_is_not_removed(firm, ana):
    task = add_task(person=ana, text="Call the school", by=firm.advisor)
    finish_task(task=task, by=None)
    with pytest.raises(Changed):
        remove_task(task=task, by=firm.advisor)
    finish_task(task=task, by=None, done=False)
    remove_task(task=task, by=firm.advisor)
    assert not FirmTask.objects.exists()


@pytest.mark.parametrize("how", ["revoked", "erased", "no checklist"])
def test_nothing_reaches_somebody_who_took_the_access_back(firm, case, ana, how):
    if how == "revoked":
        ana.revoked_at = case.created_at
    elif how == "erased":
        case.erased_at = case.created_at
        case.save()
    else:
        ana.checklist = None
    ana.save()
    for verb in (write_message, ask, add_task):
        with pytest.raises(CannotContact):
            verb(person=ana, text="Hello", by=firm.advisor)
    assert not ana.messages.exists()


def test_a_client_who_took_the_access_back_still_has_the_last_word(firm, case, ana):
    request = ask(person=ana, text="Your lease", by=firm.advisor)
    ana.revoked_at = case.created_at
    ana.save()
    assert write_message(person=ana, text="Goodbye", by=None).pk
    assert answer(request=request, text="No").answered_at
