from django.contrib.auth.decorators import login_required
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.account, name="account"),
    path("checklists/<int:pk>/let-go/", views.let_go, name="account-let-go"),
    path("sessions/<int:pk>/end/", views.end_session, name="account-end-session"),
    path("go-on/", views.go_on, name="account-go-on"),
    # In place of allauth's own views of the same names.
    path("logout/", views.SignOutView.as_view(), name="account_logout"),
    path("2fa/", login_required(views.FactorsView.as_view()), name="mfa_index"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.RemovePasskeyView.as_view(), name="mfa_remove_webauthn"),
    path("sessions/", views.SessionsView.as_view(), name="usersessions_list"),
    path("", include("allauth.urls")),
]
