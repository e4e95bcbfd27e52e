from django import forms

from checklists.models import Case


class NewCaseForm(forms.ModelForm):
    """What is known of a client on the first day."""

    class Meta:
        model = Case
        fields = ["name", "email", "destination", "target_date", "reference"]
