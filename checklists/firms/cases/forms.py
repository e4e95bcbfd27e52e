from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.firms.members.forms import SetupForm
from checklists.forms import DateInput, DayField
from checklists.models import Case, CasePerson, Organisation, User
from checklists.models.firms import WORKING
from checklists.seen import SeenForm

from .fields import ALL_FIELDS, countries
from .household import KNOWN


class CaseForm(SeenForm, forms.ModelForm):
    """A case as its firm describes it."""

    destination = forms.ChoiceField(label=_("Destination"), required=False)

    class Meta:
        model = Case
        fields = ALL_FIELDS
        field_classes = {"target_date": DayField}
        widgets = {"target_date": DateInput(), "labels": forms.CheckboxSelectMultiple()}
        help_texts = {
            "email": _("Where the questionnaire and messages go."),
            "target_date": _("The day on which the client wants to be there."),
            "reference": _("Your own number or name for it."),
        }

    def __init__(self, *args, organisation: Organisation, **options):
        super().__init__(*args, **options)
        self.fields["destination"].choices = self._destinations()
        self.fields["stage"].queryset = organisation.stages.all()
        self.fields["stage"].empty_label = None
        self.fields["assignee"].queryset = workers(organisation)
        self.fields["assignee"].empty_label = _("Nobody yet")
        self.fields["labels"].queryset = organisation.labels.all()
        if not self.fields["labels"].queryset:
            del self.fields["labels"]
        if not self.instance.pk:
            self.initial.setdefault("stage", organisation.stages.first())

    def _destinations(self) -> list[tuple[str, str]]:
        """Also a country that the edition no longer has, while the case still leads there."""
        known = countries()
        kept = self.instance.destination
        gone = [(kept, kept)] if kept and kept not in dict(known) else []
        return [("", _("Not known yet")), *known, *gone]

    def values(self) -> dict:
        """What the services take."""
        found = {name: self.cleaned_data[name] for name in ALL_FIELDS if name in self.cleaned_data}
        if "labels" in found:
            found["labels"] = sorted(found["labels"], key=str)
        return found


class PersonForm(SetupForm):
    """Somebody of a case: what they are called, and where mail for them goes."""

    class Meta:
        model = CasePerson
        fields = KNOWN
        help_texts = {"email": _("Leave it empty to write to the address of the case.")}


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("At most 2 MB and 5,000 rows."),
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
    )


def workers(organisation: Organisation):
    """Who can be given cases: the firm's owners and advisors, by name."""
    places = organisation.memberships.filter(role__in=WORKING)
    return User.objects.filter(pk__in=places.values("user")).order_by("first_name", "last_name", "email")
