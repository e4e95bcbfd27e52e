"""The checklist itself, its link, and the browser's memory of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checklists.access.access import Access
from checklists.access.accounts.claiming import claim_of, undo_claim
from checklists.access.links import (
    by_link,
    find_checklist,
    find_own_checklist,
    forget,
    held_since,
    remember,
    remembered_token,
)
from checklists.client.page import page_of
from checklists.client.services import replace_link
from checklists.firms.sharing.news import news_of
from checklists.updates.notices import describe_notice
from checklists.updates.subscription_views import MailForm, subscription_of
from guides import clock
from guides.editions.publishing import current


@by_link
@require_safe
def show(request, token):
    access = find_checklist(request, token)
    checklist, is_clients = access.checklist, access.person is None
    compiled, today = current(), clock.today()
    page = page_of(compiled, access, today)
    context = {
        "access": access,
        "page": page,
        "today": today,
        "remembers_another": is_clients and remembered_token(request) not in (None, token),
    }
    if is_clients:
        context["checklist"] = checklist
        context |= news_of(checklist) if checklist.has_firms else {}
    if not checklist.preview:
        unread = checklist.notices.unread() if checklist.has_news else ()
        context["notices"] = [describe_notice(notice, page.lines) for notice in unread]
    return render(request, "checklists/checklist.html", context)


@by_link
@require_safe
def keep(request, token):
    """The link to the checklist, and emails about changes."""
    checklist = find_own_checklist(request, token)
    context = {
        "access": Access(checklist),
        "checklist": checklist,
        "address": request.build_absolute_uri(checklist.get_absolute_url()),
        "is_remembered": remembered_token(request) == token,
        "claim": claim_of(request, checklist),
    }
    if not checklist.preview:
        context |= {"mail_form": MailForm(), "subscription": subscription_of(checklist)}
    return render(request, "checklists/keep.html", context)


@by_link
@require_POST
def remember_this(request, token):
    """Let this browser open this checklist from now on, in place of the one it remembered before."""
    checklist = find_own_checklist(request, token)
    messages.success(request, _("This browser now remembers this checklist."))
    return remember(request, redirect(checklist), checklist)


@by_link
@require_POST
def forget_this(request, token):
    """Let this browser forget this checklist. One that it does not remember cannot be forgotten by a stray form."""
    find_own_checklist(request, token)
    if remembered_token(request) != token:
        return redirect("guides:home")
    messages.success(
        request,
        _(
            "This browser has forgotten the checklist; its link still opens it. On a computer that others use, clear "
            "the history of the browser as well."
        ),
    )
    return forget(redirect("guides:home"))


@by_link
@require_POST
def new_link(request, token):
    """Replace the link, so that whoever has the old one can no longer come in. What else leads in ends as well.

    Ticked, ``keep_mail`` keeps the emails about changes, and ``keep_claim`` leaves the checklist in the account of
    somebody who is not signed in here, where this browser may take it out.
    """
    was_remembered = remembered_token(request) in (None, token)
    checklist = find_own_checklist(request, token)
    claim = claim_of(request, checklist)
    if claim and claim.may_undo and "keep_claim" not in request.POST:
        undo_claim(checklist=checklist, held_since=held_since(request, checklist))
    renewed = replace_link(checklist=checklist, keep_mail="keep_mail" in request.POST)
    messages.success(request, _("Your checklist has a new link. The old one no longer works."))
    response = redirect(renewed)
    return remember(request, response, renewed, before=token) if was_remembered else response


@by_link
@require_POST
def take_out(request, token):
    """Take the checklist out of an account that claimed it after this browser had it."""
    checklist = find_own_checklist(request, token)
    held = held_since(request, checklist)
    if held is None or not undo_claim(checklist=checklist, held_since=held):
        raise PermissionDenied(_("This browser has not held the checklist for longer than the account that keeps it."))
    messages.success(
        request,
        _(
            "The checklist is in no account any more, and the owner of that account gets an email. Replace the link "
            "now, if they should not have it."
        ),
    )
    return redirect("checklists:keep", token)
