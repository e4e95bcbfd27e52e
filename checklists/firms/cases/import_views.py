"""Bringing clients in from a CSV file: upload, preview, and only then the cases."""

import csv
import datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from checklists.access.firms import for_advisors
from checklists.models import CaseImport
from checklists.seen import Changed
from guides.editions.publishing import current

from .forms import ImportForm
from .import_file import HEADERS, LARGEST, UnreadableFile, read_sheet
from .import_rows import Preview, preview_of
from .importing import import_cases

ROOM_FOR_FIELDS = 64 * 1024
SHOWN = 50
MOST_PROBLEMS = 100
TITLES = ["Name", "Email", "Destination", "Target date", "Reference", "Stage", "Assignee", "Priority", "Labels"]


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, membership):
    """Take a file in and go on to its preview; a file that cannot be read is not kept."""
    organisation = membership.organisation
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            read_sheet(content)
        except UnreadableFile as unreadable:
            form.add_error("file", str(unreadable))
        else:
            kept = _keep(organisation, request.user, file.name[-200:], content)
            return redirect("cases:import-preview", organisation.slug, kept.pk)
    context = {"membership": membership, "form": form, "titles": TITLES, "fields": HEADERS}
    return render(request, "cases/import.html", context, status=422 if form.errors else 200)


# A file is larger than what forms may send otherwise.
upload.upload_limit = LARGEST + ROOM_FOR_FIELDS
upload.upload_for_everybody = True


@transaction.atomic
def _keep(organisation, user, name: str, content: bytes) -> CaseImport:
    """Keep one file of this person in this firm; an earlier one that they did not agree to goes."""
    organisation.imports.filter(user=user).delete()
    return CaseImport.objects.create(organisation=organisation, user=user, name=name, content=content)


@for_advisors
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, membership, pk):
    """What a file would open; and, once its sender agrees, opening exactly that. ``cancel`` forgets the file."""
    organisation = membership.organisation
    kept = organisation.imports.fresh().filter(user=request.user, pk=pk).first()
    if kept is None:
        raise Http404(_("This file is no longer here: it was imported or cancelled, or it is older than a day."))
    if request.method == "POST" and "cancel" in request.POST:
        kept.delete()
        messages.success(request, _("The file is deleted. No case was opened."))
        return redirect("cases:import", organisation.slug)
    if request.method == "POST":
        return _import(request, membership, kept)
    return _page(request, membership, kept, preview_of(read_sheet(bytes(kept.content)), organisation))


def _import(request, membership, kept):
    with_duplicates, seen = request.POST.get("duplicates") == "open", request.POST.get("seen", "")
    try:
        count = import_cases(upload=kept, with_duplicates=with_duplicates, seen=seen, by=request.user)
    except Changed as changed:
        return _page(request, membership, kept, changed.theirs, status=409)
    except CaseImport.DoesNotExist:
        raise Http404(_("This file was imported or cancelled already.")) from None
    text = ngettext("%(count)d case is open.", "%(count)d cases are open.", count)
    messages.success(request, text % {"count": count})
    return redirect("board:cases", membership.organisation.slug)


def _page(request, membership, kept, found: Preview, status: int = 200):
    context = {
        "membership": membership,
        "kept": kept,
        "preview": found,
        "rows": found.rows[:SHOWN],
        "problems": found.problems[:MOST_PROBLEMS],
        "unique": len(found.wanted(with_duplicates=False)),
        "all": len(found.rows),
        "changed": status == 409,
    }
    return render(
        request, "cases/import_preview.html", context, status=422 if found.problems and status == 200 else status
    )


@for_advisors
@require_safe
def template(request, membership):
    """An empty file with the titles and one invented client, as spreadsheet programs open it."""
    organisation = membership.organisation
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="clients.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(TITLES)
    day = organisation.today() + datetime.timedelta(days=90)
    stage = organisation.stages.first()
    country = next((country.name for country in current().countries.values()), "")
    writer.writerow(["Ana Example", "ana@example.org", country, day.isoformat(), "2027-001", stage, "", "normal", ""])
    return response
