from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django.utils.translation import gettext as _

from checklists.questionnaire import Questionnaire, Screen

from .screen import ScreenForm


class AllAnswersForm(ScreenForm):
    """All questions at once, none of them required: an empty field leaves the question unanswered."""

    def __init__(self, *args, questionnaire: Questionnaire, **kwargs):
        screen = Screen(tuple(sorted(questionnaire.questions.values(), key=lambda question: question.order)))
        super().__init__(*args, screen=screen, questionnaire=questionnaire, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            "version",
            Fieldset(_("You and your move"), *self._keys(0, 100)),
            Fieldset(_("Home, work and insurance"), *self._keys(100, 200)),
            Fieldset(_("Dates and figures"), *self._keys(200, 1000)),
            Submit("save", _("Save and show my checklist")),
        )

    def _keys(self, low: int, high: int) -> list[str]:
        return [question.key for question in self.screen.questions if low <= question.order < high]

    def answers(self):
        """Raw answers by key. What is empty is left out, or "not sure" where there was an answer before."""
        before = self.questionnaire.raw
        return {key: value for key, value in super().answers().items() if value not in (None, []) or key in before}
