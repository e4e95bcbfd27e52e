"""The pages of questions, with how many people have answered them, and how."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.models import Persona
from checklists.updates.answers_index import situations
from guides.conditions.names import Name
from guides.editing.reference import QuestionAdmin
from guides.models import Question

admin.site.unregister(Question)


@admin.register(Question)
class QuestionWithAnswersAdmin(QuestionAdmin):
    def held_by(self, row) -> dict[Name, str]:
        raw = Persona.objects.values_list("answers", flat=True)
        personas = _counted(row.key, ((answers, 1) for answers in raw))
        checklists = _counted(row.key, situations([row.key]))
        return {name: _told(checklists[name], personas[name]) for name in checklists | personas}


def _counted(key: str, answered: Iterable[tuple[dict[str, Any], int]]) -> Counter[Name]:
    """How many people have answered a question, and how many with each value. ``answered``: raw answers, how many."""
    found: Counter[Name] = Counter()
    for raw, number in answered:
        if (answer := raw.get(key)) is not None:
            found["questions", key] += number
            for value in answer if isinstance(answer, list) else [answer]:
                found["questions", key, str(value)] += number
    return found


def _told(checklists: int, personas: int) -> str:
    counts = (
        ngettext("%d live checklist", "%d live checklists", checklists) % checklists,
        ngettext("%d persona", "%d personas", personas) % personas,
    )
    return _("So answered: %(checklists)s, %(personas)s.") % dict(zip(("checklists", "personas"), counts, strict=True))
