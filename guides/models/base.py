"""What all models of the working copy share: keys, order, fields and constraints that return everywhere."""

from django.db import models
from django.db.models import F, Max, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from . import validators
from .lines import LineField


def condition_field(label, **options) -> LineField:
    return LineField(label, max_length=2000, blank=True, default="", **options)


def when_field() -> LineField:
    return condition_field(_("when"), help_text=_("A condition; empty means always."))


def never_field(label, **options) -> LineField:
    """A condition that is never true where it is empty."""
    return condition_field(label, help_text=_("Empty means never."), **options)


def calendar_field() -> LineField:
    return LineField(
        _("calendar"),
        max_length=6,
        blank=True,
        default="",
        validators=[validators.calendar],
        help_text=_("Whose public holidays close the offices: a country or a part of one, for example ES-MD."),
    )


def facts_field() -> models.ManyToManyField:
    return models.ManyToManyField("guides.Fact", verbose_name=_("facts"), blank=True)


def links_field() -> models.ManyToManyField:
    return models.ManyToManyField(
        "guides.Link", verbose_name=_("links"), blank=True, help_text=_("Pages or telephone numbers for it.")
    )


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """The database refuses every value of ``field`` that is not one of ``choices``."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}), name=f"guides_%(class)s_{field}_known"
    )


def matches(field: str, pattern: str, *, or_empty: bool = False) -> models.CheckConstraint:
    """The database refuses every value of ``field`` that does not match ``pattern``."""
    condition = Q(**{f"{field}__regex": pattern})
    if or_empty:
        condition |= Q(**{field: ""})
    return models.CheckConstraint(condition=condition, name=f"guides_%(class)s_{field}_pattern")


def in_order(lower: str, upper: str) -> models.CheckConstraint:
    """The database refuses an ``upper`` that is less than ``lower``; a null is never too low or too high."""
    return models.CheckConstraint(
        condition=Q(**{f"{lower}__isnull": True}) | Q(**{f"{upper}__isnull": True}) | Q(**{f"{upper}__gte": F(lower)}),
        name=f"guides_%(class)s_{lower}_up_to_{upper}",
        violation_error_message=_("The later or larger value comes second."),
    )


def plausible_year(field: str = "year") -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (1900, 2199)}),
        name=f"guides_%(class)s_{field}_plausible",
        violation_error_message=_("Write a year between 1900 and 2199."),
    )


def unique_in(parent: str, *fields: str) -> models.UniqueConstraint:
    """No two parts of one ``parent`` share their ``fields``."""
    return models.UniqueConstraint(fields=[parent, *fields], name=f"guides_%(class)s_unique_{'_'.join(fields)}")


class Row(models.Model):
    """Base of the working copy. ``conditions`` and ``dates`` name the fields that hold expressions."""

    conditions: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def clean(self):
        """Normalise line ends, which browsers send as CR LF."""
        super().clean()
        for field in self._meta.concrete_fields:
            if isinstance(field, models.TextField):
                text = getattr(self, field.attname)
                setattr(self, field.attname, text.replace("\r\n", "\n"))


class Entry(Row):
    """A row that other rows name by its key.

    ``loaded`` is the digest of what the last load wrote, if any, and ``rank`` its place there; rows made here
    come last.
    """

    LAST = 2**31 - 1

    key = LineField(
        _("key"),
        max_length=120,
        unique=True,
        validators=[validators.key],
        help_text=_("A short name for links and references. It never changes once published."),
    )
    loaded = models.CharField(max_length=64, blank=True, default="", editable=False)
    rank = models.PositiveIntegerField(default=LAST, editable=False)

    class Meta:
        abstract = True
        ordering = ["key"]
        constraints = [matches("key", validators.KEY)]

    def __str__(self):
        return self.key


class Part(Row):
    """A row that belongs to one parent and has a place among its siblings.

    ``parents`` names the foreign keys to the parent; where there are several, one of them is set. ``said_in`` is the
    field by which people know it.
    """

    parents: tuple[str, ...] = ("procedure",)
    said_in = "text"

    position = models.PositiveSmallIntegerField(_("position"), blank=True, help_text=_("Empty means last."))

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return Truncator(getattr(self, self.said_in)).chars(100)

    def save(self, **options):
        if self.position is None:
            self.position = self.next_position()
        super().save(**options)

    def next_position(self) -> int:
        siblings = type(self)._default_manager.filter(**{name: getattr(self, name) for name in self.parents})
        last = siblings.aggregate(last=Max("position"))["last"]
        return 1 if last is None else last + 1


class KeyedPart(Part):
    """A part with a key that is unique in its parent."""

    key = LineField(_("key"), max_length=120, validators=[validators.key])

    class Meta(Part.Meta):
        abstract = True
        constraints = [matches("key", validators.KEY), unique_in("procedure", "key")]
