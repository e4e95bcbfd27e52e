import pytest

from guides.editions.loading import load
from guides.editions.publishing import publish
from guides.editions.working_copy import snapshot

from .full import full_catalogue
from .small import small_catalogue


@pytest.fixture
def full():
    """A catalogue that uses every field of the schema."""
    return full_catalogue()


@pytest.fixture
def small():
    return small_catalogue()


@pytest.fixture
def working_copy(db, small):
    """The small catalogue in the database, not published."""
    load(small)
    return snapshot


@pytest.fixture
def edition(working_copy):
    return publish(actor=None, note="The first")
