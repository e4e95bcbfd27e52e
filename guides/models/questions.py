from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import validators
from .base import Entry, Part, calendar_field, in_order, matches, never_field, one_of, unique_in, when_field
from .lines import LineField


class QuestionKind(models.TextChoices):
    CHOICE = "choice", _("One of the options")
    CHOICES = "choices", _("Any of the options")
    YES_NO = "yes_no", _("Yes or no")
    COUNTRY = "country", _("One country")
    COUNTRIES = "countries", _("Countries")
    DATE = "date", _("Date")
    INTEGER = "integer", _("Whole number")
    DOCUMENTS = "documents", _("Documents")


class AnswerEntry(Entry):
    """An entry whose key is a word of the condition language."""

    key = LineField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[validators.answer_key],
        help_text=_("The word that conditions and answers use. It never changes once published."),
    )

    class Meta(Entry.Meta):
        abstract = True
        constraints = [matches("key", validators.ANSWER_KEY)]


class Question(AnswerEntry):
    """A question of the questionnaire."""

    conditions = ("stale_when",)

    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    title = LineField(
        _("title"), blank=True, default="", help_text=_("Heads the screen on which this question stands first.")
    )
    text = models.TextField(
        _("text"), help_text=_("Here and below, {country} is the name of the country that somebody moves to.")
    )
    hint = models.TextField(_("hint"), blank=True, default="")
    why = models.TextField(_("why"), help_text=_("Why we ask."))
    order = models.IntegerField(_("order"))
    screen = LineField(
        _("screen"),
        max_length=120,
        blank=True,
        default="",
        validators=[validators.key],
        help_text=_("Questions of one screen are asked together."),
    )
    phrase = LineField(_("phrase"), blank=True, default="", help_text=_("Completes “because …”; may hold {value}."))
    negative_phrase = LineField(
        _("negative phrase"), blank=True, default="", help_text=_("Completes “because …” when the answer is no.")
    )
    minimum = models.IntegerField(_("minimum"), null=True, blank=True)
    maximum = models.IntegerField(_("maximum"), null=True, blank=True)
    unit = LineField(_("unit"), blank=True, default="")
    stale_when = never_field(_("overtaken when"))
    stale_text = models.TextField(
        _("question when overtaken"),
        blank=True,
        default="",
        help_text=_("Asks again when time has overtaken the answer."),
    )
    kept_because = LineField(
        _("kept because"), blank=True, default="", help_text=_("Why it stays although no condition uses it.")
    )

    class Meta(AnswerEntry.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            *AnswerEntry.Meta.constraints,
            one_of("kind", QuestionKind),
            in_order("minimum", "maximum"),
            matches("screen", validators.KEY, or_empty=True),
        ]


class Option(Part):
    """An answer that can be chosen."""

    parents = ("question",)
    said_in = "label"
    conditions = ("when",)

    question = models.ForeignKey(Question, models.CASCADE, verbose_name=_("question"), related_name="options")
    value = LineField(_("value"))
    label = LineField(_("label"))
    hint = LineField(_("hint"), blank=True, default="")
    group = LineField(
        _("group"), blank=True, default="", help_text=_("A heading for this option and others with the same group.")
    )
    phrase = LineField(_("phrase"), help_text=_("Completes “because …”."))
    calendar = calendar_field()
    when = when_field()
    kept_because = LineField(
        _("kept because"), blank=True, default="", help_text=_("Why it stays although no condition names it.")
    )

    class Meta(Part.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [
            unique_in("question", "value"),
            models.CheckConstraint(condition=~Q(value=""), name="guides_%(class)s_value_given"),
            matches("calendar", validators.CALENDAR, or_empty=True),
        ]


class Hint(Part):
    """A hint to an option that only some people are shown."""

    parents = ("option",)
    conditions = ("when",)

    option = models.ForeignKey(Option, models.CASCADE, verbose_name=_("option"), related_name="hints")
    text = LineField(_("text"))
    when = LineField(_("when"), max_length=2000)

    class Meta(Part.Meta):
        verbose_name = _("hint")
        verbose_name_plural = _("hints")


class Term(AnswerEntry):
    """A condition with a name."""

    conditions = ("condition",)

    condition = LineField(_("condition"), max_length=2000)
    phrase = LineField(_("phrase"), help_text=_("Completes “because …” when the condition holds."))
    negative_phrase = LineField(
        _("negative phrase"), help_text=_("Completes “because …” when the condition does not hold.")
    )

    class Meta(AnswerEntry.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
