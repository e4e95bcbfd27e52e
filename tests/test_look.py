"""Promises of the look: nothing inline, values in one place, nothing unused, enough contrast in both themes."""

import gzip
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
CSS = ROOT / "relocation/static/css"
TOKENS = CSS / "tokens.css"
FONTS = ROOT / "relocation/static/fonts"
ERRORS = ("400", "403", "404", "409", "413", "422", "429", "500")

TEXT_ON_GROUND = [
    *product(["ink", "ink-soft", "accent", "accent-strong", "signal"], ["paper", "surface", "sunken"]),
    ("on-accent", "accent"),
    ("paper", "ink-soft"),
    ("accent", "accent-soft"),
    ("accent-strong", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink-soft", "accent-soft"),
    ("ink", "caution-soft"),
    ("ink", "signal-soft"),
    ("caution", "caution-soft"),
    ("signal", "signal-soft"),
    ("done", "done-soft"),
    ("done", "surface"),
    ("ink", "done-soft"),
    ("on-hero", "hero"),
    ("on-hero-soft", "hero"),
]
# Frames, rings and arrows, and the ticks in their boxes.
PARTS_ON_GROUND = [
    *product(["line-strong", "accent", "signal", "done", "ink-soft"], ["paper", "surface"]),
    ("on-accent", "accent"),
    ("on-done", "done"),
]


# Stands on every page already, or shows only on paper.
LIBRARY = {"visually-hidden", "print-only"}
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
    found = re.findall(r"^    --([a-z-]+): light-dark\((#[0-9a-f]+), (#[0-9a-f]+)\);", TOKENS.read_text(), re.M)
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
@pytest.mark.parametrize(("needed", "pairs"), [(4.5, TEXT_ON_GROUND), (3, PARTS_ON_GROUND)])
def test_colours_stand_out_from_their_ground(theme, needed, pairs):
    palette = colours(theme)
    weak = {pair: round(contrast(palette[pair[0]], palette[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < needed} == {}


def test_browsers_without_light_dark_get_every_colour_of_the_light_theme():
    fallback = TOKENS.read_text().split("@supports not", 1)[1].split("\n    }\n", 1)[0]
    named = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", fallback))
    assert named == colours("light")


# What only tokens.css may hold: colours, sizes and weights of type, corners; and what no stylesheet may.
VALUES = {
    "a colour": re.compile(r"#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|color-mix)\(", re.I),
    "a size of type": re.compile(r"font-size: (?!var\(|inherit|1em|0\.8em)|font: (?!inherit|var\()"),
    "a weight": re.compile(r"font-weight: (?!var\(|inherit)"),
    "a corner": re.compile(r"border-radius: (?!(var\([^)]+\)|0|50%|inherit| )+;)"),
    "a shadow": re.compile(r"box-shadow: (?!var\(|inset|none)"),
    "force": re.compile(r"!important"),
    "an id": re.compile(r"^\s*[^@/{]*(?<![\w-])#[a-z][\w-]*[^;]*\{", re.M),
}


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_only_the_tokens_have_values(path):
    text = re.sub(r"/\*.*?\*/|@font-face \{.*?\}", "", path.read_text(), flags=re.S)
    kinds = ["force", "an id"] if path == TOKENS else VALUES
    assert [f"{kind}: {found[0]}" for kind in kinds for found in VALUES[kind].finditer(text)] == []


@pytest.mark.parametrize("path", sorted(CSS.glob("*.css")), ids=lambda path: path.stem)
def test_every_rule_stands_in_a_layer(path):
    """What is in no layer wins over all that is in one."""
    text = re.sub(r"/\*.*?\*/|@font-face \{.*?\}|^@layer [\w, ]+;$", "", path.read_text(), flags=re.S | re.M)
    depth = 0
    outside = []
    for line in text.splitlines():
        if depth == 0 and line.strip() and not line.startswith("@layer "):
            outside.append(line)
        depth += line.count("{") - line.count("}")
    assert outside == []


def test_few_breakpoints():
    """In between, the parts find their width by themselves."""
    texts = "".join(path.read_text() for path in CSS.glob("*.css"))
    assert set(re.findall(r"@media [^{]*width[^\d{]*([^){]+)", texts)) <= {"30em", "48em", "64em"}


PAGES = [[], ["list"], ["list", "questions"], ["list", "calendar"], ["reading"], ["board"]]


@pytest.mark.parametrize("own", PAGES)
def test_a_first_visit_is_small(own):
    """The stylesheets of a page as they are sent, compressed; and the fonts, which are so already."""
    sheets = [CSS / f"{name}.css" for name in ("tokens", "base", "layout", "parts", "print", *own)]
    assert sum(len(gzip.compress(path.read_bytes())) for path in sheets) <= 15_000
    if own[:1] == ["list"]:
        assert sum(path.stat().st_size for path in sheets) <= 46_000
    assert sum(path.stat().st_size for path in FONTS.glob("*.woff2") if "extended" not in path.stem) <= 60_000


def classes_of(path):
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(), flags=re.S)
    return set(re.findall(r"\.([a-z][\w-]*)", text))


def test_every_class_of_a_stylesheet_is_used():
    places = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "relocation/static/js").glob("*.js")]
    places += [path for app in ("guides", "checklists", "relocation") for path in (ROOT / app).rglob("*.py")]
    words = set(re.findall(r"[a-z][\w-]*", "\n".join(path.read_text() for path in places)))
    # "state--{{ task.state }}" uses all of its kinds.
    starts = {word for word in words if word.endswith(("--", "__"))}
    named = {name for path in CSS.glob("*.css") for name in classes_of(path)}
    assert sorted(name for name in named - words if not any(name.startswith(start) for start in starts)) == []


@pytest.mark.django_db
def test_the_gallery_shows_every_part(rf):
    request = rf.get("/components/")
    page = render_to_string("components/gallery.html", {"theme": "light", "sample": samples()}, request)
    shown = {name for names in re.findall(r'class="([^"]*)"', page) for name in names.split()}
    assert sorted(classes_of(CSS / "parts.css") - shown - LIBRARY) == []
    assert 'lang="es">Certificado de empadronamiento' in page
    assert 'popovertarget="note.sample-1"' in page
