from django.urls import path

from . import views

app_name = "privacy"

urlpatterns = [
    path("privacy/", views.policy, name="policy"),
    path("account/data/", views.account_data, name="data"),
    path("account/data/my-data.json", views.account_copy, {"kind": "json"}, name="json"),
    path("account/data/my-data.zip", views.account_copy, {"kind": "zip"}, name="zip"),
    path("account/data/erase/", views.erase_my_account, name="erase"),
    path("c/<str:token>/data/", views.checklist_data, name="checklist-data"),
    path("c/<str:token>/data/my-data.json", views.checklist_copy, {"kind": "json"}, name="checklist-json"),
    path("c/<str:token>/data/my-data.zip", views.checklist_copy, {"kind": "zip"}, name="checklist-zip"),
    path("c/<str:token>/data/erase/", views.erase_by_link, name="checklist-erase"),
]
