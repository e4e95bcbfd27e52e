"""Reading the page of a task."""

import re


def part(page, start, end="</section>"):
    """The page from a mark to the end of that part."""
    assert start in page.text
    return page.text.partition(start)[2].partition(end)[0]


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def frame(page):
    return part(page, 'class="frame frame--strong')


def channel(kind="in_person", **extra):
    return {"key": kind.replace("_", "-"), "kind": kind, "name": "Desk", **extra}
