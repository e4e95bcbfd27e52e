"""The words that readers see: "email", and never "mail", which is what a postman brings."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# As a word of its own: not in an address, a key or a path. Servers and boxes may be called what everybody calls them.
WRONG = {
    "email": re.compile(r"(?<![\w@./#:-])(?:e-)?mail(?:s|ed|ing)?(?![\w=/.@-])(?! server)", re.IGNORECASE),
    "Create an account": re.compile(r"\bmake an account", re.IGNORECASE),
    "Two-step sign-in": re.compile(r"second step of signing in", re.IGNORECASE),
    "Archive": re.compile(r"put (?:it |this case )?into the archive", re.IGNORECASE),
    "the deed": re.compile(r"^(?:Go on|Show)$"),
}
TAGS = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<[^>]*>|\{\{.*?\}\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% translate \"(.*?)\".*?%\}|_\(\"(.*?)\"\)")
BLOCKS = re.compile(r"\{%.*?%\}", re.DOTALL)


def said_by_code():
    for room in ("checklists", "guides", "relocation"):
        for path in (ROOT / room).rglob("*.py"):
            if "migrations" not in path.parts:
                tree = ast.parse(path.read_text())
                documents = set(map(id, _docstrings(tree)))
                for node in ast.walk(tree):
                    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
                    # Names of fields and templates are one word; a sentence has a space, a button a capital.
                    if is_text and id(node) not in documents and re.search(r"\s|^[A-Z][a-z]+$", node.value):
                        yield path, node.value


def _docstrings(tree):
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield body[0].value


def said_by_templates():
    for path in (ROOT / "templates").rglob("*.*"):
        text = path.read_text()
        for found in TRANSLATED.finditer(text):
            yield path, found[1] or found[2]
        yield path, BLOCKS.sub("", TAGS.sub("", text)) if path.suffix != ".css" else ""


def said_by_content():
    for path in [*(ROOT / "guides/content").rglob("*.yaml"), *(ROOT / "guides/content").rglob("*.md")]:
        for line in path.read_text().splitlines():
            # Titles of publications and local names are printed as they are; keys are fixed.
            if not re.match(r"\s*(?:- )?(?:key|facts|title|local_name|url): ", line):
                yield path, re.sub(r"\[\^.*?\]|https?://\S+", "", line)


@pytest.mark.parametrize("said", [said_by_code, said_by_templates, said_by_content])
@pytest.mark.parametrize("wanted", WRONG)
def test_one_thing_has_one_name(said, wanted):
    found = {(str(path.relative_to(ROOT)), text.strip()[:200]) for path, text in said() if WRONG[wanted].search(text)}
    assert found == set()
