from django.urls import path

from . import views

app_name = "firms"

urlpatterns = [
    path("new/", views.new, name="new"),
]
