from django.urls import path

from .views.about import about
from .views.home import home

app_name = "guides"

urlpatterns = [
    path("", home, name="home"),
    path("about/", about, name="about"),
]
