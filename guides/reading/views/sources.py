from collections import Counter
from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Source
from guides.editions.publishing import current
from guides.folding import fold
from guides.reading.addresses import crumbs_to


@login_not_required
@require_safe
def sources(request):
    """Every publication that the facts rest on, by publisher, and these by the letter they begin with."""
    compiled = current()
    resting = Counter(source for fact in compiled.facts.values() for source in fact.sources)
    ordered = sorted(compiled.sources.values(), key=lambda source: (_publisher(source), fold(source.title)))
    publishers = [
        (titles[0].publisher, [(source, resting[source.key]) for source in titles])
        for _key, group in groupby(ordered, key=_publisher)
        if (titles := list(group))
    ]
    letters = groupby(publishers, key=lambda publisher: fold(publisher[0])[:1].upper())
    context = {
        "letters": [(letter, list(group)) for letter, group in letters],
        "facts": len(compiled.facts),
        "shares": [(country, official_share(compiled, country.key)) for country in compiled.countries.values()],
        "count": len(ordered),
        "crumbs": crumbs_to(_("Sources")),
    }
    return render(request, "guides/sources.html", context)


def official_share(compiled: CompiledCatalogue, country: str) -> int:
    """How many per cent of the facts about a country the law or the office itself states."""
    facts = [fact.confidence for fact in compiled.facts.values() if fact.country == country]
    return round(100 * facts.count("official") / len(facts)) if facts else 0


def _publisher(source: Source) -> str:
    return fold(source.publisher)
