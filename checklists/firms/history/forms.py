import datetime
import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.forms import DayField
from checklists.models import Organisation, User
from checklists.models.history import HistoryQuerySet
from guides.lines import WholeNumberField

from .verbs import VERBS

ANYBODY, OTHERS = "", "others"


class FilterForm(forms.Form):
    """Which entries of a firm's history are shown. Days are those of the firm's time zone."""

    who = forms.ChoiceField(label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("What"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)
    case = WholeNumberField(label=_("Number of a case"), required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, data, organisation: Organisation):
        super().__init__(data)
        self.organisation = organisation
        members = User.objects.filter(memberships__organisation=organisation).order_by("first_name", "email")
        others = [(ANYBODY, _("Anybody")), (OTHERS, _("Clients and the site"))]
        self.fields["who"].choices = [*others, *((str(user.pk), str(user)) for user in members)]
        self.fields["verb"].choices = [("", _("Anything")), *((verb, _in_short(verb)) for verb in VERBS)]

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one. Choose a later day."))

    def entries(self) -> HistoryQuerySet:
        """The entries that fit, newest first; none while something in the form is wrong."""
        found: HistoryQuerySet = self.organisation.history.all()
        if not self.is_valid():
            return found.none()
        given = self.cleaned_data
        if given["who"]:
            found = found.filter(actor_number=None if given["who"] == OTHERS else int(given["who"]))
        if given["verb"]:
            found = found.filter(verb=given["verb"])
        if given["case"]:
            found = found.filter(case_number=given["case"])
        if given["since"]:
            found = found.filter(at__gte=self._midnight(given["since"]))
        if given["until"]:
            found = found.filter(at__lt=self._midnight(given["until"] + datetime.timedelta(days=1)))
        return found

    def _midnight(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(), zoneinfo.ZoneInfo(self.organisation.time_zone))


def _in_short(verb: str) -> str:
    """The words for a verb without the names in it."""
    text = str(VERBS[verb])
    return text % _Dots()


class _Dots(dict):
    def __missing__(self, key):
        return "…"
