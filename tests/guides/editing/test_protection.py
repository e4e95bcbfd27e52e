"""What others refer to is not deleted by accident."""

import pytest

from guides.models import Document, Fact, Guide, Procedure, Source
from tests.guides.forms import page


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.mark.parametrize(
    ("model", "key", "named"),
    [
        (Fact, "nif.fee", {"nif", "work-in-portugal", "nif.what"}),
        (Fact, "nif.what", {"nif", "niss", "nif-document", "pension-age", "portal-page", "bank"}),
        (Document, "passport", {"nif"}),
        (Source, "blog", {"nif.what", "nif.fee"}),
        (Guide, "live-in-portugal", {"work-in-portugal"}),
        (Procedure, "niss", {"work-in-portugal"}),
    ],
)
def test_an_entry_that_is_named_cannot_be_deleted(browser, working_copy, model, key, named):
    row = model.objects.get(key=key)
    response = browser.get(page(model, "delete", row.pk))
    told = "".join(response.context_data["protected"])
    assert all(f">{name}<" in told for name in named)
    assert told.count("<a ") == len(named)
    seen = response.context_data["seen"]
    assert browser.post(page(model, "delete", row.pk), {"post": "yes", "_seen": seen}).status_code == 200
    assert model.objects.filter(key=key).exists()


def test_an_entry_that_only_the_edition_names_is_deleted_after_a_word(browser, edition):
    Guide.objects.get(key="work-in-portugal").related.clear()
    row = Guide.objects.get(key="live-in-portugal")
    response = browser.get(page(Guide, "delete", row.pk))
    assert "The current edition names it." in response.text
    assert "guides work-in-portugal" in response.text
    seen = response.context_data["seen"]
    assert browser.post(page(Guide, "delete", row.pk), {"post": "yes", "_seen": seen}).status_code == 302
    assert not Guide.objects.filter(key="live-in-portugal").exists()
