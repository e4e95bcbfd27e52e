import zoneinfo

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from checklists.models import AnswerTemplate, Label, Membership, Organisation, Role, Stage
from checklists.seen import SeenForm, seen_of
from guides.lines import AddressField, WholeNumberField

from .letters import ABOUT_ROLES
from .merging import check

AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


def time_zones() -> list[str]:
    """The names that the field offers; it takes every other name that exists."""
    return sorted(name for name in zoneinfo.available_timezones() if name.startswith(AREAS))


class FirmForm(forms.ModelForm):
    """A new firm needs a name; everything else has a sensible value to begin with."""

    class Meta:
        model = Organisation
        fields = ["name", "time_zone"]
        labels = {"name": _("Name of the firm"), "time_zone": _("Time zone")}
        help_texts = {"time_zone": _("Deadlines end at midnight there. Write it like Europe/Madrid.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        }
        error_messages = {"name": {"required": _("Enter the name of your firm.")}}


class SetupForm(SeenForm, forms.ModelForm):
    """What a firm sets up: itself, or a row of one of its lists."""

    def __init__(self, *args, instance=None, **kwargs):
        super().__init__(*args, instance=instance, seen=seen_of(instance, self.Meta.fields), **kwargs)

    @property
    def values(self):
        """What is to be saved, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class SettingsForm(SetupForm):
    keep_months = WholeNumberField(
        label=_("Months for which archived cases are kept"),
        help_text=_("1 to 120. After that they are deleted; you are told 30 days before."),
        min_value=1,
        max_value=120,
    )
    stuck_after_days = WholeNumberField(
        label=_("Days without progress until a case counts as stuck"),
        help_text=_("1 to 365."),
        min_value=1,
        max_value=365,
    )

    class Meta(FirmForm.Meta):
        fields = ["name", "time_zone", "keep_months", "stuck_after_days", "mail_shows_content"]
        labels = {**FirmForm.Meta.labels, "mail_shows_content": _("Emails to clients show what your messages say")}
        help_texts = {
            **FirmForm.Meta.help_texts,
            "mail_shows_content": _("Without it, an email only says that there is a message. That is safer."),
        }


class StageForm(SetupForm):
    class Meta:
        model = Stage
        fields = ["name"]
        error_messages = {"name": {"required": _("Enter a name.")}}


class LabelForm(SetupForm):
    class Meta:
        model = Label
        fields = ["name"]
        error_messages = {"name": {"required": _("Enter a name.")}}


class TemplateForm(SetupForm):
    class Meta:
        model = AnswerTemplate
        fields = ["name", "text"]
        labels = {"name": _("Name"), "text": _("Text")}
        help_texts = {"name": _("Only your firm sees it.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        error_messages = {
            "name": {"required": _("Enter a name.")},
            "text": {"required": _("Enter the text.")},
        }

    def clean_text(self):
        text = self.cleaned_data["text"]
        check(text)
        return text


class RoleField(forms.ChoiceField):
    """One of the roles, each with what somebody does who has it."""

    def __init__(self, **kwargs):
        choices = [
            (role.value, format_lazy("{}: {}", capfirst(role.label), about)) for role, about in ABOUT_ROLES.items()
        ]
        errors = {"required": _("Choose a role."), "invalid_choice": _("Choose one of the three roles.")}
        super().__init__(label=_("Role"), choices=choices, widget=forms.RadioSelect, error_messages=errors, **kwargs)


class InviteForm(forms.Form):
    email = AddressField(
        label=_("Email address"),
        max_length=254,
        error_messages={"required": _("Enter an email address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = RoleField(initial=Role.ADVISOR)


class RoleForm(SeenForm):
    role = RoleField()

    def __init__(self, data=None, *, member: Membership):
        super().__init__(data, initial={"role": member.role}, seen=seen_of(member, ["role"]))
