from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from checklists.firms.members.invitations import OtherAddress, Over, accept, is_for
from checklists.firms.members.letters import ABOUT_ROLES, last_day
from checklists.models import Invitation, Role


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, key):
    """What somebody is invited to; signed in with the invited address, they can accept it."""
    found = _invitation(key)
    member = found.organisation.memberships.filter(user_id=request.user.pk).first()
    if not found.is_open:
        return _page(request, found, "firms/invitation_over.html", status=410, member=member)
    if member:
        return _page(request, found, "firms/invitation_member.html", status=200, member=member)
    if not request.user.is_authenticated:
        return _page(request, found, "firms/invitation_sign_in.html", status=200 if request.method != "POST" else 403)
    if not is_for(found, request.user):
        return _page(request, found, "firms/invitation_other.html", status=403)
    if request.method == "POST":
        return _accept(request, found)
    return _page(request, found, "firms/invitation.html", status=200)


def _accept(request, found):
    try:
        accept(invitation=found, by=request.user)
    except Over:
        return _page(request, _invitation(found.key), "firms/invitation_over.html", status=410)
    except OtherAddress:
        return _page(request, found, "firms/invitation_other.html", status=403)
    except Invitation.DoesNotExist:
        _invitation(found.key)
    firm = found.organisation
    messages.success(request, _("Welcome to %(firm)s.") % {"firm": firm})
    return redirect("board:cases", firm.slug)


def _invitation(key):
    found = Invitation.objects.select_related("organisation", "invited_by").filter(key=key).first()
    if found is None:
        raise Http404(
            _(
                "There is no such invitation. It was withdrawn or replaced by a newer one, or the link was cut. "
                "Open the link in the newest email, or ask the firm to invite you again."
            )
        )
    return found


def _page(request, found, template, *, status, **more):
    context = {
        "invitation": found,
        "firm": found.organisation,
        "inviter": str(found.invited_by) if found.invited_by else "",
        "about_role": ABOUT_ROLES[Role(found.role)],
        "until": last_day(found),
        **more,
    }
    return render(request, template, context, status=status)
