"""What tests read out of the pages of a checklist."""

import html
import re

from django.urls import reverse

from checklists.firms.history.descriptions import describe


def address(name, checklist, *rest):
    return reverse(f"checklists:{name}", args=(checklist.token, *rest))


def tick_of(response, kind, key):
    """The tick of a line: where its button leads, what it would save, and whether it is ticked."""
    button = re.search(rf'<button[^>]*id="tick-{kind}-{key}"[^>]*>', response.text)
    assert button, f"no tick for {kind} {key}"
    return attributes(button[0])


def press(client, response, kind, key, **headers):
    """Press the tick of a line as the browser would, and stay where it leads."""
    button = tick_of(response, kind, key)
    return client.post(button["formaction"], {button["name"]: button["value"]}, follow=True, headers=headers)


def attributes(tag):
    return {name: html.unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}


def day_in(response, name):
    """What stands in the fields of a day: "15 2 2027"."""
    parts = (rf'name="{name}-{part}" value="([^"]*)"' for part in ("day", "month", "year"))
    return " ".join(re.search(part, response.text)[1] for part in parts)


def hidden_fields(response):
    """Names and values of the hidden inputs of a page, without the CSRF token."""
    tags = map(attributes, re.findall(r'<input type="hidden"[^>]*>', response.text))
    return {tag["name"]: tag.get("value", "") for tag in tags if tag["name"] != "csrfmiddlewaretoken"}


def not_sure(response, given):
    """What says "I am not sure" to every question of a page but those that are ``given``."""
    radios = set(re.findall(r'id="id_(\w+)_unsure" name="\1"', response.text)) - given.keys()
    others = set(re.findall(r'name="unsure" value="([a-z_]+)"', response.text)) - given.keys()
    return {**dict.fromkeys(radios, ""), "unsure": sorted(others)}


def plain(html):
    """The words as they are read, where marks stand inside a phrase."""
    return re.sub(r"<[^>]+>", "", html)


def row(response, kind, key):
    """The HTML of one list item, with the lists inside it."""
    found = re.search(rf'<li[^>]*id="{kind}-{key}"', response.text)
    assert found, f"no row for {kind} {key}"
    depth = 0
    for tag in re.compile(r"<li\b|</li>").finditer(response.text, found.start()):
        depth += -1 if tag[0] == "</li>" else 1
        if depth == 0:
            return response.text[found.start() : tag.end()]
    raise AssertionError("the row has no end")


def list_of(response):
    """What the page holds below its news, without notes and tokens."""
    return response.text.partition('<div class="cols list">')[2].partition('id="kept">')[0].partition("</main>")[0]


def sentence(entry):
    """An entry of a history as people read it."""
    return describe([entry])[0].sentence
