from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guides.editions.publishing import current

GUIDES_SHOWN = 6


@login_not_required
@require_safe
def home(request):
    """What this is, a door for each country, an example, and what it all rests on."""
    compiled = current()
    guides = sorted(compiled.guides.values(), key=lambda guide: (guide.order, guide.key))[:GUIDES_SHOWN]
    context = {
        "countries": compiled.countries.values(),
        "edition": compiled,
        "guides": [(guide, compiled.countries[guide.country]) for guide in guides],
    }
    return render(request, "guides/home.html", context)
