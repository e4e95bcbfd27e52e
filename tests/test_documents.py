"""README, CONTRIBUTING and docs/ tell the truth: their links, commands, variables and examples exist."""

import datetime
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.utils.text import slugify

from checklists.planner import as_json
from checklists.planning import plan_answers
from guides.reading.views.sources import official_share
from tests.shipped import shipped_catalogue

ROOT = Path(settings.BASE_DIR)
README = ROOT / "README.md"
DEPLOYING = ROOT / "docs" / "deploying.md"
EDITING = ROOT / "docs" / "editing-content.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
CODE = re.compile(r"`([^`\n]+)`")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def prose(page):
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def code(page):
    """Everything that is set as code, in blocks and in sentences."""
    text = page.read_text(encoding="utf-8")
    return "\n".join([*(block for _, block in FENCE.findall(text)), *CODE.findall(FENCE.sub("", text))])


def anchors(page):
    return {slugify(CODE.sub(r"\1", title)) for title in re.findall(r"^#+ (.+)$", prose(page), re.M)}


def cells(page, heading, column):
    """The code in one column of the table below a heading, row by row."""
    section = re.split(rf"^## {heading}$", page.read_text(encoding="utf-8"), flags=re.M)[1].split("\n## ")[0]
    rows = re.search(r"\|---.*\n((?:\|.*\n)+)", section)[1].splitlines()
    return [code for row in rows for code in CODE.findall(row.split("|")[column + 1])]


@every_page
def test_links_lead_to_files_and_headings(page):
    broken = []
    for link in LINK.findall(CODE.sub("", prose(page))):
        if "://" not in link:
            path, _, anchor = link.partition("#")
            target = page.parent / path if path else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(link)
    assert broken == []


@every_page
def test_commands_exist(page):
    found = set(re.findall(r"manage\.py ([a-z]\w+)", code(page)))
    assert found - get_commands().keys() == set()


@every_page
def test_make_targets_exist(page):
    targets = set(re.findall(r"^([a-z.][\w./]*):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"\bmake ([a-z.][\w./]*)", code(page)))
    assert named - targets == set()


@every_page
def test_named_files_exist(page):
    """Paths below the project's own folders; an ellipsis stands for many files."""
    folders = "relocation|guides|checklists|templates|tests|docs"
    named = re.findall(rf"(?<![\w/.-])((?:{folders})/[\w./-]*)", code(page))
    assert [path for path in named if not (ROOT / path.rstrip("/.")).exists()] == []


def test_every_environment_variable_is_described():
    source = "".join((ROOT / "relocation" / name).read_text() for name in ("settings.py", "serving.py"))
    read = set(re.findall(r"""(?:environ(?:\.get)?|env_flag|env_list)[(\[]["'](\w+)["']""", source))
    assert {"SECRET_KEY", "DJANGO_DEBUG"} <= read
    assert sorted(cells(DEPLOYING, "Environment", 0)) == sorted(read | {"DATABASE_URL"})


def test_examples_of_conditions_parse():
    examples = cells(EDITING, "Conditions", 2)
    assert len(examples) > 10
    for text in examples:
        shipped_catalogue().vocabulary.parse(text)


def test_examples_of_dates_parse():
    examples = cells(EDITING, "Dates", 2)
    assert len(examples) > 6
    for text in examples:
        shipped_catalogue().vocabulary.parse_date(text)


def test_figures_are_those_of_the_content():
    compiled, told = shipped_catalogue(), " ".join(README.read_text(encoding="utf-8").split())
    spain, portugal = (official_share(compiled, key) for key in ("es", "pt"))
    assert f"It knows {len(compiled.procedures)} procedures" in told
    assert f"rests on {len(compiled.facts):,} facts" in told
    assert f"{spain}% of those on Spain are official, and {portugal}% of those on Portugal" in told


def test_example_of_a_plan_is_what_the_answers_give():
    blocks = FENCE.findall(README.read_text(encoding="utf-8"))
    answers = json.loads(next(block for kind, block in blocks if kind == "json"))
    printed = next(block for kind, block in blocks if not kind and block.startswith("{"))
    compiled = shipped_catalogue()
    plan = plan_answers(compiled, answers, datetime.date(2026, 11, 21))
    assert shortened(as_json(plan, compiled.vocabulary.questions), json.loads(spelt_out(printed)))


def spelt_out(text):
    """JSON in which an ellipsis stands for something, or for the rest of a list or an object."""
    text = re.sub(r",\s*…(?=\s*[\]}])", "", text)
    return re.sub(r"(?<=: )…|\[…\]", '"…"', text)


def shortened(whole, part):
    """Whether a part of some JSON says nothing that the whole does not; lines of a list go by their keys."""
    if isinstance(part, dict):
        return all(key in whole and shortened(whole[key], value) for key, value in part.items())
    if isinstance(part, list) and part and isinstance(part[0], dict):
        lines = {line["key"]: line for line in whole}
        return all(line["key"] in lines and shortened(lines[line["key"]], line) for line in part)
    if isinstance(part, list) and part:
        return whole[: len(part)] == part
    if isinstance(part, str) and part.endswith("…"):
        return part == "…" or whole.startswith(part[:-1])
    return whole == part
