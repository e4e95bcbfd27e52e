"""Links inside the site that lead nowhere."""

import re
from collections.abc import Iterator

from ..problems import Problem
from ..schema import Catalogue

CITATION = re.compile(r"\[\^([^\]\s]+)\]")
HEADING_PROCEDURE = re.compile(r"\{procedure=([^}\s]*)\}")
SITE_LINK = re.compile(r"\]\((procedure|guide|document):([^)\s]+)\)")


def links(catalogue: Catalogue) -> Iterator[Problem]:
    """Citations, marked headings and links of guides that name what is not there."""
    known = {
        "fact": {fact.key for fact in catalogue.facts},
        "procedure": {procedure.key for procedure in catalogue.procedures},
        "document": {document.key for document in catalogue.documents},
        "guide": {guide.key for guide in catalogue.guides},
    }
    for guide in catalogue.guides:
        named = [
            *(("fact", key) for key in CITATION.findall(guide.body)),
            *(("procedure", key) for key in HEADING_PROCEDURE.findall(guide.body)),
            *SITE_LINK.findall(guide.body),
        ]
        for kind, key in dict.fromkeys(named):
            if key not in known[kind]:
                yield Problem("error", f"guides {guide.key} › body", f"There is no {kind} “{key}”.", "broken_link")
