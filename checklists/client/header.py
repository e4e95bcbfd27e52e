"""The head of every page: the ways around the site for whoever looks, their own list and their clients' cases first."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from checklists.access.links import remembered_token
from checklists.caching import cached_by_data
from guides import previews

FIRM, LIST = frozenset({"board", "cases", "casework", "firms", "history"}), frozenset({"checklists", "sharing"})
GUIDES = frozenset({"guides:country", "guides:guide", "guides:procedure", "guides:document"})


@dataclass(frozen=True, slots=True)
class Reader:
    """All that the head depends on. ``here`` is the name of the page, ``in_case`` whether it is a client's list.

    ``firm`` is the address of the firm whose cases they work on, or empty.
    """

    here: str = ""
    in_case: bool = False
    preview: bool = False
    signed_in: bool = False
    has_list: bool = False
    firm: str = ""


def header(request: HttpRequest | None, *, in_case: bool) -> SafeString:
    """Drawn once for all who see the same. Asks for nothing that the request does not hold already."""
    reader = _reader(request, in_case) if request else Reader()
    return cached_by_data("header", reader, lambda: render_to_string("components/site_header.html", _links(reader)))


def _reader(request: HttpRequest, in_case: bool) -> Reader:
    preview, user, match = previews.seen() is not None, getattr(request, "user", None), request.resolver_match
    signed_in = user is not None and user.is_authenticated and not preview
    firm = getattr(user, "first_firm", None) if signed_in else None
    if firm and match and match.app_name in FIRM:
        firm = match.kwargs.get("slug", firm)
    return Reader(
        here=match.view_name if match else "",
        in_case=in_case,
        preview=preview,
        signed_in=signed_in,
        # Whoever has an account is led to the list that it keeps; staff and firms mostly have none.
        has_list=remembered_token(request) is not None or (signed_in and not firm and not user.is_staff),
        firm=firm or "",
    )


def _links(reader: Reader) -> dict[str, list[dict[str, str]]]:
    room = reader.here.partition(":")[0]
    links = []
    if reader.has_list:
        links.append(_link(reader, _("My list"), "checklists:resume", inside=room in LIST and not reader.in_case))
    if reader.firm:
        links.append(_link(reader, _("Cases"), "board:cases", reader.firm, inside=room in FIRM or reader.in_case))
    if not links:
        links.append(_link(reader, _("Home"), "guides:home"))
    links.append(_link(reader, _("Guides"), "guides:guides", inside=reader.here in GUIDES))
    links.append(_link(reader, _("Search"), "guides:search"))
    if not reader.preview:
        links.append(_link(reader, _("Account") if reader.signed_in else _("Sign in"), "account"))
    return {"links": links}


def _link(reader: Reader, text: str, name: str, *args: str, inside: bool = False) -> dict[str, str]:
    """``current`` is what ``aria-current`` says: this page, or one below it."""
    current = "page" if name == reader.here else "true" if inside else ""
    return {"text": text, "url": reverse(name, args=args), "current": current}
