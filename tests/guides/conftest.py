import pytest

from guides.catalogue.editions import publish
from guides.catalogue.loading import load
from guides.catalogue.working_copy import snapshot

from .small import small_catalogue


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
