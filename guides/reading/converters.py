from django.urls.converters import StringConverter
from django.utils.text import slugify

from guides.editions.publishing import current


class CountryConverter(StringConverter):
    """A country of the edition: its name in the address ("spain"), its key in the code ("es")."""

    def to_python(self, value):
        for country in current().countries.values():
            if slugify(country.name) == value:
                return country.key
        raise ValueError(value)

    def to_url(self, value):
        if value not in current().countries:
            raise ValueError(value)
        return slugify(current().countries[value].name)
