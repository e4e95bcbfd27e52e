"""What each edition changed, as JSON and as a feed."""

import pytest

from guides.editions.publishing import publish
from guides.models import Edition, Procedure

pytestmark = pytest.mark.django_db

FEED = "/open-data/changes.atom"


def changes(number):
    return f"/open-data/editions/{number}/changes.json"


@pytest.fixture
def second(edition):
    """Another edition, after the first: one procedure has another name, one is gone."""
    Procedure.objects.filter(key="nif").update(name="Ask for a tax number")
    return publish(actor=None, note="A better name.")


def test_the_first_adds_everything(client, edition):
    told = client.get(changes(1)).json()
    assert (told["edition"], told["before"], told["changed"], told["removed"]) == (1, None, [], [])
    assert {"section": "procedures", "key": "nif", "name": "Get a tax number"} in told["added"]


def test_later_ones_tell_what_is_new_with_names_fields_and_note(client, second):
    told = client.get(changes(2)).json()
    assert (told["edition"], told["before"], told["note"]) == (2, 1, "A better name.")
    assert told["published_at"] == second.published_at.isoformat()
    assert told["changed"] == [
        {"section": "procedures", "key": "nif", "name": "Ask for a tax number", "fields": ["name"]}
    ]
    assert (told["added"], told["removed"]) == ([], [])


def test_the_feed_has_an_entry_for_each_edition_with_its_note(client, second):
    answer = client.get(FEED)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert answer.text.count("<entry>") == 2
    first = answer.text.partition("<entry>")[2].partition("</entry>")[0]
    assert "Edition 2" in first
    assert "A better name. 0 entries added, 1 changed, 0 removed." in first
    assert changes(2) in first


def test_may_be_read_by_any_site_and_need_not_be_sent_twice(client, second):
    answer = client.get(changes(2))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(changes(2), headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get(FEED).headers["Access-Control-Allow-Origin"] == "*"


def test_an_edition_that_is_none_or_cannot_be_read(client, edition):
    assert client.get(changes(9)).status_code == 404
    Edition.objects.create(number=2, content='{"procedures": 1}', digest="0" * 64)
    assert client.get(changes(2)).status_code == 404


def test_the_page_and_the_list_for_programs_lead_there(client, second):
    assert f'href="{FEED}"' in client.get("/open-data/").text
    assert client.get("/open-data/editions.json").json()["editions"][0]["changes"].endswith(changes(2))
