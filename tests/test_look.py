"""Promises of the look: nothing inline, enough contrast in both themes, error pages that need nothing."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from relocation.gallery import samples

ROOT = Path(settings.BASE_DIR)
# Mail is shown by mail programs, without the site's policy and its stylesheets.
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*.html") if path.parent.name != "emails")
STYLESHEET = ROOT / "relocation/static/css/site.css"
ERRORS = ("400", "403", "404", "409", "413", "422", "429", "500")

TEXT_ON_GROUND = [
    *product(["ink", "ink-soft", "accent", "accent-strong", "signal"], ["paper", "surface", "sunken"]),
    ("on-accent", "accent"),
    ("on-signal", "signal"),
    ("paper", "ink-soft"),
    ("accent", "accent-soft"),
    ("accent-strong", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink-soft", "accent-soft"),
    ("ink", "caution-soft"),
    ("ink", "signal-soft"),
    ("caution", "caution-soft"),
    ("signal", "signal-soft"),
    ("good", "good-soft"),
    ("on-hero", "hero"),
    ("on-hero-soft", "hero"),
]
PARTS_ON_GROUND = product(["line-strong", "accent", "signal"], ["paper", "surface"])


FORBIDDEN = (re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:"), re.compile(r"<script(?![^>]*\bsrc=)"))


def test_templates_hold_nothing_that_the_policy_forbids():
    texts = {str(path.relative_to(ROOT / "templates")): path.read_text() for path in TEMPLATES}
    assert [
        f"{name}: {found[0]}" for name, text in texts.items() for rule in FORBIDDEN for found in rule.finditer(text)
    ] == []
    assert [name for name, text in texts.items() if len(text.splitlines()) >= 200] == []


@pytest.mark.parametrize("code", ERRORS)
def test_error_pages_need_neither_context_nor_database(code):
    page = render_to_string(f"{code}.html")
    assert "What is safe" in page
    assert "What to do next" in page


def colours(theme):
    found = re.findall(r"^  --([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);", STYLESHEET.read_text(), re.M)
    return {name: dark if theme == "dark" else light for name, light, dark in found}


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("needed", "pairs"), [(4.5, TEXT_ON_GROUND), (3, list(PARTS_ON_GROUND))])
def test_colours_stand_out_from_their_ground(theme, needed, pairs):
    palette = colours(theme)
    weak = {pair: round(contrast(palette[pair[0]], palette[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < needed} == {}


def test_browsers_without_light_dark_get_every_colour_of_the_light_theme():
    fallback = STYLESHEET.read_text().split("@supports not", 1)[1].split("\n}\n", 1)[0]
    named = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", fallback))
    assert named == colours("light")


@pytest.mark.django_db
def test_the_gallery_draws_every_component(rf):
    request = rf.get("/components/")
    page = render_to_string("components/gallery.html", {"theme": "light", "sample": samples()}, request)
    assert page.count('class="doc') > 2
    assert 'lang="es">Certificado de empadronamiento' in page
    assert 'popovertarget="note.sample-1"' in page
