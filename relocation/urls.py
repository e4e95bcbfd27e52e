from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from checklists.client.api import public_urls
from guides.previews.views import go as go_to_preview

from . import health, views

admin.site.site_header = admin.site.site_title = _("Relocation Checklist · editors")
admin.site.index_title = _("What waits for you")
# Whoever keeps the catalogue signs in like everybody else, with a second factor and the same limits.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("health/", include(health.urls)),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("", include("checklists.privacy.urls")),
    path("account/", include("checklists.access.accounts.urls")),
    path("admin/exchange/", include("guides.editing.exchange.views")),
    path("admin/entries/", include("guides.editing.reverting")),
    path("admin/r/<path:rest>", views.nothing_here),
    path("admin/", admin.site.urls),
    path("api/", public_urls()),
    path("preview/", go_to_preview, name="preview"),
    path("", include("guides.urls")),
    path("", include("checklists.client.urls")),
    path("", include("checklists.client.firms.urls")),
    path("firms/", include("checklists.firms.members.urls")),
    path("firms/<slug:slug>/", include("checklists.firms.board.urls")),
    path("firms/<slug:slug>/cases/", include("checklists.firms.cases.urls")),
    path("firms/<slug:slug>/cases/<int:pk>/", include("checklists.firms.casework.urls")),
    path("firms/<slug:slug>/", include("checklists.firms.history.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", views.components, name="components"))

handler400 = "django.views.defaults.bad_request"
handler403 = "relocation.views.permission_denied"
handler404 = "relocation.views.page_not_found"
handler500 = "django.views.defaults.server_error"
