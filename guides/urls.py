from guides.opendata.urls import urlpatterns as opendata
from guides.reading.urls import urlpatterns as reading

app_name = "guides"

urlpatterns = [*reading, *opendata]
