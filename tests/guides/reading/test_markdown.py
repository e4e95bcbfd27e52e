from html.parser import HTMLParser

import pytest

from guides.reading.markdown import render

FACTS = {"nif.what", "nif.fee"}


class Markup(HTMLParser):
    """The tags, the names of attributes and the addresses in a piece of HTML."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.addresses = set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.addresses.update(value for name, value in attrs if name in ("href", "src"))


def resolve(kind, key):
    return f"/{kind}/{key}/" if key == "known" else None


def rendered(text):
    return render(text, facts=FACTS, resolve=resolve)


def html(text):
    return "".join(part.html for part in rendered(text).parts)


class TestParts:
    def test_text_is_cut_at_headings_of_two_levels(self):
        found = rendered("Before\n\n## One\n\nA\n\n### Two\n\nB\n\n#### Three\n\nC")
        assert [(part.heading and part.heading.text, part.text) for part in found.parts] == [
            (None, "Before"),
            ("One", "A"),
            ("Two", "B\nThree\nC"),
        ]
        assert [heading.level for heading in found.headings] == [2, 3]

    def test_the_title_of_the_page_stays_the_only_first_heading(self):
        assert rendered("# One").headings[0].level == 2

    def test_ids_are_stable_and_unique(self):
        ids = [
            heading.id for heading in rendered("## Número fiscal\n\n## Número fiscal\n\n## Sources\n\n## ?").headings
        ]
        assert ids == ["numero-fiscal", "numero-fiscal-2", "sources-2", "part"]

    def test_heading_belongs_to_a_procedure(self):
        heading = rendered("## The [NIF]{lang=pt} {procedure=nif}").headings[0]
        assert (heading.procedure, heading.text) == ("nif", "The NIF")
        assert heading.html == 'The <span lang="pt">NIF</span>'

    def test_an_empty_text_has_no_parts(self):
        assert rendered("").parts == ()


@pytest.mark.parametrize(("words", "minutes"), [(1, 1), (299, 1), (301, 2), (1000, 5)])
def test_reading_time(words, minutes):
    assert rendered("word " * words).minutes == minutes


class TestFacts:
    def test_are_numbered_in_the_order_of_the_text(self):
        found = rendered("A[^nif.fee] b[^nif.what] c[^nif.fee]")
        assert found.facts == ("nif.fee", "nif.what")
        assert found.parts[0].html.count(">1</button>") == 2

    def test_open_their_note(self):
        assert 'popovertarget="note.nif.fee" aria-label="Fact 1">1</button>' in html("A[^nif.fee]")

    def test_side_by_side_are_one_button(self):
        found = rendered("A[^nif.what] b[^nif.fee][^nif.what]")
        assert 'popovertarget="note.nif.what+nif.fee" aria-label="Facts 1 and 2">1, 2</button>' in found.parts[0].html
        assert found.together == (("nif.what", "nif.fee"),)

    def test_apart_are_two_buttons(self):
        found = rendered("A[^nif.what], b[^nif.fee]")
        assert found.parts[0].html.count("<button") == 2
        assert found.together == ()

    def test_unknown_one_stays_as_it_is(self):
        assert "[^gone]" in html("A[^gone]")

    def test_leave_no_trace_in_the_plain_text(self):
        assert rendered("It is free [^nif.fee].").parts[0].text == "It is free."

    def test_are_not_read_inside_code(self):
        assert rendered("`[^nif.fee]`").facts == ()


class TestLinks:
    @pytest.mark.parametrize("kind", ["procedure", "document", "guide"])
    def test_lead_to_pages(self, kind):
        assert html(f"[text]({kind}:known)") == f'<p><a href="/{kind}/known/">text</a></p>'

    def test_to_nothing_become_text(self):
        assert html("[*text*](guide:gone) and [more](guide:known)") == (
            '<p><span><em>text</em></span> and <a href="/guide/known/">more</a></p>'
        )

    def test_to_other_sites(self):
        assert html("<https://example.org/>") == (
            '<p><a href="https://example.org/" rel="noopener">https://example.org/</a></p>'
        )


def test_pitfall_is_a_box():
    found = html("::: pitfall Old & new\nText.\n:::")
    assert '<div class="note note--caution"><svg class="icon" aria-hidden="true"><use href="' in found
    assert '<p class="note__title">Old &amp; new</p>\n<p>Text.</p>' in found
    assert "Watch out" in html("::: pitfall\nText.\n:::")
    assert rendered("::: pitfall Old & new\nText.\n:::").parts[0].text == "Old & new\nText."


def test_table_can_be_reached_with_the_keyboard():
    assert '<div class="table-scroll" role="group" tabindex="0" aria-label="Table">' in html("| a |\n| - |\n| b |")


def test_empty_corner_of_a_table_is_no_heading():
    assert "<tr>\n<td></td>\n<th>a</th>\n</tr>" in html("| | a |\n| - | - |\n| b | c |")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "x <b onclick=alert(1)>y</b>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        '[x](https://example.org/"onmouseover="alert(1))',
        "[x]{onclick=alert(1) style=color:red lang=es}",
        "::: pitfall <img src=x onerror=alert(1)>\n:::",
        "## <svg onload=alert(1)> {procedure=nif}",
        "| <script>alert(1)</script> |\n| - |",
    ],
)
def test_markup_and_scripts_do_not_come_through(hostile):
    found = Markup("".join(part.html + (part.heading.html if part.heading else "") for part in rendered(hostile).parts))
    assert not found.tags & {"script", "img", "b", "iframe", "style"}
    assert not [name for name in found.attributes if name.startswith("on") or name == "style"]
    assert not [address for address in found.addresses if not address.startswith(("/", "https:"))]
