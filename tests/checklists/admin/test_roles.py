"""Who may edit and who may publish, and the accounts to try it with."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from checklists.management.commands.demo_accounts import ACCOUNTS
from checklists.models import Persona
from checklists.planning import plan_answers
from guides import clock

pytestmark = pytest.mark.django_db


def demo_accounts():
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def test_demo_accounts_work_once_and_again(settings, client, django_user_model):
    settings.DEBUG = True
    assert demo_accounts() == demo_accounts()
    for role, email, password in ACCOUNTS:
        assert client.login(username=email, password=password)
        assert [group.name for group in django_user_model.objects.get(username=email).groups.all()] == [role]


def test_demo_personas_are_made_once_and_can_be_planned_for(settings, published):
    settings.DEBUG = True
    demo_accounts()
    made = {persona.name: persona for persona in Persona.objects.all()}
    for persona in made.values():
        assert plan_answers(published, persona.answers, persona.day or clock.today()).procedures
    Persona.objects.exclude(name=min(made)).delete()
    demo_accounts()
    assert [persona.name for persona in Persona.objects.all()] == [min(made)]


def test_demo_accounts_are_for_development_only(settings, django_user_model):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DJANGO_DEBUG"):
        demo_accounts()
    assert not django_user_model.objects.exists()


def test_only_publishers_publish(editor, publisher):
    assert publisher.has_perm("guides.publish_edition")
    assert not editor.has_perm("guides.publish_edition")


@pytest.mark.parametrize("name", ["guides.change_procedure", "guides.preview_draft", "checklists.add_persona"])
def test_both_edit_and_preview(editor, publisher, name):
    assert editor.has_perm(name)
    assert publisher.has_perm(name)


@pytest.mark.parametrize("name", ["guides.change_edition", "guides.delete_edition", "checklists.view_checklist"])
def test_nobody_changes_editions_or_reads_checklists(editor, publisher, name):
    assert not editor.has_perm(name)
    assert not publisher.has_perm(name)
