import gc

import hypothesis
import pytest
from django.conf import settings

# Nothing in the suite is timed: a busy machine must not fail a test.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


def pytest_configure():
    # A real password hash takes longer than most tests.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# Whoever asks for one of these, however indirectly, reads or writes the database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(items):
    """Every case that uses a database gets the marker ``database``: only those can differ on another one."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames):
            item.add_marker("database")


def pytest_collection_finish():
    """What is loaded by now stays to the end: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_report_header():
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


REPORTED = {"not met": "soft expectations that are not met", "figure": "figures of people with known cases"}


def pytest_terminal_summary(terminalreporter):
    """What the shipped content does for known people, and soft expectations that it does not meet; it fails nothing."""
    reports = terminalreporter.stats.get("passed", [])
    found = [row for report in reports for row in getattr(report, "user_properties", ())]
    for name, title in REPORTED.items():
        if texts := {text for key, text in found if key == name}:
            terminalreporter.section(title)
            terminalreporter.write_line("\n".join(sorted(texts)))


@pytest.fixture(autouse=True)
def no_edition_of_another_test():
    """The process remembers the current edition for a while; the database of the last test is gone."""
    from guides.editions import publishing

    publishing.forget()


@pytest.fixture(autouse=True)
def nothing_cached_of_another_test():
    """What is cached for a state of a firm: the next test has other cases under the same keys."""
    from checklists import caching

    caching.clear()


@pytest.fixture
def published(db):
    """The shipped catalogue as the current edition, without a working copy behind it."""
    from guides.editions.publishing import current
    from guides.models import Edition
    from tests.shipped import shipped_edition

    Edition.objects.create(**shipped_edition())
    return current()


@pytest.fixture
def somebody(db):
    """Makes somebody with an account and a second factor, as staff and firms must have."""
    from tests.people import somebody

    return somebody


@pytest.fixture
def admin_user(somebody):
    """The superuser behind pytest-django's ``admin_client``."""
    return somebody("superuser@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def in_role(somebody):
    """Makes somebody of the staff with one of the roles."""
    from django.contrib.auth.models import Group

    def make(role, name):
        user = somebody(name, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def editor(in_role):
    return in_role("Editors", "editor@example.org")


@pytest.fixture
def publisher(in_role):
    return in_role("Publishers", "publisher@example.org")


@pytest.fixture
def firm(db):
    """A firm of advisors: its ``organisation``, ``owner``, ``advisor`` and ``viewer``; ``case(name)`` opens a case."""
    from tests.people import Firm

    return Firm()


@pytest.fixture
def other_firm(db):
    """Another firm, which sees nothing of the first."""
    from tests.people import Firm

    return Firm("Far Away")
