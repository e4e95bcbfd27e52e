from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guides.models.lines import LineField


class Persona(models.Model):
    """Invented answers with a name, by which editors see what a change does for whom.

    ``answers`` holds JSON values by answer key, as a checklist does. ``day`` is the day for which the persona is
    planned; empty means today.
    """

    name = LineField(_("name"), max_length=120, unique=True)
    answers = models.JSONField(_("answers"), default=dict)
    day = models.DateField(_("as if today were"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, default="", help_text=_("What this person is there to show."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("made by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        constraints = [models.CheckConstraint(name="persona_has_a_name", condition=~models.Q(name=""))]

    def __str__(self):
        return self.name
