from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from .forms import FirmForm
from .services import start_firm


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Start a firm and become its owner."""
    form = FirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        organisation = start_firm(name=form.cleaned_data["name"], by=request.user)
        return redirect("board:cases", organisation.slug)
    return render(request, "firms/new.html", {"form": form}, status=422 if form.errors else 200)
