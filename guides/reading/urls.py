from django.urls import path, register_converter

from guides.reading.views.about import about, home
from guides.reading.views.machines import feed, robots, sitemap
from guides.reading.views.reading import country, document, guide, guides, procedure
from guides.reading.views.reports import report, report_thanks
from guides.reading.views.search import search
from guides.reading.views.sources import sources

from .addresses import CountryConverter

register_converter(CountryConverter, "country")

urlpatterns = [
    path("", home, name="home"),
    path("about/", about, name="about"),
    path("guides/", guides, name="guides"),
    path("guides/<country:country>/", country, name="country"),
    path("guides/<country:country>/<str:key>/", guide, name="guide"),
    path("procedures/<country:country>/<str:key>/", procedure, name="procedure"),
    path("procedures/<country:country>/<str:key>/report/", report, name="report"),
    path("procedures/<country:country>/<str:key>/report/thanks/", report_thanks, name="report-thanks"),
    path("documents/<str:key>/", document, name="document"),
    path("sources/", sources, name="sources"),
    path("search/", search, name="search"),
    path("feed.atom", feed, name="feed"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
