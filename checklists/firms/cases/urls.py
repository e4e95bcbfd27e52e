from django.urls import path

from . import import_views, people_views, views

app_name = "cases"

urlpatterns = [
    path("new/", views.new, name="new"),
    path("import/", import_views.upload, name="import"),
    path("import/clients.csv", import_views.template, name="import-template"),
    path("import/<int:pk>/", import_views.preview, name="import-preview"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/follow/", views.follow, name="follow"),
    path("<int:pk>/documents/", people_views.documents, name="documents"),
    path("<int:pk>/people/new/", people_views.add, name="add-person"),
    path("<int:pk>/people/<int:person>/", people_views.edit, name="edit-person"),
    path("<int:pk>/people/<int:person>/remove/", people_views.remove, name="remove-person"),
    path("<int:pk>/people/<int:person>/send/", people_views.send, name="send-questionnaire"),
]
