"""Fields for countries: written by any usual name, in any language. What may be several is asked back, never guessed.

Beside each text of a row, ``<name>-<row>`` holds the code that was chosen when the text was asked back.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from guides.catalogue.countries import countries_called, countries_like, country_names

TEMPLATE = "checklists/widgets/countries.html"
LONGEST = 80


def named(code: str) -> str:
    """The everyday name of a country; what somebody wrote stays as it is."""
    return country_names().get(code, code)


def _settled(data, name: str, row: int, written: str) -> str:
    """What was written in a row, or the code that was chosen for it when it was asked back."""
    written = written.strip()[:LONGEST]
    chosen = data.get(f"{name}-{row}", "")
    return chosen if len(countries_called(written)) != 1 and chosen in countries_like(written) else written


def code_of(written: str) -> str:
    """The code of the only country that is called so. Raises ValidationError for none and for several."""
    match countries_called(written), countries_like(written):
        case [code], _likely:
            return code
        case _called, []:
            message = _("We know no country called “%(name)s”. Try another name for it, or the one in your passport.")
        case _called, [code]:
            message = _(
                "We know no country called “%(name)s”. Did you mean %(likely)s? Say so below, or write another name."
            )
        case _:
            message = _("“%(name)s” can mean several countries. Choose yours below, or write another name.")
    likely = ", ".join(named(code) for code in countries_like(written))
    raise ValidationError(message % {"name": written, "likely": likely}, code="invalid")


def row_of(attributes: dict, name: str, number: int, written: str) -> dict:
    """One text field, and the countries to choose from where what stands in it is not clear."""
    attrs = {key: value for key, value in attributes.items() if key != "aria-invalid"} | {"class": "input"}
    likely = ()
    if written and len(countries_called(written)) != 1:
        likely = countries_like(written)
        attrs |= {"class": "input input--wrong", "aria-invalid": "true"}
    choices = [
        {
            "id": f"{attrs['id']}-{code}",
            "name": f"{name}-{number}",
            "type": "radio",
            "value": code,
            "label": named(code),
        }
        for code in likely
    ]
    return {"name": name, "attrs": flatatt(attrs), "id": attrs["id"], "value": named(written), "choices": choices}


class CountryInput(forms.TextInput):
    """One country as text, with suggestions where scripts run."""

    class Media:
        js = [forms.Script("js/countries.js", defer=True)]

    def value_from_datadict(self, data, files, name):
        return _settled(data, name, 0, data.get(name) or "")

    def render(self, name, value, attrs=None, renderer=None):
        attrs = {"id": f"id_{name}", **self.build_attrs(self.attrs, attrs)}
        return render_to_string(TEMPLATE, {"rows": [row_of(attrs, name, 0, value or "")]})


class SeveralCountryInputs(forms.Widget):
    """One text field for each country and ``spare`` empty ones: works on a phone and without JavaScript."""

    use_fieldset = True

    class Media(CountryInput.Media):
        pass

    def __init__(self, spare: int):
        super().__init__()
        self.spare = spare

    def value_from_datadict(self, data, files, name):
        rows = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        settled = (_settled(data, name, number, written) for number, written in enumerate(rows))
        return list(dict.fromkeys(filter(None, settled)))

    def render(self, name, value, attrs=None, renderer=None):
        attrs = self.build_attrs(self.attrs, attrs)
        base, focus = attrs.pop("id", f"id_{name}"), attrs.pop("autofocus", False)
        written = list(value or [])
        # An empty field below a country that is asked back would look like the place for the answer.
        if focus or all(len(countries_called(text)) == 1 for text in written):
            written += [""] * self.spare
        rows = []
        for number, text in enumerate(written):
            own = {"id": f"{base}_{number}", "aria-label": _("Country %d") % (number + 1)}
            own["autofocus"] = focus and number == len(written) - 1
            rows.append(row_of({**attrs, **own}, name, number, text))
        return render_to_string(TEMPLATE, {"rows": rows})

    def id_for_label(self, id_):
        return ""

    def first_unclear(self, written: list[str]) -> int:
        """The row that is wrong; the first where none is."""
        return next((row for row, text in enumerate(written) if len(countries_called(text)) != 1), 0)


class CountryField(forms.CharField):
    widget = CountryInput

    def to_python(self, value):
        written = super().to_python(value)
        return code_of(written) if written else written


class SeveralCountriesField(forms.Field):
    """``spare``: how many empty text fields stand after those of the chosen countries."""

    def __init__(self, *, spare: int, **kwargs):
        super().__init__(widget=SeveralCountryInputs(spare), **kwargs)

    def to_python(self, value):
        codes, problems = [], []
        for written in value or []:
            try:
                codes.append(code_of(written))
            except ValidationError as problem:
                problems.append(problem)
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(codes))
