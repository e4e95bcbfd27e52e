from django.urls import path

from .views.home import home

app_name = "guides"

urlpatterns = [
    path("", home, name="home"),
]
