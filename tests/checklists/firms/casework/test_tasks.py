import pytest
from django.utils import timezone

from checklists.firms.casework.services import add_task, finish_task
from checklists.models import FirmTask, HistoryEntry


@pytest.fixture
def task(firm, ana):
    return add_task(person=ana, text="Call the school", by=firm.advisor)


def test_adding_a_task(advisor, case, ana, page):
    response = advisor.post(page("add-task", ana.pk), {"text": "Call the school", "due": "2099-01-02"}, follow=True)
    assert "Added. It stands on the checklist of Ana Silva." in response.text
    assert "due by 2 January 2099" in response.text
    case.refresh_from_db()
    assert (case.tasks_total, str(case.next_deadline)) == (1, "2099-01-02")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"text": ""}, "required"), ({"text": "x" * 301}, "300"), ({"due": "2020-01-01"}, "This day has passed")],
)
def test_bad_tasks_are_refused(advisor, ana, page, wrong, message):
    response = advisor.post(page("add-task", ana.pk), {"text": "Call the school", "due": "", **wrong})
    assert response.status_code == 422
    assert message in response.text
    assert not FirmTask.objects.exists()


def test_ticking_and_opening_again(advisor, task, page):
    assert "Done: Call the school." in advisor.post(page("tick-task", task.pk), {"done": "1"}, follow=True).text
    assert FirmTask.objects.get().done_at
    assert "Open again: Call the school." in advisor.post(page("tick-task", task.pk), {"done": "0"}, follow=True).text
    assert FirmTask.objects.get().done_at is None


def test_a_task_that_the_client_ticked_first(advisor, task, page):
    finish_task(task=task, by=None)
    before = HistoryEntry.objects.count()
    response = advisor.post(page("tick-task", task.pk), {"done": "1"}, follow=True)
    assert "Somebody ticked it before you: Call the school." in response.text
    assert HistoryEntry.objects.count() == before


def test_removing_a_task(advisor, task, page):
    assert "Removed: Call the school." in advisor.post(page("remove-task", task.pk), follow=True).text
    assert not FirmTask.objects.exists()
    assert advisor.post(page("tick-task", task.pk), {"done": "1"}).status_code == 404


def test_a_task_that_was_done_meanwhile_is_not_removed(advisor, task, page):
    finish_task(task=task, by=None)
    response = advisor.post(page("remove-task", task.pk))
    assert response.status_code == 409
    assert "Call the school" in response.text and "open it again first" in response.text
    assert FirmTask.objects.exists()


def test_somebody_who_took_the_access_back_gets_no_tasks(advisor, ana, page):
    ana.revoked_at = timezone.now()
    ana.save()
    assert "Add a task for" not in advisor.get(page("tasks")).text
    assert "took your access back" in advisor.get(page("add-task", ana.pk)).text
    response = advisor.post(page("add-task", ana.pk), {"text": "Call the school"})
    assert response.status_code == 409
    assert "Call the school" in response.text
    assert not FirmTask.objects.exists()
