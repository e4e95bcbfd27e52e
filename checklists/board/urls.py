from django.urls import path

from . import views

app_name = "board"

urlpatterns = [
    path("", views.cases, name="cases"),
    path("views/", views.save_view, name="save-view"),
    path("views/<int:pk>/delete/", views.forget_view, name="forget-view"),
]
