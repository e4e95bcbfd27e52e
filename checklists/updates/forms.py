from django import forms
from django.utils.translation import gettext_lazy as _


class MailForm(forms.Form):
    """An address that wants to hear of changes, and the consent to use it for that."""

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        error_messages={"required": _("Enter an email address.")},
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "email"}),
    )
    agreed = forms.BooleanField(
        label=_("Use my address for mail about changes to this checklist"),
        error_messages={"required": _("Tick this if you want the mail. Without it the address is not kept.")},
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
