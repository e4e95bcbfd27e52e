from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from checklists.firms.access import for_advisors

from .forms import NewCaseForm
from .services import open_case


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request, membership):
    """Open a case for a client."""
    form = NewCaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect(open_case(organisation=membership.organisation, by=request.user, **form.cleaned_data))
    context = {"membership": membership, "form": form}
    return render(request, "cases/new.html", context, status=422 if form.errors else 200)
