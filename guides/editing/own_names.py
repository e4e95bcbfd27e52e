"""Names of terms and questions: not a word of the language, not that of the other, and no term that needs itself."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.catalogue import schema
from guides.conditions import ConditionError
from guides.conditions.vocabulary import RESERVED
from guides.editions.working_copy import vocabulary
from guides.models import Question, Term

from .expressions import Expression, read_expression
from .fields import RowForm

OTHERS = {
    Term: (Question, gettext_lazy("A question has this key. Conditions would read that, and never the term.")),
    Question: (Term, gettext_lazy("A term has this key. Conditions would read the question in its place.")),
}


def complaint_about(model: type, key: str) -> str:
    """Why a question or a term cannot have this key; empty where it can."""
    if key in RESERVED:
        return _("“%(key)s” is a word of the language of conditions. Give it another key.") % {"key": key}
    other, said = OTHERS[model]
    return str(said) if other.objects.filter(key=key).exists() else ""


def read_term(key: str, text: str, empty: str) -> Expression:
    """The condition of the term of this key, read as if it were saved: it may not need itself."""
    draft = schema.Term.model_construct(key=key, condition=text, phrase="", negative_phrase="")
    said = read_expression(text, kind="condition", empty=empty, words=vocabulary(draft))
    if not said.error and (complaint := complaint_about(Term, key)):
        return Expression(text, "condition", empty, error=ConditionError(complaint, end=0))
    return said


class WordForm(RowForm):
    """The form of what conditions call by its key."""

    def clean_key(self):
        key = self.cleaned_data["key"]
        if "key" in self.changed_data and (complaint := complaint_about(type(self.instance), key)):
            raise ValidationError(complaint)
        return key


class TermForm(WordForm):
    def _post_clean(self):
        super()._post_clean()
        key, text = self.cleaned_data.get("key") or self.instance.key, self.cleaned_data.get("condition")
        if text and {"key", "condition"} & set(self.changed_data) and not self.errors:
            said = read_term(key, text, "nothing")
            if said.error:
                self.add_error("condition", str(said.error))
