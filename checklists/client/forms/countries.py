"""Selects of countries. There are 250 of them, so names and options are worked out once for each language."""

from functools import cache
from unicodedata import normalize

from django import forms
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guides.catalogue.compiled import country_names


def country_choices() -> tuple[tuple[str, str], ...]:
    """(code, name) of every country in the language of the reader, sorted by name."""
    return _choices(get_language())


@cache
def _choices(language: str) -> tuple[tuple[str, str], ...]:
    named = [(code, str(name)) for code, name in country_names().items()]
    return tuple(sorted(named, key=lambda pair: normalize("NFKD", pair[1]).casefold()))


@cache
def _options(language: str) -> SafeString:
    return format_html_join("", '<option value="{}">{}</option>', _choices(language))


def _select(attributes: dict, chosen: str) -> SafeString:
    options = _options(get_language())
    if chosen in country_names():
        options = options.replace(f'value="{chosen}"', f'value="{chosen}" selected', 1)
    return format_html(
        '<select{}><option value="">{}</option>{}</select>',
        flatatt({"class": "form-select", **attributes}),
        _("Choose a country"),
        mark_safe(options),
    )


class CountrySelect(forms.Select):
    def render(self, name, value, attrs=None, renderer=None):
        return _select({"name": name, **(attrs or {})}, value or "")


class SeveralCountrySelects(forms.Widget):
    """One select for each chosen country and ``spare`` empty ones: works on a phone and without JavaScript."""

    def __init__(self, spare: int):
        super().__init__()
        self.spare = spare

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return list(dict.fromkeys(value for value in values if value))

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, attrs)
        base, focus = attrs.pop("id", f"id_{name}"), attrs.pop("autofocus", False)
        rows = [*(value or []), *[""] * self.spare]
        selects = []
        for place, chosen in enumerate(rows):
            own = {"id": f"{base}_{place}", "aria-label": _("Country %d") % (place + 1)}
            own["autofocus"] = focus and place == len(rows) - 1
            selects.append(_select({"name": name, **attrs, **own}, chosen))
        return render_to_string("checklists/widgets/several_selects.html", {"selects": selects})

    def id_for_label(self, id_):
        return f"{id_}_0"


class CountryField(forms.ChoiceField):
    widget = CountrySelect

    def __init__(self, **kwargs):
        super().__init__(choices=country_choices(), **kwargs)


class SeveralCountriesField(forms.MultipleChoiceField):
    """``spare``: how many empty selects stand after the chosen ones."""

    def __init__(self, *, spare: int, **kwargs):
        super().__init__(choices=country_choices(), widget=SeveralCountrySelects(spare), **kwargs)
