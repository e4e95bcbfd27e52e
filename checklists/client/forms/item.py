from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.forms import DateInput
from checklists.models import ChecklistItem
from checklists.seen import SeenForm


class ItemForm(SeenForm, forms.ModelForm):
    """A tick, a note and a date at one line of a plan."""

    class Meta:
        model = ChecklistItem
        fields = ["done", "date", "note"]
        widgets = {"date": DateInput(), "note": forms.Textarea(attrs={"class": "form-control", "rows": 4})}
        help_texts = {
            "date": _("When you did it, or when your appointment is."),
            "note": _("You can read it, and whoever has your link. A firm reads it only if you share your notes."),
        }
