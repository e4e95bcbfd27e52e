import pytest

from tests.guides.reading_pages import publish, reading_catalogue


@pytest.fixture
def text(client, db):
    """The text of a page of the published catalogue."""
    publish(reading_catalogue())

    def read(path):
        page = client.get(path)
        assert page.status_code == 200
        return page.text

    return read
