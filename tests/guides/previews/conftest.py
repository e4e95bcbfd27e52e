import pytest

from guides.models import Procedure

NEW_NAME = "Fetch a tax number"


@pytest.fixture
def changed_draft(edition):
    """The small catalogue as edition 1, and a draft in which a procedure has another name."""
    Procedure.objects.filter(key="nif").update(name=NEW_NAME)
    return edition


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client
