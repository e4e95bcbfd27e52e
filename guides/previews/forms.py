import datetime

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.conditions.answers import EARLIEST, LATEST
from guides.editions.drafts import draft
from guides.editions.publishing import showing
from guides.lines import PlainDateField
from guides.models import Edition
from guides.reading.addresses import document_url, guide_url, procedure_url

from .address import DRAFT, Preview


def edition_choices() -> list[tuple[str, str]]:
    """The draft and every edition, the newest first."""
    published = Edition.objects.values_list("number", "published_at")
    return [(DRAFT, _("the draft")), *((str(number), _edition(number, when)) for number, when in published)]


def _edition(number, when) -> str:
    return _("edition %(number)d of %(date)s") % {"number": number, "date": date_format(when, "j F Y")}


class PreviewForm(forms.Form):
    """Which catalogue to show and on which day; ``preview`` is the choice once it is valid.

    What is left out is the draft and the day it is.
    """

    edition = forms.ChoiceField(label=gettext_lazy("Which edition"), choices=edition_choices, required=False)
    day = PlainDateField(
        label=gettext_lazy("As if today were"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": EARLIEST, "max": LATEST}),
        input_formats=["%Y-%m-%d"],
    )

    def clean_edition(self):
        return self.cleaned_data["edition"] or DRAFT

    def clean_day(self):
        return self.checked_day(self.cleaned_data["day"])

    @staticmethod
    def checked_day(day: datetime.date | None) -> datetime.date | None:
        """The day, if plans can be made for it. Raises ValidationError."""
        if day and not EARLIEST <= day <= LATEST:
            span = {"first": EARLIEST.isoformat(), "last": LATEST.isoformat()}
            raise forms.ValidationError(_("Choose a day between %(first)s and %(last)s.") % span)
        return day

    @property
    def preview(self) -> Preview:
        edition = self.cleaned_data["edition"]
        return Preview(None if edition == DRAFT else int(edition), self.cleaned_data["day"])

    @staticmethod
    def initial_of(preview: Preview) -> dict:
        return {"edition": str(preview.edition or DRAFT), "day": preview.day}


class PageForm(PreviewForm):
    """Which page of the draft to look at. Raises CatalogueError where the draft cannot be shown."""

    page = forms.ChoiceField(label=gettext_lazy("Page"))
    field_order = ["page", "edition", "day"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["page"].choices = _pages()


def _pages() -> list:
    compiled = draft()
    first = {"guides:home": _("Start page"), "checklists:start": _("Questionnaire"), "guides:guides": _("All guides")}
    # The addresses of a country are made from its name in the catalogue that is shown.
    with showing(compiled):
        groups = {
            _("Guides"): [(guide_url(guide), guide.title) for guide in compiled.guides.values()],
            _("Procedures"): [(procedure_url(found), found.name) for found in compiled.procedures.values()],
            _("Documents"): [(document_url(document), document.name) for document in compiled.documents.values()],
        }
    by_name = {title: sorted(pages, key=lambda page: page[1].casefold()) for title, pages in groups.items()}
    return [*((reverse(name), label) for name, label in first.items()), *by_name.items()]
