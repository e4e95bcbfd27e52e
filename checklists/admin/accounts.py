import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401  # Both are to be registered before they are taken out.
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from checklists.models import User

admin.site.register(User, UserAdmin)

# Their pages show the keys of sessions and the secrets of second factors, with which anybody could sign in.
admin.site.unregister([Authenticator, UserSession])


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
