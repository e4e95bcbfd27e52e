"""A document as it is read: who gives it, who asks for it, what does as well."""

import pytest

from tests.guides.reading_pages import DOCUMENT, PROCEDURE, publish

pytestmark = pytest.mark.django_db


def test_document_says_who_gives_it_and_who_asks_for_it(text):
    page = text(DOCUMENT)
    assert "The tax authority" in page
    assert "for ever" in page
    given, asked = page[page.index('id="given"') : page.index('id="asked"')], page[page.index('id="asked"') :]
    assert PROCEDURE in given
    assert PROCEDURE in asked


def test_document_of_every_country_names_none(text):
    page = text("/documents/passport/")
    assert "Portugal" in page[page.index('id="asked"') :]
    assert '<a href="/guides/portugal/">' not in page


def test_documents_that_stand_for_each_other(client, full):
    publish(full)
    passport, identity = (client.get(f"/documents/{key}/").text for key in ("passport", "identity-document"))
    assert "/documents/identity-document/" in passport[passport.index('id="stands"') :]
    instead = identity[identity.index('id="instead"') :]
    assert '<a href="/documents/passport/">Passport</a>' in instead
    assert "your checklist says whether in yours" in instead
    assert 'popovertarget="' in instead
