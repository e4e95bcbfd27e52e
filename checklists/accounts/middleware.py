from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from checklists.models import Membership, User


class SecondFactorMiddleware:
    """Nobody works as staff or in a firm with a password alone: first they set up a second factor.

    Whoever has one is asked for it whenever they sign in. Until then only the pages of their account open.
    """

    OPEN = ("/account/", "/static/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated and not request.path_info.startswith(self.OPEN) and lacks_second_factor(user):
            messages.warning(request, _("Your account can see other people's data. Set up a second factor first."))
            return redirect("mfa_index")
        return self.get_response(request)


def lacks_second_factor(user: User) -> bool:
    """Whether somebody of the staff or of a firm could sign in with a password or a code alone."""
    if user.email in settings.NO_SECOND_FACTOR:
        return False
    if Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        return False
    return user.is_staff or Membership.objects.filter(user=user).exists()
