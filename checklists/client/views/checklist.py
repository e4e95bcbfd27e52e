"""The checklist itself, its link, and the browser's memory of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checklists.access.access import Access
from checklists.access.links import by_link, find_checklist, find_own_checklist, remember, remembered_token
from checklists.client.page import page_of
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
def new_link(request, token):
    """Replace the link, so that whoever has the old one can no longer come in."""
    was_remembered = remembered_token(request) in (None, token)
    checklist = find_own_checklist(request, token)
    checklist.replace_link()
    messages.success(request, _("Your checklist has a new link. The old one no longer works."))
    response = redirect(checklist)
    return remember(request, response, checklist) if was_remembered else response
