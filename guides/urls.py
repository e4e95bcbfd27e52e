from django.urls import path

from guides.opendata.views import (
    catalogue_json,
    catalogue_jsonld,
    changes_feed,
    changes_json,
    editions_json,
    open_data,
    schema_json,
)
from guides.reading.urls import urlpatterns as reading

app_name = "guides"

urlpatterns = [
    *reading,
    path("open-data/", open_data, name="open-data"),
    path("open-data/catalogue.json", catalogue_json, name="open-data-json"),
    path("open-data/catalogue.jsonld", catalogue_jsonld, name="open-data-jsonld"),
    path("open-data/schema.json", schema_json, name="open-data-schema"),
    path("open-data/editions.json", editions_json, name="open-data-editions"),
    path("open-data/changes.atom", changes_feed, name="open-data-changes"),
    path("open-data/editions/<int:number>/changes.json", changes_json, name="edition-changes"),
    path("open-data/editions/<int:number>/catalogue.json", catalogue_json, name="edition-json"),
    path("open-data/editions/<int:number>/catalogue.jsonld", catalogue_jsonld, name="edition-jsonld"),
]
