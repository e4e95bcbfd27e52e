"""A firm uses a client's code: what it opens, and into which case it goes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from checklists.access.codes import may_try, was_right
from checklists.forms import number_in, posted
from checklists.models import Case, CasePerson, Membership, Organisation, ShareCode
from checklists.models.firms import WORKING
from guides.folding import words

from .forms import ClientForm, CodeForm
from .services import AlreadyOpen, CodeGone, place_in, take_code
from .words import describe_shares_to_firm, read_code, shared_by, written

CASES_SHOWN = 20


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request):
    """Type in a code."""
    form = CodeForm(posted(request))
    if form.is_valid():
        return redirect("sharing:code", written(form.cleaned_data["code"]))
    return _page(request, "sharing/enter.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request, code):
    """What the code opens for one's firm, and taking it. Nobody learns whether a code exists without signing in."""
    if not request.user.is_authenticated:
        return _page(request, "sharing/sign_in.html", {})
    memberships = Membership.objects.filter(user=request.user, role__in=WORKING).select_related("organisation")
    firms = [membership.organisation for membership in memberships.order_by("organisation__name")]
    if not firms:
        return _page(request, "sharing/no_firm.html", {}, status=403)
    typed = read_code(code)
    if not typed:
        return _gone(request)
    # Counted before anybody looks: many tries at the same moment are many tries.
    if not may_try(request):
        return _page(request, "sharing/too_many.html", {}, status=429)
    found = ShareCode.objects.open().select_related("checklist").filter(code=typed).first()
    if found is None:
        return _gone(request)
    was_right(request)
    firm = _chosen(request, firms)
    if firm is None:
        return _page(request, "sharing/choose_firm.html", {"firms": firms})
    return _take(request, found, firm, firms)


def _take(request, code: ShareCode, firm: Organisation, firms: list[Organisation]):
    before = place_in(firm, code.checklist)
    if before and before.revoked_at is None:
        return _already(request, before)
    case = _case(request, firm)
    # In a case with nobody else it is most likely the client's own.
    form = ClientForm(posted(request), initial={"name": case.name, "email": case.email} if case else {})
    if request.method == "POST" and (before or form.is_valid()):
        given = {} if before else form.cleaned_data
        try:
            place = take_code(code=code, organisation=firm, by=request.user, case=case, **given)
        except CodeGone:
            return _gone(request)
        except AlreadyOpen as open_already:
            return _already(request, open_already.place)
        text = _("%(name)s's checklist is open to your firm. They see every look in their log.")
        messages.success(request, text % {"name": place.name})
        return redirect(place.case)
    find = request.GET.get("find", "")[:100]
    context = {
        "code": written(code.code),
        "shared": describe_shares_to_firm(shared_by(code)),
        "firm": firm,
        "firms": firms,
        "before": before,
        "case": case,
        "form": form,
        "find": find,
        "cases": _cases(firm, find),
    }
    return _page(request, "sharing/take.html", context, status=422 if form.errors else 200)


def _chosen(request, firms: list[Organisation]) -> Organisation | None:
    """The firm for which the code is taken: the only one, or the one of the address. Raises Http404 for another."""
    slug = request.GET.get("firm", "")
    if not slug:
        return firms[0] if len(firms) == 1 else None
    firm = next((firm for firm in firms if firm.slug == slug), None)
    if firm is None:
        raise Http404
    return firm


def _case(request, firm: Organisation) -> Case | None:
    """The case of the firm to which the checklist is added; None for a new one."""
    key = request.GET.get("case", "")
    if not key:
        return None
    return get_object_or_404(firm.cases.active(), pk=number_in(key))


def _cases(firm: Organisation, find: str):
    """The firm's open cases in which all these words occur, at most a screenful; none before somebody searched."""
    looked_for = [word for word, _start, _end in words(find)]
    if not looked_for:
        return []
    cases = firm.cases.active()
    for word in looked_for:
        cases = cases.filter(words__word__startswith=word)
    return cases.distinct().order_by("name", "pk")[:CASES_SHOWN]


def _gone(request):
    """The same for every code that opens nothing, so that the answer tells nothing."""
    return _page(request, "sharing/gone.html", {}, status=404)


def _already(request, place: CasePerson):
    return _page(request, "sharing/already.html", {"place": place})


def _page(request, template, context, status=200):
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
