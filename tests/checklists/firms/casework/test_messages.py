import pytest
from django.utils import timezone

from checklists.firms.casework.services import read_messages, write_message
from checklists.models import AnswerTemplate, HistoryEntry


@pytest.fixture
def talk(page, ana):
    return page("messages-with", ana.pk)


@pytest.fixture
def template(firm):
    text = "Dear {client}, {advisor} of {firm} here. Next: {next_step} by {deadline}."
    return AnswerTemplate.objects.create(organisation=firm.organisation, name="Hello", text=text)


def test_an_advisor_writes_and_the_client_finds_it(advisor, firm, ana, talk):
    response = advisor.post(talk, {"text": "Hello Ana,\r\nwelcome!"}, follow=True)
    assert "Sent. Ana Silva finds it on the checklist." in response.text
    assert "Hello Ana,<br>welcome!" in response.text
    message = ana.messages.get()
    assert (message.text, message.author, message.from_client) == ("Hello Ana,\nwelcome!", firm.advisor, False)


@pytest.mark.parametrize("text", ["", "  \r\n ", "x" * 4001, "NUL \x00"])
def test_bad_text_is_refused_and_kept(advisor, ana, talk, text):
    response = advisor.post(talk, {"text": text})
    assert response.status_code == 422
    assert "What you typed is still here." in response.text
    assert text.strip()[:4000] in response.text
    assert not ana.messages.exists()


def test_4000_characters_of_several_lines_are_short_enough(advisor, ana, talk):
    assert advisor.post(talk, {"text": "\r\n".join(["x" * 99] * 40)}).status_code == 302
    assert len(ana.messages.get().text) == 3999


def test_markup_stays_text(advisor, ana, talk):
    write_message(person=ana, text="<script>alert(1)</script>", by=None)
    assert "<script>alert" not in advisor.get(talk).text


def test_opening_the_conversation_reads_it_but_not_for_viewers(client, firm, ana, talk):
    write_message(person=ana, text="Hello", by=None)
    client.force_login(firm.viewer)
    assert ">new<" in client.get(talk).text
    assert ana.messages.unread().exists()
    client.force_login(firm.advisor)
    assert ">new<" in client.get(talk).text
    assert not ana.messages.unread().exists()
    assert ">new<" not in client.get(talk).text


def test_the_firm_sees_whether_the_client_has_read_it(advisor, firm, ana, talk):
    write_message(person=ana, text="Hello", by=firm.advisor)
    assert "not read yet" in advisor.get(talk).text
    read_messages(person=ana, by_client=True)
    assert "read on" in advisor.get(talk).text


def test_the_conversation_with_whoever_wrote_comes_first(advisor, firm, case, ana, page):
    from checklists.firms.cases.services import add_person

    ben = add_person(case=case, name="Ben Silva", by=firm.advisor)
    assert advisor.get(page("messages")).headers["Location"] == page("messages-with", ana.pk)
    write_message(person=ben, text="Hello", by=None)
    assert advisor.get(page("messages")).headers["Location"] == page("messages-with", ben.pk)


def test_a_long_conversation_is_read_in_parts(advisor, ana, talk):
    for number in range(35):
        write_message(person=ana, text=f"Message number {number}.", by=None)
    text = advisor.get(talk).text
    assert "number 34." in text and "number 5." in text and "number 4." not in text
    earlier = text.partition('href="?before=')[2].partition('"')[0]
    text = advisor.get(f"{talk}?before={earlier}").text
    assert "number 4." in text and "number 5." not in text and "?before=" not in text
    assert advisor.get(f"{talk}?before=x").status_code == 200


def test_a_template_fills_in_what_is_known(advisor, case, talk, template):
    case.next_step = "Register at the town hall"
    case.save()
    text = advisor.get(f"{talk}?template={template.pk}").text
    assert "Dear Ana Silva, Adam Advisor of Move Well here. Next: Register at the town hall by {deadline}." in text


def test_a_field_that_nobody_filled_in_is_not_sent(advisor, ana, talk):
    response = advisor.post(talk, {"text": "By {deadline}, in the {blue} folder"})
    assert response.status_code == 422
    assert "Replace {deadline} first" in response.text
    assert advisor.post(talk, {"text": "In the {blue} folder"}).status_code == 302


@pytest.mark.parametrize("number", ["x", "0", "99999", "9" * 30])
def test_a_template_that_is_not_there(advisor, talk, number):
    assert advisor.get(f"{talk}?template={number}").status_code == 404


def test_a_template_of_another_firm_is_not_there(advisor, talk, other_firm):
    theirs = AnswerTemplate.objects.create(organisation=other_firm.organisation, name="Theirs", text="Secret")
    assert advisor.get(f"{talk}?template={theirs.pk}").status_code == 404


def test_somebody_who_took_the_access_back_cannot_be_written_to(advisor, ana, talk):
    ana.revoked_at = timezone.now()
    ana.save()
    text = advisor.get(talk).text
    assert "Ana Silva took your access back" in text
    assert "<textarea" not in text
    before = HistoryEntry.objects.count()
    response = advisor.post(talk, {"text": "A long letter"})
    assert response.status_code == 409
    assert "A long letter" in response.text and "This was not sent" in response.text
    assert (ana.messages.count(), HistoryEntry.objects.count()) == (0, before)


def test_a_case_without_people_says_so(advisor, case, ana, page):
    ana.delete()
    assert "Add a person" in advisor.get(page("messages")).text
