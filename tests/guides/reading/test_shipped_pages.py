"""Every page of the shipped content: it opens, its links lead somewhere, and its notes exist."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from guides.reading import library
from guides.reading.addresses import address, report_url
from tests.shipped import shipped_catalogue

ENTRIES = [
    (kind, key)
    for kind, section in (("guide", "guides"), ("procedure", "procedures"), ("document", "documents"))
    for key in getattr(shipped_catalogue(), section)
]


@pytest.mark.django_db
def test_every_entry_has_a_sound_page(client, published):
    paths = {address(published, kind, key) for kind, key in ENTRIES}
    paths |= {reverse(f"guides:{name}") for name in ("guides", "sources", "about")}
    paths |= {report_url(procedure) for procedure in published.procedures.values()}
    paths |= {reverse("guides:country", args=[key]) for key in published.countries}
    for path in sorted(paths):
        page = client.get(path)
        assert page.status_code == 200, path
        assert problems(page.text, paths) == [], path


def problems(text, paths):
    ids = Counter(re.findall(r'\sid="([^"]*)"', text))
    twice = [f"two elements are called {name}" for name, times in ids.items() if times > 1]
    local = re.findall(r'href="#([^"]+)"|popovertarget="([^"]+)"|aria-labelledby="([^"]+)"', text)
    missing = [f"nothing is called {name}" for names in local for name in names if name and name not in ids]
    links = set(re.findall(r'href="(/(?:guides|procedures|documents)/[^"#]*)', text))
    return [*twice, *missing, *(f"{link} does not exist" for link in links - paths)]


@pytest.mark.django_db
def test_guides_use_no_syntax_that_is_left_over(published):
    """What Markdown did not understand stands on the page as it was written."""
    for key in published.guides:
        for part in library().guide(key).body.parts:
            assert not re.search(r":::|\[\^|\]\(|\*\*|\{(procedure|lang)", part.text), f"{key}: {part.text}"


@pytest.mark.django_db
@pytest.mark.parametrize("country", ["es", "pt"])
def test_guides_speak_of_the_procedures_that_they_name(published, country):
    for page in library().guides_of(country):
        assert set(page.parts_by_procedure) <= set(page.guide.procedures), page.guide.key
