from django.urls import path

from . import access, taking

app_name = "sharing"

urlpatterns = [
    path("c/<str:token>/access/", access.access, name="access"),
    path("c/<str:token>/access/code/", access.new_code, name="new-code"),
    path("c/<str:token>/access/code/<int:pk>/end/", access.end_code, name="end-code"),
    path("c/<str:token>/access/<int:pk>/", access.shares, name="shares"),
    path("c/<str:token>/access/<int:pk>/end/", access.end, name="end"),
    path("share/", taking.enter, name="enter"),
    path("share/<str:code>/", taking.take, name="code"),
]
