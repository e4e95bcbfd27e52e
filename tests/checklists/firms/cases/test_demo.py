"""The invented firm of a development machine."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from checklists.firms.history.verifying import verify
from checklists.management.commands.demo_accounts import PEOPLE
from checklists.models import Case, Checklist, Organisation, OutgoingMail, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(settings, published):
    settings.DEBUG = True
    settings.NO_SECOND_FACTOR = {email for _role, email, _password, _name in PEOPLE}
    call_command("demo_accounts", verbosity=0)
    return Organisation.objects.get()


def test_forty_cases_that_are_worth_looking_at(firm):
    cases = firm.cases.all()
    assert cases.count() == 40
    assert {case.stage for case in cases} == set(firm.stages.all())
    assert {case.waiting_for for case in cases} == {"", "client", "office", "firm"}
    assert {case.priority for case in cases} == {1, 2, 3}
    assert cases.filter(next_deadline__lt=firm.today()).exists()
    assert cases.filter(next_deadline__gt=firm.today(), progress__range=(1, 99)).exists()
    assert cases.filter(assignee=None).exists()
    household = cases.get(people__name="Rosa Kiala")
    assert (household.people.count(), household.shared_documents.count()) == (3, 2)


def test_once_is_enough_and_the_history_is_whole(firm, capsys):
    before = Case.objects.count(), Checklist.objects.count(), User.objects.count()
    call_command("demo_accounts")
    assert (Case.objects.count(), Checklist.objects.count(), User.objects.count()) == before
    assert verify(firm).broken is None
    out = capsys.readouterr().out
    assert all(email in out and password in out for _role, email, password, _name in PEOPLE)


def test_nobody_is_written_to(firm, mailoutbox):
    assert mailoutbox == []
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("who", ["advisor@example.org", "owner@example.org"])
def test_who_works_there_sees_the_cases(firm, client, who):
    client.force_login(User.objects.get(email=who))
    response = client.get(reverse("board:cases", args=[firm.slug]))
    assert response.status_code == 200
    for case in firm.cases.all()[:8]:
        assert client.get(case.get_absolute_url()).status_code == 200


def test_the_client_finds_their_own_checklist(firm, client):
    user = User.objects.get(email="client@example.org")
    client.force_login(user)
    (checklist,) = Checklist.objects.owned_by(user)
    assert client.get(reverse("account")).status_code == 200
    assert client.get(checklist.get_absolute_url()).status_code == 200
