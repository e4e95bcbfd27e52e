"""What firms write and ask, on the client's checklist and on a page of its own; and the client's answers."""

import datetime

import pytest
from django.urls import reverse

from checklists.firms.casework.services import add_task, answer, ask, finish_task, withdraw, write_message
from checklists.firms.sharing.services import take_back
from checklists.models import Case, Checklist, FirmTask, Message, Request


def url(name, checklist, *rest):
    return reverse(f"sharing:{name}", args=[checklist.token, *rest])


def words(response):
    return " ".join(response.text.split())


@pytest.fixture
def asked(place, firm):
    return ask(person=place, text="Send us your lease, please.", by=firm.advisor, due=datetime.date(2027, 1, 14))


@pytest.fixture
def task(place, firm):
    return add_task(person=place, text="Call us on Monday", by=firm.advisor)


@pytest.fixture
def message(place, firm):
    return write_message(person=place, text="Welcome!\n<b>We begin</b> on Monday.", by=firm.advisor)


def in_order_of_their_days(place, firm):
    """Requests and tasks, neither added nor named in the order in which they are due."""
    for month, due in (
        ("no day", None),
        ("June", datetime.date(2027, 6, 1)),
        ("May", datetime.date(2027, 5, 1)),
    ):
        ask(person=place, text=f"Paper of {month}", by=firm.advisor, due=due)
        add_task(person=place, text=f"Task of {month}", by=firm.advisor, due=due)


class TestOnTheChecklist:
    def test_stand_requests_tasks_and_new_messages(self, client, checklist, asked, task, message):
        page = words(client.get(checklist.get_absolute_url()))
        part = page.partition("From your advisor")[2].partition("All messages, and write yourself")[0]
        assert "Read 1 new message" in part
        assert "Send us your lease, please." in part
        assert '<time class="row__when" datetime="2027-01-14"><b>14 Jan</b>Thursday</time>' in part
        assert "Call us on Monday" in part
        assert "We begin" not in part

    def test_stands_nothing_without_news(self, client, checklist, place):
        assert "From your advisor" not in client.get(checklist.get_absolute_url()).text

    def test_stands_nothing_after_taking_back(self, client, checklist, place, asked, message):
        take_back(place=place)
        assert "From your advisor" not in client.get(checklist.get_absolute_url()).text

    def test_stands_nothing_of_it_for_the_firm(self, client, place, firm, asked):
        client.force_login(firm.advisor)
        assert "From your advisor" not in client.get(reverse("checklists:checklist", args=[place.door])).text

    def test_task_is_ticked_and_leads_back(self, client, checklist, task):
        address = f"{url('tick-task', checklist, task.pk)}?list=1"
        assert address in client.get(checklist.get_absolute_url()).text
        response = client.post(address, {"done": "1"})
        assert response.url == f"{checklist.get_absolute_url()}#firms"
        task.refresh_from_db()
        assert task.done_at
        client.post(address, {"done": "0"})
        task.refresh_from_db()
        assert task.done_at is None

    def test_what_has_a_day_stands_before_what_has_none(self, client, checklist, place, firm):
        in_order_of_their_days(place, firm)
        page = words(client.get(checklist.get_absolute_url()))
        asked = [page.index(text) for text in ("Paper of May", "Paper of June", "Paper of no day")]
        tasks = [page.index(text) for text in ("Task of May", "Task of June", "Task of no day")]
        assert (asked, tasks) == (sorted(asked), sorted(tasks))

    def test_takes_as_many_queries_however_much_there_is(
        self, client, checklist, place, firm, django_assert_num_queries
    ):
        for number in range(4):
            ask(person=place, text=f"Paper {number}", by=firm.advisor)
            add_task(person=place, text=f"Task {number}", by=firm.advisor)
            write_message(person=place, text=f"Message {number}", by=firm.advisor)
        client.get(checklist.get_absolute_url())
        with django_assert_num_queries(7):
            client.get(checklist.get_absolute_url())


class TestPage:
    def test_shows_what_was_written_safely(self, client, checklist, message):
        page = client.get(url("messages", checklist)).text
        assert "Welcome!<br>&lt;b&gt;We begin&lt;/b&gt; on Monday." in page

    def test_what_is_open_stands_before_what_is_done_and_days_before_none(self, client, checklist, place, firm):
        finish_task(task=add_task(person=place, text="Task that is done", by=firm.advisor), by=None)
        in_order_of_their_days(place, firm)
        page = words(client.get(url("messages", checklist)))
        asked = [page.index(text) for text in ("Paper of May", "Paper of June", "Paper of no day")]
        done = [page.index(text) for text in ("Task of May", "Task of June", "Task of no day", "Task that is done")]
        assert (asked, done) == (sorted(asked), sorted(done))

    def test_looking_marks_nothing_as_read(self, client, checklist, message, place):
        client.get(url("messages", checklist))
        assert Message.objects.unread().exists()
        page = client.post(url("read", checklist, place.pk), follow=True)
        assert "I have read this" not in page.text
        assert not Message.objects.unread().exists()

    def test_answering_a_message_reads_it(self, client, checklist, message, place):
        page = client.post(url("write", checklist, place.pk), {"text": "Thank you.\r\nSee you."}, follow=True)
        assert "Sent to Move Well." in page.text
        assert "Thank you.<br>See you." in page.text
        assert not Message.objects.unread().filter(from_client=False).exists()
        assert Case.objects.get().waiting_for == "firm"

    @pytest.mark.parametrize(
        ("text", "why"), [(" ", "Write something first."), ("x" * 4001, "at most 4000 characters")]
    )
    def test_bad_message_is_kept_and_not_sent(self, client, checklist, place, text, why):
        response = client.post(url("write", checklist, place.pk), {"text": text})
        assert response.status_code == 422
        assert why in response.text
        assert text.strip() in response.text
        assert not Message.objects.exists()

    def test_request_is_answered(self, client, checklist, asked):
        assert "They ask for: Send us your lease" in client.get(url("messages", checklist)).text
        page = client.post(url("answer", checklist, asked.pk), {"text": "It is in the post."}, follow=True)
        assert "Your answer is sent: Send us your lease, please." in page.text
        asked.refresh_from_db()
        assert asked.answer == "It is in the post."

    def test_empty_answer_is_refused(self, client, checklist, asked):
        assert client.post(url("answer", checklist, asked.pk), {"text": ""}).status_code == 422
        assert Request.objects.open().exists()

    @pytest.mark.parametrize("how", ["answered", "withdrawn"])
    def test_request_that_ended_meanwhile_keeps_what_was_typed(self, client, checklist, asked, firm, how):
        if how == "answered":
            answer(request=asked, text="Came by post.", by=firm.advisor)
        else:
            withdraw(request=asked, by=firm.advisor)
        response = client.post(url("answer", checklist, asked.pk), {"text": "Here it is."})
        assert response.status_code == 409
        assert "Here it is." in response.text
        assert ("Came by post." in response.text) == (how == "answered")
        asked.refresh_from_db()
        assert asked.answer != "Here it is."

    def test_says_so_when_no_firm_is_in(self, client, checklist):
        page = client.get(url("messages", checklist))
        assert "there is nobody to write to" in page.text

    def test_task_that_the_firm_removed_says_so(self, client, checklist, task):
        FirmTask.objects.all().delete()
        response = client.post(url("tick-task", checklist, task.pk), {"done": "1"})
        assert response.status_code == 404
        assert "The firm has taken this task off your list." in response.text


class TestAnybodyElse:
    @pytest.fixture
    def rows(self, place, asked, task):
        return {"write": place.pk, "read": place.pk, "answer": asked.pk, "tick-task": task.pk}

    @pytest.mark.parametrize("name", ["write", "read", "answer", "tick-task"])
    @pytest.mark.parametrize("who", ["another client", "the firm", "the client after taking back"])
    def test_changes_nothing(self, client, checklist, place, firm, rows, message, name, who):
        token = checklist.token
        if who == "another client":
            token = Checklist.objects.start(answers={}, edition=1).token
        elif who == "the firm":
            client.force_login(firm.owner)
            token = place.door
        else:
            take_back(place=place)
        address = reverse(f"sharing:{name}", args=[token, rows[name]])
        assert client.post(address, {"text": "Hello", "done": "1"}).status_code == 404
        assert Message.objects.count() == 1 and Message.objects.unread().exists()
        assert Request.objects.open().exists() and FirmTask.objects.open().exists()

    @pytest.mark.parametrize("name", ["write", "read", "answer", "tick-task"])
    def test_buttons_only_take_a_post(self, client, checklist, rows, name):
        assert client.get(url(name, checklist, rows[name])).status_code == 405

    def test_firm_does_not_read_the_clients_page(self, client, place, firm):
        client.force_login(firm.owner)
        assert client.get(reverse("sharing:messages", args=[place.door])).status_code == 404
