from allauth.account.views import LogoutView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from checklists.access.links import forget, remembered_checklist
from checklists.models import Checklist, Membership
from guides.editions.publishing import current

from . import claiming
from .browsers import browser_in_words
from .factors import factors_of, lacks_factor, must_have_factor
from .middleware import WANTED


@require_safe
def account(request):
    """What belongs to whoever is signed in: their checklists, their firms, and the way to their settings."""
    ticked = Count("items", filter=Q(items__done=True))
    checklists = Checklist.objects.owned_by(request.user).annotate(ticked=ticked).order_by("-updated_at")
    countries = current().countries
    context = {
        "checklists": [(found, countries.get(found.answers.get("destination"))) for found in checklists],
        "memberships": Membership.objects.filter(user=request.user).select_related("organisation"),
        "factors": [factor.get_type_display() for factor in factors_of(request.user)],
        "session_count": UserSession.objects.filter(user=request.user).count(),
        "unkept": _unkept(request),
    }
    return render(request, "account/overview.html", context)


@require_POST
def let_go(request, pk):
    """Take a checklist out of the account."""
    checklist = get_object_or_404(Checklist.objects.owned_by(request.user), pk=pk)
    claiming.let_go(checklist=checklist, by=request.user)
    messages.success(
        request, _("The checklist is no longer in your account. Nothing on it was changed, and its link still works.")
    )
    return redirect("account")


@require_POST
def end_session(request, pk):
    """Sign another browser out; its next request is that of a stranger."""
    end_sessions(request, [get_object_or_404(UserSession, pk=pk, user=request.user)])
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


@require_safe
def go_on(request):
    """Once there is a second factor: to the page that somebody wanted before, or to their account."""
    return redirect(request.session.pop(WANTED, None) or "account")


class SignOutView(LogoutView):
    """Ends the session, and lets the browser forget the checklist as well: others may use it next.

    Whoever only cancels signing in keeps what the browser remembers.
    """

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"unkept": _unkept(self.request)}

    def post(self, request, *args, **kwargs):
        was_signed_in = request.user.is_authenticated
        response = super().post(request, *args, **kwargs)
        return forget(response) if was_signed_in else response


def _unkept(request):
    """The checklist that this browser remembers and that is not in the account, or None."""
    checklist = remembered_checklist(request)
    return checklist if checklist and checklist.owner_id != request.user.pk else None


class FactorsView(IndexView):
    """The second factors of an account, and whether there must be one."""

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(**kwargs) | {"must": must_have_factor(user), "lacks": lacks_factor(user)}


class SessionsView(ListUserSessionsView):
    """The browsers in which somebody is signed in."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pairs = [(session, browser_in_words(session.user_agent)) for session in context["sessions"]]
        return context | {"browsers": pairs}


class RemovePasskeyView(RemoveWebAuthnView):
    """Remove a passkey, unless it is the last second factor of somebody who must have one."""

    def form_valid(self, form):
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)
