"""What pages tell machines about themselves, as schema.org JSON-LD. ``site`` is the origin, without a final slash."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides.catalogue.schema import Faq

from .guide_page import GuidePage
from .procedure_page import ProcedurePage

Crumb = dict[str, str]


def guide_data(page: GuidePage, crumbs: Sequence[Crumb], site: str) -> dict[str, Any]:
    article = {
        "@type": "Article",
        "@id": f"{site}{page.url}",
        "url": f"{site}{page.url}",
        "headline": page.title,
        "description": page.summary,
        "inLanguage": get_language(),
        "timeRequired": f"PT{page.body.minutes}M",
        "about": [
            {"@type": "GovernmentService", "name": link.title, "url": f"{site}{link.url}"} for link in page.procedures
        ],
        "spatialCoverage": {"@type": "Country", "name": page.country.name},
        "publisher": _publisher(site),
        "citation": [cited.source.url or cited.source.title for cited in page.evidence.sources],
    }
    if page.verified_on:
        article["dateModified"] = page.verified_on.isoformat()
    return _graph(article, crumbs, page.faqs, f"{site}{page.url}", site)


def procedure_data(page: ProcedurePage, crumbs: Sequence[Crumb], site: str) -> dict[str, Any]:
    procedure, url = page.procedure, f"{site}{page.url}"
    service = {
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "name": procedure.name,
        "alternateName": procedure.local_name,
        "description": procedure.summary,
        "serviceOperator": _organisation(page.authority),
        "areaServed": {"@type": "Country", "name": page.country.name},
        "availableChannel": [
            {"@type": "ServiceChannel", "name": door.told.entry.name, "serviceUrl": door.told.entry.url}
            if door.told.entry.url
            else {"@type": "ServiceChannel", "name": door.told.entry.name}
            for door in page.doors
            if door.told.entry.available
        ],
        "produces": [
            {"@type": "Thing", "name": paper.document.name, "url": f"{site}{paper.url}"} for paper in page.outputs
        ],
    }
    return _graph(service, crumbs, page.faqs, url, site)


def crumbs_data(crumbs: Sequence[Crumb], path: str, site: str) -> dict[str, Any]:
    """The way to a page that needs no other description."""
    return {"@context": "https://schema.org", **_breadcrumbs(crumbs, f"{site}{path}", site)}


def _graph(main: dict, crumbs: Sequence[Crumb], faqs: Sequence[tuple[Faq, Any]], url: str, site: str) -> dict[str, Any]:
    parts = [{name: value for name, value in main.items() if value}, _breadcrumbs(crumbs, url, site)]
    if faqs:
        parts.append({"@type": "FAQPage", "@id": f"{url}#questions", "mainEntity": _questions(faq for faq, _ in faqs)})
    return {"@context": "https://schema.org", "@graph": parts}


def _questions(faqs: Iterable[Faq]) -> list[dict[str, Any]]:
    return [
        {"@type": "Question", "name": faq.question, "acceptedAnswer": {"@type": "Answer", "text": faq.answer}}
        for faq in faqs
    ]


def _breadcrumbs(crumbs: Sequence[Crumb], url: str, site: str) -> dict[str, Any]:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": crumb["text"],
            "item": f"{site}{crumb['url']}" if crumb.get("url") else url,
        }
        for position, crumb in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _organisation(authority) -> dict[str, str]:
    named = {"name": authority.name, "alternateName": authority.local_name, "url": authority.url}
    return {"@type": "GovernmentOrganization", **{name: value for name, value in named.items() if value}}


def _publisher(site: str) -> dict[str, str]:
    return {"@type": "Organization", "name": _("Relocation Checklist"), "url": f"{site}/"}
