"""Guides from Markdown to clean HTML.

CommonMark with tables, and on top of it:

* ``[^fact.key]`` cites a fact: a numbered button that opens the note ``note_id(key)`` elsewhere on the page. Several
  side by side are one button, for a note with all of them.
* ``## Heading {procedure=key}`` says that this part belongs to a procedure.
* ``[text](procedure:key)``, ``(guide:key)`` and ``(document:key)`` link to pages of the site.
* ``::: pitfall Title`` … ``:::`` is a warning box.
* ``[certificado]{lang=es}`` is text in another language.

HTML in Markdown is shown as text. What comes out is sanitised all the same.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import nh3
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from guides.catalogue.checks import CITATION, HEADING_PROCEDURE

WORDS_A_MINUTE = 200  # slower than a native reader
SITE_LINK = re.compile(r"(procedure|guide|document):(.+)")
BEFORE_STOP = re.compile(r" +(?=[.,;:!?])")  # where a citation stood
TAKEN_IDS = ("content", "status", "questions", "sources", "related", "contents")

Resolve = Callable[[str, str], str | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """``text`` is plain, ``html`` the same with its markup; ``procedure`` is the key of its procedure, or empty."""

    level: Literal[2, 3]
    id: str
    text: str
    html: SafeString
    procedure: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands below one heading, down to the next; the first part may have none.

    ``text`` is plain: a line for each paragraph, each point of a list and each row of a table.
    """

    heading: Heading | None
    html: SafeString
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """``facts`` are the keys of the facts cited, each once, in order: the first has number 1.

    ``together`` are those that one button opens together.
    """

    parts: tuple[Part, ...]
    facts: tuple[str, ...]
    together: tuple[tuple[str, ...], ...]

    @property
    def headings(self) -> list[Heading]:
        return [part.heading for part in self.parts if part.heading]

    @property
    def minutes(self) -> int:
        """How long it takes to read, at least one minute."""
        words = sum(len(part.text.split()) for part in self.parts)
        return max(1, round(words / WORDS_A_MINUTE))


def note_id(*facts: str) -> str:
    """The id of the note with these facts. The dot keeps it apart from the ids of headings."""
    return f"note.{'+'.join(facts)}"


def fact_button(*numbered: tuple[str, int]) -> SafeString:
    """The numbers of facts, as one button that opens the note with them all; nothing for no facts.

    The word joiner keeps it on the line of the word before it.
    """
    if not numbered:
        return SafeString("")
    numbers = [str(number) for _key, number in numbered]
    label = ngettext("Fact %(numbers)s", "Facts %(numbers)s", len(numbers)) % {"numbers": _(" and ").join(numbers)}
    return format_html(
        '<span class="cite">\u2060<button class="fact-ref" type="button" popovertarget="{}" aria-label="{}">{}</button>'
        "</span>",
        note_id(*(key for key, _number in numbered)),
        label,
        ", ".join(numbers),
    )


def render(text: str, *, facts: Container[str], resolve: Resolve) -> Rendered:
    """The guide ``text``. ``facts`` are the keys that can be cited; ``resolve(kind, key)`` gives the address of a page.

    A citation of an unknown fact stays as it was written; a link to an unknown page becomes plain text.
    """
    env = {"facts": facts, "resolve": resolve, "numbers": {}, "together": {}}
    tokens = _parser().parse(text, env)
    parts = tuple(_part(chunk, env) for chunk in _chunks(tokens))
    return Rendered(parts, tuple(env["numbers"]), tuple(env["together"]))


def _chunks(tokens: Sequence[Token]) -> Iterable[Sequence[Token]]:
    """The tokens cut before every heading of the second and third level."""
    cuts = [i for i, token in enumerate(tokens) if token.type == "heading_open" and "id" in token.meta]
    for start, end in zip([0, *cuts], [*cuts, len(tokens)], strict=True):
        if start < end:
            yield tokens[start:end]


def _part(tokens: Sequence[Token], env: dict) -> Part:
    heading = None
    if "id" in tokens[0].meta:
        opening, inline, _closing, *tokens = tokens
        heading = Heading(
            level=opening.meta["level"],
            id=opening.meta["id"],
            text=_plain(inline),
            html=_clean(_parser().renderer.render([inline], _parser().options, env)),
            procedure=opening.meta["procedure"],
        )
    return Part(heading, _clean(_parser().renderer.render(tokens, _parser().options, env)), "\n".join(_lines(tokens)))


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield " · ".join(cells or ())
            cells = None
        elif block := _plain(token):
            if cells is None:
                yield block
            else:
                cells.append(block)


def _plain(token: Token) -> str:
    if token.type == "inline":
        text = "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children)
    else:
        text = _box_title(token) if token.type == "container_pitfall_open" else token.content
    return BEFORE_STOP.sub("", text.strip())


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    attrs_plugin(parser, spans=True, allowed=["lang"])
    container_plugin(parser, "pitfall", render=_pitfall)
    parser.core.ruler.before("inline", "procedures", _read_procedures)
    parser.core.ruler.push("heading_ids", _name_headings)
    parser.core.ruler.push("site_links", _resolve_links)
    parser.core.ruler.push("corner_cells", _empty_corners)
    parser.inline.ruler.before("link", "fact", _cite)
    parser.add_render_rule("fact", _fact)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _read_procedures(state) -> None:
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open":
            found = HEADING_PROCEDURE.search(inline.content)
            opening.meta["procedure"] = found[1] if found else ""
            inline.content = HEADING_PROCEDURE.sub("", inline.content).strip()


def _name_headings(state) -> None:
    """Give the headings of the two upper levels an id; a first-level heading counts as second: the title is first."""
    taken = set(TAKEN_IDS)
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.level == 0 and opening.tag in ("h1", "h2", "h3"):
            slug = name = slugify(_plain(inline)) or "part"
            number = 1
            while name in taken:
                number += 1
                name = f"{slug}-{number}"
            taken.add(name)
            opening.meta |= {"id": name, "level": 3 if opening.tag == "h3" else 2}


def _resolve_links(state) -> None:
    for token in state.tokens:
        opened = []
        for child in token.children or ():
            if child.type == "link_open":
                _resolve_link(child, state.env["resolve"])
                opened.append(child)
            elif child.type == "link_close":
                child.tag = opened.pop().tag


def _resolve_link(link: Token, resolve: Resolve) -> None:
    address = str(link.attrs.pop("href"))
    if site := SITE_LINK.fullmatch(address):
        address = resolve(site[1], site[2])
    if address is None:
        link.tag = "span"
    else:
        link.attrs["href"] = address
        if "://" in address:
            link.attrs["rel"] = "noopener"


def _empty_corners(state) -> None:
    """A cell without text is no heading of anything."""
    for opening, inline, closing in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if opening.type == "th_open" and not inline.content:
            opening.tag = closing.tag = "td"


def _cite(state, silent: bool) -> bool:
    found = CITATION.match(state.src, state.pos)
    if found is None or found[1] not in state.env["facts"]:
        return False
    if not silent:
        _fact_token(state).meta["facts"].append(found[1])
        state.env["numbers"].setdefault(found[1], len(state.env["numbers"]) + 1)
    state.pos = found.end()
    return True


def _fact_token(state) -> Token:
    """That of the citation just before, or a new one."""
    if state.tokens and state.tokens[-1].type == "fact" and not state.pending.strip():
        state.pending = ""
        return state.tokens[-1]
    token = state.push("fact", "", 0)
    token.meta = {"facts": []}
    return token


def _fact(renderer, tokens, index, options, env) -> str:
    facts = sorted(set(tokens[index].meta["facts"]), key=env["numbers"].get)
    if len(facts) > 1:
        env["together"][tuple(facts)] = None
    return fact_button(*((key, env["numbers"][key]) for key in facts))


def _pitfall(renderer, tokens, index, options, env) -> str:
    token = tokens[index]
    if token.nesting == -1:
        return "</div></div>\n"
    title = _box_title(token) or _("Watch out")
    icon = f'<svg class="icon" aria-hidden="true"><use href="{static("img/icons.svg")}#warning"></use></svg>'
    return f'<div class="note note--caution">{icon}<div class="note__body"><p class="note__title">{escape(title)}</p>\n'


def _box_title(token: Token) -> str:
    return token.info.strip().removeprefix("pitfall").strip()


def _table_open(renderer, tokens, index, options, env) -> str:
    return f'<div class="table-scroll" role="group" tabindex="0" aria-label="{_("Table")}"><table class="table">\n'


def _table_close(renderer, tokens, index, options, env) -> str:
    return "</table></div>\n"


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={
            *("p", "br", "hr", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong"),
            *("table", "thead", "tbody", "tr", "th", "td", "a", "span", "div", "button", "svg", "use"),
        },
        attributes={
            "a": {"href", "rel", "title", "lang"},
            "span": {"lang"},
            "code": {"lang"},
            "ol": {"start"},
            "div": {"role", "tabindex", "aria-label"},
            "button": {"type", "popovertarget", "aria-label"},
            "svg": {"aria-hidden"},
            "use": {"href"},
        },
        allowed_classes={
            "div": {"note", "note--caution", "note__body", "table-scroll"},
            "p": {"note__title"},
            "table": {"table"},
            "span": {"cite"},
            "button": {"fact-ref"},
            "svg": {"icon"},
        },
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def _clean(html: str) -> SafeString:
    return mark_safe(_cleaner().clean(html).strip())
