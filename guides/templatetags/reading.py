"""What the reading pages need besides their context."""

import json
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

register = template.Library()

# No character that HTML could take for markup may stand inside a script element.
ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}

CONFIDENCE_WORDS = {
    "official": gettext_lazy("official"),
    "secondary": gettext_lazy("secondary"),
    "guide": gettext_lazy("from private guides"),
    "unverified": gettext_lazy("not verified"),
}

CHANNEL_WORDS = {
    "online": gettext_lazy("Online"),
    "in_person": gettext_lazy("In person"),
    "post": gettext_lazy("By post"),
    "phone": gettext_lazy("By phone"),
    "employer": gettext_lazy("Through your employer"),
    "representative": gettext_lazy("Through a representative"),
    "automatic": gettext_lazy("Happens by itself"),
}
PLACE_WORDS = {
    "destination": gettext_lazy("In the country you move to"),
    "abroad": gettext_lazy("Abroad"),
    "anywhere": gettext_lazy("Anywhere"),
}
KIND_NAMES = {
    "guide": gettext_lazy("Guide"),
    "procedure": gettext_lazy("Procedure"),
    "document": gettext_lazy("Document"),
    "pointer": gettext_lazy("Also think of"),
    "fact": gettext_lazy("Fact"),
}


@register.filter
def at(mapping, key):
    """The value of a key that is not known before; nothing where there is no such key or no mapping."""
    return mapping.get(key) if mapping else None


@register.filter
def json_ld(data):
    """Structured data as a script element. Browsers never execute it, so it needs no nonce."""
    text = json.dumps(data, ensure_ascii=False)
    for character, escaped in ESCAPES.items():
        text = text.replace(character, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag(takes_context=True)
def absolute(context, url):
    """The address with its host."""
    return context["request"].build_absolute_uri(url)


@register.filter
def confidence_word(confidence):
    """What stands behind a number of facts: "12 official"."""
    return CONFIDENCE_WORDS[confidence]


@register.simple_tag(takes_context=True)
def your_parts(context, parts):
    """Those headings of ``parts``, by key of procedure, that the reader's checklist has a line for, with the line."""
    lines = context["reader_plan"].lines
    return [(heading, lines[key]) for key, heading in parts.items() if key in lines]


@register.filter
def channel_word(kind):
    return CHANNEL_WORDS[kind]


@register.filter
def place_word(place):
    """Where somebody must be for a channel."""
    return PLACE_WORDS[place]


@register.filter
def kind_name(kind):
    """What a search result is."""
    return KIND_NAMES[kind]


@register.filter
def host(url):
    """The name of the site behind an address."""
    return urlsplit(url).netloc.removeprefix("www.")
