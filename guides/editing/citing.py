"""Where facts are used: procedures, documents and guides of the working copy."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from guides.catalogue.checks import CITATION
from guides.models import Document, Fact, Faq, Guide, Procedure


@dataclass(frozen=True, slots=True)
class Use:
    """An entry that rests on a fact: what it is, its name, and its page in the admin."""

    kind: str
    name: str
    url: str


def uses_of(facts: Iterable[Fact]) -> dict[int, list[Use]]:
    """The uses of each fact by its primary key, with a fixed number of queries."""
    keys = {fact.key: fact.pk for fact in facts}
    found: dict[int, dict[Use, None]] = defaultdict(dict)
    for model, kind in ((Procedure, _("Procedure")), (Document, _("Document"))):
        rows = model.objects.filter(facts__in=keys.values()).order_by("name")
        for fact, pk, name in rows.values_list("facts", "pk", "name"):
            found[fact][_use(model, kind, pk, name)] = None
    questions = Faq.objects.filter(facts__in=keys.values()).exclude(guide=None)
    for fact, pk, name in questions.values_list("facts", "guide", "guide__title"):
        found[fact][_use(Guide, _("Guide"), pk, name)] = None
    for pk, name, body in Guide.objects.order_by("title").values_list("pk", "title", "body"):
        for key in CITATION.findall(body):
            if key in keys:
                found[keys[key]][_use(Guide, _("Guide"), pk, name)] = None
    return {pk: list(found[pk]) for pk in keys.values()}


def _use(model, kind: str, pk: int, name: str) -> Use:
    return Use(kind, name, reverse(f"admin:guides_{model._meta.model_name}_change", args=[pk]))
