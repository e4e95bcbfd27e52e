from django.urls import path

from . import views

app_name = "history"

urlpatterns = [
    path("history/", views.of_firm, name="history"),
    path("history/history.csv", views.export, {"kind": "csv"}, name="csv"),
    path("history/history.json", views.export, {"kind": "json"}, name="json"),
    path("cases/<int:pk>/history/", views.of_case, name="case"),
]
