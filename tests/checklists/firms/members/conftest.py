import pytest
from django.test import Client


@pytest.fixture
def client_of():
    """Makes a further browser, in which somebody is signed in."""

    def come(user):
        client = Client()
        client.force_login(user)
        return client

    return come
