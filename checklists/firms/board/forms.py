"""The address of the board, read like a form: what it says that is not there is left out, and said."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.models import Case, SavedView
from checklists.seen import SeenForm
from guides.lines import LineField

from .context import BoardContext
from .filters import Filters
from .listing import SORTS

WAITING = [
    ("client", gettext_lazy("the client")),
    ("office", gettext_lazy("an office")),
    ("firm", gettext_lazy("us")),
    ("nobody", gettext_lazy("nobody")),
]
DUE = [("overdue", gettext_lazy("overdue")), ("week", gettext_lazy("this week"))]
SORT_WORDS = {
    "deadline": gettext_lazy("Next deadline first"),
    "progress": gettext_lazy("Least progress first"),
    "-progress": gettext_lazy("Most progress first"),
    "age": gettext_lazy("Oldest first"),
    "-age": gettext_lazy("Newest first"),
}
# A list, or columns by stage or by who has the cases.
LAYOUTS = {"": gettext_lazy("List"), "columns": gettext_lazy("By stage"), "people": gettext_lazy("By person")}


class FilterForm(forms.Form):
    """The filters in an address. ``left_out``: the labels of those whose value is not there, or not any more."""

    q = LineField(label=gettext_lazy("Search"), max_length=200)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"))
    assignee = forms.ChoiceField(label=gettext_lazy("Assigned to"))
    waiting = forms.ChoiceField(label=gettext_lazy("Waiting for"), choices=WAITING)
    due = forms.ChoiceField(label=gettext_lazy("Due"), choices=DUE)
    label = forms.ChoiceField(label=gettext_lazy("Label"))
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), choices=Case.Priority)
    destination = forms.ChoiceField(label=gettext_lazy("Destination"))
    stuck = forms.ChoiceField(label=gettext_lazy("Stuck"), choices=[("1", gettext_lazy("only those that are stuck"))])
    archived = forms.ChoiceField(
        label=gettext_lazy("Archive"), choices=[("1", gettext_lazy("only those in the archive"))]
    )

    def __init__(self, data, board: BoardContext):
        super().__init__(data)
        for field in self.fields.values():
            field.required = False
        self.fields["stage"].choices = board.stages.items()
        self.fields["label"].choices = board.labels.items()
        self.fields["destination"].choices = board.destinations.items()
        self.fields["assignee"].choices = [("me", _("me")), ("nobody", _("nobody")), *board.assignees.items()]
        self.left_out = [self.fields[name].label for name in self.errors]
        self.filters = Filters(**{name: self.cleaned_data.get(name, "") for name in self.fields})

    def sort(self) -> str:
        asked = self.data.get("sort", "")
        return asked if asked in SORTS else "deadline"

    def order_and_view(self) -> dict[str, str]:
        """The parameters beside the filters that differ from what is usual: order and layout."""
        sort = self.sort()
        return {"sort": "" if sort == "deadline" else sort, "view": self.view()}

    def view(self) -> str:
        """How the cases are laid out: "" is the list."""
        asked = self.data.get("view", "")
        return asked if asked in LAYOUTS else ""

    def query(self) -> str:
        """The address of this list, from its question mark on."""
        return self.filters.query(**self.order_and_view())

    def selects(self) -> list[dict]:
        """The fields other than the search, each with its options, for the template."""
        return [self.select(name) for name, field in self.fields.items() if name != "q" and field.choices]

    def select(self, name: str) -> dict:
        """One field with its options."""
        field, chosen = self.fields[name], getattr(self.filters, name)
        options = [{"value": value, "text": text, "selected": str(value) == chosen} for value, text in field.choices]
        return {"name": name, "label": field.label, "options": options}

    def in_words(self) -> str:
        """What the list is narrowed to, a line each."""
        return "\n".join(f"{chip['label']}: {chip['text']}" for chip in self.chips()) or _("All cases")

    def chips(self) -> list[dict]:
        """What the list is narrowed to, in words, each with the address without it."""
        found = []
        for name, value in self.filters.given().items():
            field = self.fields[name]
            text = value if name == "q" else next(text for key, text in field.choices if str(key) == value)
            without = self.filters.having(**{name: ""}).query(**self.order_and_view())
            found.append({"label": field.label, "text": text, "url": without})
        return found


class ViewForm(SeenForm, forms.ModelForm):
    """A name for filters that somebody wants to keep. ``seen``: what the view of this name holds, once they saw it."""

    class Meta:
        model = SavedView
        fields = ["name"]
