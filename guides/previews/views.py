from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import live_prefix
from .forms import PreviewForm


@require_safe
def go(request):
    """Lead to ``page``, an address of the site, in the preview that the form asks for."""
    form = PreviewForm(request.GET)
    page = request.GET.get("page", "")
    if not form.is_valid():
        return render(request, "guides/preview_choice.html", {"form": form, "page": page}, status=422)
    return HttpResponseRedirect(live_prefix() + form.preview.path + page.lstrip("/"))
