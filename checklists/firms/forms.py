from django import forms

from checklists.models import Organisation


class FirmForm(forms.ModelForm):
    """A new firm needs a name; everything else has a sensible value to begin with."""

    class Meta:
        model = Organisation
        fields = ["name", "time_zone"]
