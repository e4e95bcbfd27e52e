from django.urls import path, register_converter

from .converters import CountryConverter
from .views.about import about
from .views.home import home
from .views.machines import feed, robots, sitemap
from .views.reading import country, document, guide, guides, procedure
from .views.search import search
from .views.sources import sources

register_converter(CountryConverter, "country")

app_name = "guides"

urlpatterns = [
    path("", home, name="home"),
    path("about/", about, name="about"),
    path("guides/", guides, name="guides"),
    path("guides/<country:country>/", country, name="country"),
    path("guides/<country:country>/<str:key>/", guide, name="guide"),
    path("procedures/<country:country>/<str:key>/", procedure, name="procedure"),
    path("documents/<str:key>/", document, name="document"),
    path("sources/", sources, name="sources"),
    path("search/", search, name="search"),
    path("feed.atom", feed, name="feed"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
