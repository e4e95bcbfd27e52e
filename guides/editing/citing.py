"""Where facts are used: procedures, documents, alerts and guides of the working copy."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.catalogue.checks import CITATION
from guides.models import Alert, Document, Fact, Faq, Guide, Procedure

# What cites facts, where it does, and the field that it is known by.
CITING = (
    (Procedure, gettext_lazy("Procedure"), "facts", "name"),
    (Document, gettext_lazy("Document"), "facts", "name"),
    (Document, gettext_lazy("Document"), "covers__facts", "name"),
    (Alert, gettext_lazy("Alert"), "facts", "text"),
)


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
    for model, kind, facts, name in CITING:
        rows = model.objects.filter(**{f"{facts}__in": keys.values()}).order_by(name)
        for fact, pk, named in rows.values_list(facts, "pk", name):
            found[fact][_use(model, str(kind), pk, named)] = None
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
