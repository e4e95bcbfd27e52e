"""What can be done to many cases at once: each verb with what it asks, and the service that does it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from checklists.firms.board.context import BoardContext
from checklists.firms.board.forms import WAITING
from checklists.firms.cases import services
from checklists.firms.members.merging import check
from checklists.forms import LinesField
from checklists.models import Case, User
from checklists.models.casework import LONGEST_TEXT
from checklists.seen import SeenForm

from .messages import unfilled, write_to_all
from .selection import Selection

NOBODY = "nobody"


class VerbForm(SeenForm):
    """What a verb asks for. ``run`` does it and returns how many cases, or messages, it was.

    ``sets`` is the field of a case that it sets, and ``asks`` that of the form; both empty where nothing is replaced.
    """

    run: Callable[[], int]
    asks = sets = ""

    def __init__(self, data, board: BoardContext, selection: Selection):
        self.now = selection.seen(self.sets)
        super().__init__(data, seen=self.now)
        self.board, self.cases = board, selection.cases
        self.prepare()

    def prepare(self) -> None:
        """Set up choices of this firm."""

    def both(self) -> list[dict[str, Any]]:
        """What the cases hold now, counted, beside what was sent, as ``components/changed.html`` shows it."""
        if not self.sets:
            return []
        field = self.fields[self.asks]
        words = {str(value): text for value, text in field.choices}
        counted = Counter(str(getattr(case, self.sets) or NOBODY) for case in self.cases)
        theirs = "\n".join(f"{words.get(value, value)}: {count}" for value, count in counted.most_common())
        return [{"label": field.label, "theirs": theirs, "mine": words.get(self.data.get(self.asks, ""), "")}]

    def _given(self) -> dict[str, Any]:
        return {"cases": self.cases, "by": self.board.user}


class AssignForm(VerbForm):
    asks, sets = "assignee", "assignee_id"
    assignee = forms.ChoiceField(label=gettext_lazy("Assign to"))

    def prepare(self):
        self.fields["assignee"].choices = [*self.board.workers.items(), (NOBODY, _("nobody"))]

    def run(self):
        key = self.cleaned_data["assignee"]
        assignee = None if key == NOBODY else User.objects.get(pk=key)
        return services.assign(assignee=assignee, **self._given())


class MoveForm(VerbForm):
    asks, sets = "stage", "stage_id"
    stage = forms.ChoiceField(label=gettext_lazy("Stage"))

    def prepare(self):
        self.fields["stage"].choices = self.board.stages.items()

    def run(self):
        stage = self.board.organisation.stages.get(pk=self.cleaned_data["stage"])
        return services.move(stage=stage, **self._given())


class LabelForm(VerbForm):
    label = forms.ChoiceField(label=gettext_lazy("Label"))

    def prepare(self):
        self.fields["label"].choices = self.board.labels.items()

    def run(self):
        return services.add_label(label=self._label(), **self._given())

    def _label(self):
        return self.board.organisation.labels.get(pk=self.cleaned_data["label"])


class UnlabelForm(LabelForm):
    def run(self):
        return services.remove_label(label=self._label(), **self._given())


class WaitForm(VerbForm):
    asks, sets = "waiting", "waiting_for"
    waiting = forms.ChoiceField(label=gettext_lazy("Waiting for"), choices=WAITING)

    def run(self):
        waiting = self.cleaned_data["waiting"]
        return services.set_waiting(waiting_for="" if waiting == NOBODY else waiting, **self._given())


class PrioritiseForm(VerbForm):
    asks = sets = "priority"
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), choices=Case.Priority, initial=Case.Priority.NORMAL)

    def run(self):
        return services.prioritise(priority=int(self.cleaned_data["priority"]), **self._given())


class ArchiveForm(VerbForm):
    def run(self):
        return services.archive(**self._given())


class RestoreForm(VerbForm):
    def run(self):
        return services.restore(**self._given())


class MessageForm(VerbForm):
    template = forms.ChoiceField(label=gettext_lazy("Answer template"), required=False)
    text = LinesField(
        label=gettext_lazy("Or write the message here"),
        help_text=gettext_lazy(
            "{client}, {advisor}, {firm}, {next_step}, {deadline} and {destination} are filled in for each."
        ),
        max_length=LONGEST_TEXT,
        required=False,
        validators=[check],
    )

    def prepare(self):
        texts = self.board.organisation.templates.values_list("pk", "name")
        self.fields["template"].choices = [("", _("No template")), *texts]

    def clean(self):
        template, text = self.cleaned_data.get("template"), self.cleaned_data.get("text")
        if self.errors:
            return
        if bool(template) == bool(text):
            raise ValidationError(_("Choose a template or write a text, one of the two."))
        self.text = text or self.board.organisation.templates.get(pk=template).text
        if missing := unfilled(self.board.membership, self.cases, self.text):
            raise ValidationError(missing)

    def run(self):
        return write_to_all(membership=self.board.membership, cases=self.cases, text=self.text)


@dataclass(frozen=True, slots=True)
class Verb:
    """``title`` and ``done`` with ``%(count)d``; ``done`` counts what was changed, which may be less."""

    name: Any
    title: Any
    done: Any
    form: Callable[..., VerbForm]
    most: int = 2000

    @property
    def one(self) -> str:
        return self.title % {"count": 1}

    @property
    def several(self) -> str:
        """The title for 2 cases: a browser puts another number in its place."""
        return self.title % {"count": 2}


VERBS = {
    "assign": Verb(
        gettext_lazy("Assign the ticked cases"),
        ngettext_lazy("Assign %(count)d case", "Assign %(count)d cases", "count"),
        ngettext_lazy("%(count)d case was assigned.", "%(count)d cases were assigned.", "count"),
        AssignForm,
    ),
    "move": Verb(
        gettext_lazy("Move the ticked cases"),
        ngettext_lazy("Move %(count)d case", "Move %(count)d cases", "count"),
        ngettext_lazy("%(count)d case was moved.", "%(count)d cases were moved.", "count"),
        MoveForm,
    ),
    "wait": Verb(
        gettext_lazy("Say whose turn it is in the ticked cases"),
        ngettext_lazy("Say whose turn it is in %(count)d case", "Say whose turn it is in %(count)d cases", "count"),
        ngettext_lazy("%(count)d case was changed.", "%(count)d cases were changed.", "count"),
        WaitForm,
    ),
    "prioritise": Verb(
        gettext_lazy("Set the priority of the ticked cases"),
        ngettext_lazy("Set the priority of %(count)d case", "Set the priority of %(count)d cases", "count"),
        ngettext_lazy("The priority of %(count)d case was set.", "The priority of %(count)d cases was set.", "count"),
        PrioritiseForm,
    ),
    "label": Verb(
        gettext_lazy("Label the ticked cases"),
        ngettext_lazy("Label %(count)d case", "Label %(count)d cases", "count"),
        ngettext_lazy("%(count)d case got the label.", "%(count)d cases got the label.", "count"),
        LabelForm,
    ),
    "unlabel": Verb(
        gettext_lazy("Take a label off the ticked cases"),
        ngettext_lazy("Take a label off %(count)d case", "Take a label off %(count)d cases", "count"),
        ngettext_lazy("The label was taken off %(count)d case.", "The label was taken off %(count)d cases.", "count"),
        UnlabelForm,
    ),
    "message": Verb(
        gettext_lazy("Write to the people of the ticked cases"),
        ngettext_lazy("Write to the people of %(count)d case", "Write to the people of %(count)d cases", "count"),
        ngettext_lazy("%(count)d message was written.", "%(count)d messages were written.", "count"),
        MessageForm,
        most=500,
    ),
    "archive": Verb(
        gettext_lazy("Archive the ticked cases"),
        ngettext_lazy("Archive %(count)d case", "Archive %(count)d cases", "count"),
        ngettext_lazy("%(count)d case is in the archive.", "%(count)d cases are in the archive.", "count"),
        ArchiveForm,
    ),
    "restore": Verb(
        gettext_lazy("Bring the ticked cases back"),
        ngettext_lazy("Bring %(count)d case back", "Bring %(count)d cases back", "count"),
        ngettext_lazy("%(count)d case is back in work.", "%(count)d cases are back in work.", "count"),
        RestoreForm,
    ),
}
