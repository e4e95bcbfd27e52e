from django.urls import path

from . import views

app_name = "board"

urlpatterns = [
    path("", views.cases, name="cases"),
    path("bulk/", views.bulk, name="bulk"),
    path("export/", views.export, name="export"),
    path("views/", views.save_view, name="save-view"),
    path("views/<int:pk>/delete/", views.forget_view, name="forget-view"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/file/", views.calendar_file, name="calendar-file"),
    path("workload/", views.workload, name="workload"),
]
