from django.urls import path

from . import views

app_name = "cases"

urlpatterns = [
    path("new/", views.new, name="new"),
]
