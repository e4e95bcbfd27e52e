import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401  # Both are to be registered before they are taken out.
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from checklists.access.accounts.events import log_event
from checklists.models import User

# Their pages show the keys of sessions and the secrets of second factors, with which anybody could sign in.
admin.site.unregister([Authenticator, UserSession])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """A superuser can sign somebody out wherever they are signed in."""

    actions = ["end_sessions"]

    @admin.action(description=_("End all sessions"), permissions=["end_sessions"])
    def end_sessions(self, request, queryset):
        sessions = UserSession.objects.filter(user__in=queryset)
        for session in sessions:
            session.end()
            log_event("session ended by a superuser", session.user_id)
        number = len(sessions)
        said = ngettext("%(count)d session has ended.", "%(count)d sessions have ended.", number)
        self.message_user(request, said % {"count": number})

    def has_end_sessions_permission(self, request):
        return request.user.is_superuser


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):
    """A superuser can take a factor away from somebody who has lost it; what it consists of is shown to nobody."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    fields = list_display

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
