from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.account, name="account"),
    path("data/", include("checklists.privacy.urls")),
    path("", include("allauth.urls")),
]
