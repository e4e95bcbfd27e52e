from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from checklists.access.firms import for_advisors
from checklists.firms.board.bulk.selection import NotThese, selected
from checklists.firms.board.context import BoardContext
from checklists.firms.board.exports import FORMATS, export_cases
from guides.catalogue.problems import CatalogueError

from .bulk import back_to_list


@for_advisors
@require_POST
def export(request, membership):
    """The cases that were ticked, or all of the list, as a file."""
    name = request.POST.get("format", "")
    if name not in FORMATS:
        raise Http404
    board, form = BoardContext(membership), FORMATS[name]
    try:
        cases = selected(board, request.POST, form.most).cases
        content = export_cases(board=board, cases=cases, form=name)
    except (NotThese, CatalogueError) as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to_list(board, request.POST.get("query", "")))
    response = HttpResponse(content, content_type=form.content_type)
    filename = f"{_('cases')}-{board.organisation.slug}-{board.today}.{name}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
