"""The client's page of who can see their checklist: codes, firms, and the log of every look."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checklists.access.links import by_link, find_own_checklist
from checklists.firms.sharing.forms import PlaceForm, SharesForm
from checklists.firms.sharing.log import describe_log, log_of
from checklists.firms.sharing.services import (
    MOST_CODES,
    TooManyCodes,
    change_shares,
    make_code,
    take_back,
    withdraw_code,
)
from checklists.firms.sharing.words import SHARES, describe_shares, shared_by, written
from checklists.models import CasePerson, Checklist
from checklists.seen import Changed, seen_of

LOG_A_PAGE = 25


@by_link
@require_safe
def access(request, token):
    """Who can see the checklist, and everything that firms looked at and did."""
    return _page(request, own_checklist(request, token))


@by_link
@require_POST
def new_code(request, token):
    """Make a code that lets one firm in."""
    checklist = own_checklist(request, token)
    form = SharesForm(request.POST)
    if not form.is_valid():
        return _page(request, checklist, code_form=form, status=422)
    try:
        made = make_code(checklist=checklist, **form.shares)
    except TooManyCodes:
        form.add_error(None, _("You have %(count)d open codes. Withdraw one first.") % {"count": MOST_CODES})
        return _page(request, checklist, code_form=form, status=422)
    messages.success(request, _("Your code is %(code)s. Give it to your advisor.") % {"code": written(made.code)})
    return redirect(f"{_address(checklist)}#codes")


@by_link
@require_POST
def end_code(request, token, pk):
    """Withdraw a code. One that was withdrawn already is as good as withdrawn."""
    checklist = own_checklist(request, token)
    code = checklist.codes.filter(pk=pk).first()
    if code and code.used_at:
        messages.info(request, _("A firm has used this code already. You find it above, and can take its access back."))
    else:
        if code:
            withdraw_code(code=code)
        messages.success(request, _("The code is withdrawn. Nobody can use it any more."))
    return redirect(_address(checklist))


@by_link
@require_POST
def shares(request, token, pk):
    """Change what a firm may see."""
    checklist = own_checklist(request, token)
    place = _place(checklist, pk)
    form = PlaceForm(request.POST, instance=_place(checklist, pk))
    if not form.is_valid():
        return _page(request, checklist, place_form=form, status=422)
    firm = place.case.organisation
    try:
        place = change_shares(place=place, seen=form.cleaned_data["seen"], **form.shares)
    except Changed as changed:
        form.renew(seen_of(changed.theirs, SHARES))
        return _page(request, checklist, place_form=form, conflict=True, status=409)
    shared = describe_shares(shared_by(place))
    messages.success(request, _("Saved. %(firm)s now sees %(shared)s.") % {"firm": firm, "shared": shared})
    return redirect(_address(checklist))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, token, pk):
    """Take a firm's access back, once the client has read what that means."""
    checklist = own_checklist(request, token)
    place = _place(checklist, pk)
    if request.method == "POST":
        take_back(place=place)
        text = _("%(firm)s no longer sees your checklist.") % {"firm": place.case.organisation}
        messages.success(request, text)
        return redirect(_address(checklist))
    return render(request, "sharing/end.html", {"checklist": checklist, "place": place})


def own_checklist(request, token) -> Checklist:
    """The client's own checklist. Raises Http404, also for the checklist of a preview, which nobody can share."""
    checklist = find_own_checklist(request, token)
    if checklist.preview:
        raise Http404(_("A checklist that was made in a preview cannot be shared."))
    return checklist


def _place(checklist: Checklist, pk: int) -> CasePerson:
    return get_object_or_404(checklist.places.open().select_related("case__organisation", "case__assignee"), pk=pk)


def _page(request, checklist, *, code_form=None, place_form=None, conflict=False, status=200):
    """The page, with whatever form was sent in place of the one that is shown otherwise."""
    places = checklist.places.open().select_related("case__organisation", "case__assignee").order_by("granted_at", "pk")
    log = Paginator(log_of(checklist), LOG_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "checklist": checklist,
        "firms": [_firm(place, place_form, conflict) for place in places],
        "codes": [_code(request, code) for code in checklist.codes.open()],
        "code_form": code_form or SharesForm(),
        "log": log,
        "rows": describe_log(log.object_list),
        "has_errors": status != 200,
    }
    return render(request, "sharing/access.html", context, status=status)


def _firm(place: CasePerson, sent: PlaceForm | None, conflict: bool):
    form = sent if sent and sent.instance.pk == place.pk else None
    return {
        "place": place,
        "firm": place.case.organisation,
        "advisor": place.case.assignee,
        "shared": describe_shares(shared_by(place)),
        "form": form or PlaceForm(instance=place),
        "is_open": form is not None,
        "conflict": form is not None and conflict,
    }


def _code(request, code):
    return {
        "code": code,
        "shown": written(code.code),
        "shared": describe_shares(shared_by(code)),
        "link": request.build_absolute_uri(reverse("sharing:code", args=[written(code.code)])),
    }


def _address(checklist: Checklist) -> str:
    return reverse("sharing:access", args=[checklist.token])
