"""The start page, and how sure all of this is."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from guides.catalogue.described import not_described
from guides.editions.publishing import current
from guides.models import Edition
from guides.reading import library

GUIDES_SHOWN = 6
CONFIDENCES = ("official", "secondary", "guide", "unverified")


@login_not_required
@require_safe
def home(request):
    """What this is, a door for each country, an example, and what it all rests on."""
    compiled = current()
    guides = sorted(compiled.guides.values(), key=lambda guide: (guide.order, guide.key))[:GUIDES_SHOWN]
    context = {
        "countries": compiled.countries.values(),
        "edition": compiled,
        "destinations": get_text_list([country.name for country in compiled.countries.values()], gettext("or")),
        "guides": [(guide, compiled.countries[guide.country]) for guide in guides],
    }
    return render(request, "guides/home.html", context)


@login_not_required
@require_safe
def about(request):
    """How sure a line is, what nobody could check, what happens to answers, and the doors for advisors and programs."""
    compiled = current()
    pages = {entry.key: entry for entry in library().index.entries if entry.kind == "fact"}
    unverified = [fact for fact in compiled.facts.values() if fact.confidence == "unverified"]
    by_country = (
        (country, [(fact, pages.get(fact.key)) for fact in unverified if fact.country == country.key])
        for country in compiled.countries.values()
    )
    context = {
        "confidences": [{"kind": kind} for kind in CONFIDENCES],
        "edition": Edition.objects.filter(number=compiled.number).values("number", "published_at", "note").first(),
        "not_described": [(country, not_described(compiled, country.key)) for country in compiled.countries.values()],
        "open": [(country, facts) for country, facts in by_country if facts],
    }
    return render(request, "guides/about.html", context)
