"""What every email promises to whoever reads it."""

from html.parser import HTMLParser


def broken_promises(message):
    """What of it this email does not keep."""
    html, kind = message.alternatives[0]
    title, line, empty, *_ = message.body.splitlines()
    words, _, signature = message.body.partition("\n-- \n")
    kept = {
        "is HTML and text": kind == "text/html",
        "the text underlines its title": line == "=" * len(title) and empty == "",
        "both have one title": _texts(html, "h1") == _texts(html, "title") == [title],
        "the text is signed below its words": signature.startswith("Relocation Checklist, http"),
        "the sheet is not signed": "-- " not in "".join(_texts(html, "div")),
        "both themes": 'content="light dark"' in html and html.count("prefers-color-scheme: dark") == 1,
        "its deed or its code comes before a second paragraph": _paragraphs_before_the_deed(html) <= 1,
        "so it does in the text": _is_early(words),
        "nothing is called mail": " mail" not in f"{words} {signature}".lower(),
    }
    return [promise for promise, is_kept in kept.items() if not is_kept]


def _paragraphs_before_the_deed(html):
    sheet = html.partition('<div class="sheet">')[2]
    for deed in ('class="code"', 'class="button"'):
        before, found, _ = sheet.partition(deed)
        if found:
            return before.count("<p") - 1
    # Where nothing may be linked, one sentence says what to do.
    return 0


def _is_early(words):
    """Whether the code or the first link stands in the first paragraphs: two at most lead up to it."""
    paragraphs = words.split("\n\n")[1:]
    links = [place for place, text in enumerate(paragraphs) if "http" in text]
    return not links or links[0] <= 2


class _Reader(HTMLParser):
    def __init__(self, tag):
        super().__init__()
        self.tag, self.depth, self.texts = tag, 0, []

    def handle_starttag(self, tag, attrs):
        if tag == self.tag:
            self.depth += 1
            self.texts.append("")

    def handle_endtag(self, tag):
        self.depth -= tag == self.tag

    def handle_data(self, data):
        if self.depth:
            self.texts[-1] += data


def _texts(html, tag):
    reader = _Reader(tag)
    reader.feed(html)
    return [text.strip() for text in reader.texts]
