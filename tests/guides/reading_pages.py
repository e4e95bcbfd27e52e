"""A catalogue to read: two guides, one of them with everything that Markdown can do here."""

import hashlib
import json
import re

from guides.catalogue.schema import Catalogue
from guides.models import Edition

from .small import changed, small_catalogue

GUIDE = "/guides/portugal/work-in-portugal/"
PROCEDURE = "/procedures/portugal/nif/"
DOCUMENT = "/documents/nif-document/"
PAGES = ["/guides/", "/guides/portugal/", GUIDE, PROCEDURE, DOCUMENT, "/sources/", "/about/"]

BODY = """
You need the *[Número de Identificação Fiscal]{lang=pt}*, the NIF.[^nif.what]

## The tax number {procedure=nif}

It is free,[^nif.fee] and you keep it for life.[^nif.what] See [the procedure](procedure:nif), the
[paper](document:nif-document) and [the other guide](guide:live-in-portugal).

::: pitfall Agents
They charge for it.[^nif.fee]
:::

### Where to go

| Office | Open |
| --- | ---: |
| Finanças | mornings |

## The other number {procedure=niss}

Ask at Segurança Social & wait.
"""


def reading_catalogue() -> Catalogue:
    for_all = changed(small_catalogue(), "procedures", "nif", required_when="to_portugal")
    return changed(
        changed(for_all, "guides", "work-in-portugal", body=BODY),
        "documents",
        "passport",
        local_name="Passaporte",
        how="Look at the date. Então renew it in time.",
    )


def publish(catalogue: Catalogue) -> None:
    """Make it the current edition, without a working copy behind it."""
    content = catalogue.model_dump_json(exclude_defaults=True)
    Edition.objects.create(number=1, content=content, digest=hashlib.sha256(content.encode()).hexdigest())


def structured(text):
    """The structured data of a page, by type."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    data = json.loads(found)
    return {part["@type"]: part for part in data.get("@graph", [data])}
