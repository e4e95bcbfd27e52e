from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """One tick, so that nobody erases themselves with a slip of the finger."""

    sure = forms.BooleanField(
        label=_("Yes, erase it. I know that nobody can bring it back."),
        error_messages={"required": _("Tick the box if you are sure. Nothing has been erased.")},
    )
