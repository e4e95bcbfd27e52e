from django.urls import include, path

from .bare import bare_page

urlpatterns = [path("bare/", bare_page), path("", include("relocation.urls"))]
