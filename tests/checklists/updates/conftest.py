import pytest
from django.utils import timezone

from checklists.models import Subscription
from checklists.updates.rollouts import tell_everybody
from tests.checklists.publishing import FIRST, SECOND, publish, somebody


@pytest.fixture
def first(db):
    """The edition from which everybody starts."""
    return publish(FIRST)


@pytest.fixture
def checklist(first):
    """A checklist that the second edition changes."""
    return somebody()


@pytest.fixture
def subscription(checklist):
    """Its confirmed address."""
    return Subscription.objects.create(checklist=checklist, email="ana@example.org", confirmed_at=timezone.now())


@pytest.fixture
def told(checklist):
    """The notice of the second edition."""
    publish(SECOND)
    tell_everybody()
    return checklist.notices.get()
