from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.models import CasePerson, ShareCode
from checklists.seen import SeenForm, seen_of
from guides.lines import LineField

from .words import SHARES, read_code


class SharesForm(SeenForm, forms.ModelForm):
    """What a firm may see."""

    class Meta:
        model = ShareCode
        fields = SHARES
        labels = {
            "shares_checklist": _("The checklist"),
            "shares_documents": _("The documents"),
            "shares_notes": _("Your notes"),
        }
        help_texts = {
            "shares_checklist": _("Tasks, dates and your answers. Without it the firm sees nothing but your messages."),
            "shares_documents": _("Which documents you need, and which you have."),
            "shares_notes": _("What you wrote at the lines of your list."),
        }

    @property
    def shares(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] for name in SHARES}


class PlaceForm(SharesForm):
    """The same for a firm that is in already."""

    class Meta(SharesForm.Meta):
        model = CasePerson

    def __init__(self, data: Any = None, *, instance: CasePerson):
        super().__init__(data, instance=instance, seen=seen_of(instance, SHARES), auto_id=f"firm-{instance.pk}-%s")


class CodeForm(forms.Form):
    """A code that a client handed over, however it is typed."""

    code = LineField(
        label=_("Your client's code"),
        max_length=100,
        help_text=_("12 letters and digits, like ABCD-EFGH-JKMN. Capitals, spaces and dashes do not matter."),
        error_messages={"required": _("Enter the code that your client gave you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self):
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("This is no code yet. It has 12 signs, and never the letters O, I and L or the digits 0 and 1.")
            )
        return code


class ClientForm(forms.ModelForm):
    """Whose checklist it is, as the firm calls them."""

    class Meta:
        model = CasePerson
        fields = ["name", "email"]
        labels = {"name": _("Your client's name"), "email": _("Email, if you know it")}
        error_messages = {"name": {"required": _("Enter a name, so that you find the case again.")}}
