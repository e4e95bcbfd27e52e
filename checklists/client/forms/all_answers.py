from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django.utils.translation import gettext as _

from checklists.questionnaire import Questionnaire, Screen, in_sections

from .screen import ScreenForm


class AllAnswersForm(ScreenForm):
    """All questions at once, none of them required: an empty field leaves the question unanswered."""

    spare_countries = 2
    wants_all = False

    def __init__(self, *args, questionnaire: Questionnaire, **kwargs):
        sections = in_sections(questionnaire.questions.values())
        screen = Screen(tuple(question for _title, questions in sections for question in questions))
        super().__init__(*args, screen=screen, questionnaire=questionnaire, **kwargs)
        self.helper = FormHelper()
        self.helper.form_id = "all-answers"
        self.helper.attrs = {"novalidate": "", "data-ask-before-leaving": ""}
        parts = [Fieldset(title, *(question.key for question in questions)) for title, questions in sections]
        self.helper.layout = Layout("seen", *parts, Submit("save", _("Save and show my checklist")))

    def answers(self):
        """Raw answers by key. What is empty is left out, or "not sure" where there was an answer before."""
        before = self.questionnaire.raw
        return {key: value for key, value in super().answers().items() if value is not None or key in before}
