"""Editions of the small catalogue, published without a working copy; and people whom their changes concern."""

import hashlib

from checklists.models import Checklist
from guides.catalogue.schema import Catalogue
from guides.editions import publishing
from guides.editions.publishing import edition_published
from guides.models import Edition
from tests.guides.small import changed, small_catalogue

# Without a question about the arrival, everything in it can be done from anywhere.
FIRST = changed(small_catalogue(), "procedures", "niss", place="anywhere")
# "niss" now concerns those who are there.
SECOND = changed(FIRST, "procedures", "niss", required_when="here")
THIRD = changed(SECOND, "procedures", "niss", name="Ask for a Social Security number")


def publish(catalogue: Catalogue, **fields) -> Edition:
    """Make the catalogue the current edition, as publishing does."""
    content = catalogue.model_dump_json(exclude_defaults=True)
    before = Edition.objects.count()
    edition = Edition.objects.create(
        number=before + 1, content=content, digest=hashlib.sha256(content.encode()).hexdigest(), **fields
    )
    publishing.forget()
    edition_published.send(Edition, edition=edition, before=before)
    return edition


def somebody(*, here=True, **answers):
    """A checklist that saw the current edition; ``here`` decides whether the second one concerns it."""
    return Checklist.objects.start(answers={"destination": "pt", "stay_months": 3, "here": here, **answers}, edition=1)
