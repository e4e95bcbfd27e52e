import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def a_new_day():
    """Nothing is counted yet."""
    cache.clear()


@pytest.fixture
def client_of():
    """Makes a further browser, in which somebody is signed in."""

    def come(user):
        client = Client()
        client.force_login(user)
        return client

    return come
