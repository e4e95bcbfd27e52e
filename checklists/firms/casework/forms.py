from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.firms.cases.forms import workers
from checklists.firms.members.merging import FIELD, FIELDS
from checklists.forms import DayField, LinesField
from checklists.models import Case
from checklists.models.casework import LONGEST_TEXT
from checklists.seen import SeenForm
from guides.lines import LineField

from .assignment import FIELDS as ASSIGNED
from .assignment import parts_of, seen_in

LONGEST_TASK = 300


def no_field_left(text: str) -> None:
    """Raises ValidationError while merge fields of a template are not filled in: clients must not see braces."""
    left = [found[0] for found in FIELD.finditer(text) if found[1] in FIELDS]
    if left:
        fields = ", ".join(dict.fromkeys(left))
        raise ValidationError(_("Replace %(fields)s first: nothing is known to put there.") % {"fields": fields})


class NoteForm(SeenForm):
    text = LinesField(label=gettext_lazy("Note"), max_length=LONGEST_TEXT)


class MessageForm(forms.Form):
    text = LinesField(label=gettext_lazy("Message"), max_length=LONGEST_TEXT, validators=[no_field_left])


class DueForm(forms.Form):
    """What has a last day. ``today`` is the day that it is where the firm works."""

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due and due < self.today:
            raise ValidationError(_("This day has passed. Choose today or a later day, or leave it empty."))
        return due


class RequestForm(DueForm):
    """What a client is asked for; ``documents`` are pairs of key and name out of the plan."""

    document = forms.ChoiceField(label=gettext_lazy("Document"), required=False)
    text = LinesField(
        label=gettext_lazy("What you ask for"),
        help_text=gettext_lazy("The client reads this as it stands here."),
        max_length=LONGEST_TEXT,
        validators=[no_field_left],
    )
    due = DayField(
        label=gettext_lazy("By when"),
        help_text=gettext_lazy("May stay empty. The day counts among the case's deadlines."),
        required=False,
    )

    def __init__(self, *args, documents=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = [("", _("No document of the checklist: information, or something else"))]
        self.fields["document"].choices += documents
        if not documents:
            del self.fields["document"]


class PapersForm(DueForm):
    """Papers to ask for; ``choices`` are pairs of a value and a name."""

    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Papers to ask for"),
        error_messages={
            "required": gettext_lazy("Nothing was ticked. Tick what you want to ask for."),
            "invalid_choice": gettext_lazy(
                "The plan changed after you had opened the page. Tick again what is needed."
            ),
        },
    )
    due = DayField(label=gettext_lazy("By when (may stay empty)"), required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = choices


class TaskForm(DueForm):
    text = LineField(
        label=gettext_lazy("Task"),
        help_text=gettext_lazy("It stands on the client's checklist, and counts in the progress of the case."),
        max_length=LONGEST_TASK,
    )
    due = DayField(
        label=gettext_lazy("By when"),
        help_text=gettext_lazy("May stay empty."),
        required=False,
    )


class ReceivedForm(forms.Form):
    """What came another way: on paper, by phone. The text may stay empty."""

    text = LinesField(label=gettext_lazy("What you received"), max_length=LONGEST_TEXT, required=False)


class AssignmentForm(SeenForm):
    """The stage, the assignee and whom a case waits for. ``seen`` holds a fingerprint of each."""

    stage = forms.ModelChoiceField(None, label=gettext_lazy("Stage"), empty_label=None)
    assignee = forms.ModelChoiceField(
        None, label=gettext_lazy("Assigned to"), empty_label=gettext_lazy("Nobody yet"), required=False
    )
    waiting_for = forms.ChoiceField(label=gettext_lazy("Waiting for"), choices=Case.Waiting.choices, required=False)

    def __init__(self, data=None, *, case: Case):
        super().__init__(data, initial=model_to_dict(case, ASSIGNED), seen=seen_in(case))
        self.fields["stage"].queryset = case.organisation.stages.all()
        self.fields["assignee"].queryset = workers(case.organisation)

    def wanted(self) -> dict[str, Any]:
        """What the reader changed."""
        given = {name: self.cleaned_data[name] for name in ASSIGNED}
        seen, mine = parts_of(self.cleaned_data["seen"]), parts_of(seen_in(Case(**given)))
        return {name: value for name, value in given.items() if mine[name] != seen.get(name)}

    def told(self, names: list[str]) -> str:
        """How these fields stand now, in a sentence each."""
        given = self.cleaned_data
        said = {
            "stage": _("The stage is now “%(value)s”.") % {"value": given["stage"]},
            "assignee": _("Assigned to %(value)s.") % {"value": given["assignee"] or _("nobody yet")},
            "waiting_for": _("Waiting for %(value)s.") % {"value": Case.Waiting(given["waiting_for"]).label},
        }
        return " ".join(said[name] for name in names)
