"""What is held of somebody: to read, to take along, to erase. With an account, or by the link of a checklist."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from checklists.access.accounts.claiming import claim_of
from checklists.access.links import by_link, find_own_checklist, forget, remembered_token
from checklists.forms import posted

from . import periods
from .copies import as_json, as_zip, copy_of
from .erasing import Blocked, erase_account, erase_checklist, firms_of
from .readable import readable
from .subject import Subject


class EraseForm(forms.Form):
    """One tick, so that nobody erases themselves with a slip of the finger."""

    sure = forms.BooleanField(
        label=lazy("Yes, erase it. I know that nobody can bring it back."),
        error_messages={"required": lazy("Tick the box if you are sure. Nothing has been erased.")},
    )


@login_not_required
@require_safe
def policy(request):
    """What is held, why, how long, who sees it, and how to get and erase it."""
    return render(request, "privacy/policy.html", {"periods": periods.in_words()})


@require_safe
@reauthentication_required
def account_data(request):
    """Everything that is held of an account, to read."""
    parts = readable(copy_of(Subject(user=request.user)))
    return render(request, "privacy/data.html", {"parts": parts, "checklist": None})


@require_safe
@reauthentication_required
def account_copy(request, kind):
    return _copy(Subject(user=request.user), kind)


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_my_account(request):
    """Say what goes and what stays, and on a yes erase the account."""
    form = EraseForm(posted(request))
    firms = firms_of(request.user)
    if request.method == "POST" and not firms.block and form.is_valid():
        try:
            erase_account(user=request.user)
        except Blocked as refused:
            firms = refused.firms
        else:
            logout(request)
            return forget(_gone(request, _("Your account and everything that was held about you is erased.")))
    status = 409 if request.method == "POST" and firms.block else 422 if form.errors else 200
    subject = Subject(user=request.user)
    context = {"form": form, "firms": firms, "subject": subject, "checklist": None}
    return render(request, "privacy/erase.html", context, status=status)


@by_link
@require_safe
def checklist_data(request, token):
    """The same for a checklist without an account, by its link."""
    checklist = _find(request, token)
    if checklist.owner_id:
        return _owned(request, checklist)
    parts = readable(copy_of(Subject(checklist=checklist)))
    return render(request, "privacy/data.html", {"parts": parts, "checklist": checklist})


@by_link
@require_safe
def checklist_copy(request, token, kind):
    checklist = _find(request, token)
    return _owned(request, checklist) if checklist.owner_id else _copy(Subject(checklist=checklist), kind)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def erase_by_link(request, token):
    checklist = _find(request, token)
    if checklist.owner_id:
        return _owned(request, checklist)
    form = EraseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        is_remembered = remembered_token(request) == checklist.token
        erase_checklist(checklist=checklist)
        response = _gone(request, _("The checklist and everything that was held about you with it is erased."))
        return forget(response) if is_remembered else response
    context = {"form": form, "subject": Subject(checklist=checklist), "checklist": checklist}
    return render(request, "privacy/erase.html", context, status=422 if form.errors else 200)


def _find(request, token):
    checklist = find_own_checklist(request, token)
    if checklist.preview:
        raise Http404
    return checklist


def _owned(request, checklist):
    """A checklist that belongs to an account is got and erased with the account: a link alone may have been shared."""
    if request.user.is_authenticated and request.user.pk == checklist.owner_id:
        return redirect("privacy:data")
    context = {"checklist": checklist, "claim": claim_of(request, checklist)}
    return render(request, "privacy/owned.html", context, status=403)


def _copy(subject, kind):
    parts = copy_of(subject)
    if kind == "json":
        response = HttpResponse(as_json(parts), content_type="application/json")
    else:
        response = HttpResponse(as_zip(parts), content_type="application/zip")
    day = timezone.localdate().isoformat()
    response.headers["Content-Disposition"] = f'attachment; filename="my-data-{day}.{kind}"'
    return response


def _gone(request, text):
    messages.success(request, text)
    return redirect("guides:home")
