from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FrozenEditionError(TypeError):
    """An edition was about to be changed or deleted."""


class EditionQuerySet(models.QuerySet):
    def newest(self, seen: int = 0) -> int:
        """The number of the newest edition, 0 before the first; never less than ``seen``.

        A process learns of a publication some seconds late. Everybody who answers after it sees its list next, and is
        not to be told of it as a change.
        """
        return max(seen, self.values_list("number", flat=True).first() or 0)

    def update(self, **values):
        raise FrozenEditionError

    def delete(self):
        raise FrozenEditionError


class Edition(models.Model):
    """One published state of the whole catalogue. It is written once, by ``editions.publishing.publish``.

    ``content`` is JSON text in the form of ``catalogue.schema.Catalogue``, ``digest`` its SHA-256. ``publisher``
    is empty when it was published from the command line. ``word`` says why it was published in spite of warnings;
    nobody is told of a ``quiet`` one; ``restored`` is the number of the older edition that it repeats, if it does.
    ``added``, ``changed`` and ``removed`` count its entries against the edition that was current before.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("publisher"),
        related_name="+",
        null=True,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True, default="", help_text=_("What changed, for the readers."))
    word = models.TextField(
        _("word on the warnings"), blank=True, default="", help_text=_("Why it is published in spite of the warnings.")
    )
    quiet = models.BooleanField(
        _("tell nobody"), default=False, help_text=_("For corrections of words: no checklist is told of it.")
    )
    restored = models.PositiveIntegerField(_("repeats edition"), null=True, blank=True, editable=False)
    added = models.PositiveIntegerField(_("entries added"), null=True, editable=False)
    changed = models.PositiveIntegerField(_("entries changed"), null=True, editable=False)
    removed = models.PositiveIntegerField(_("entries removed"), null=True, editable=False)
    content = models.TextField(_("content"), editable=False)
    digest = models.CharField(_("digest"), max_length=64, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="guides_edition_number_positive"),
        ]
        permissions = [
            ("publish_edition", _("Can publish editions")),
            ("preview_draft", _("Can see drafts as a site")),
        ]

    def __str__(self):
        return str(_("Edition %(number)d") % {"number": self.number})

    def save(self, **options):
        if not self._state.adding:
            raise FrozenEditionError
        super().save(**options)

    def delete(self, using=None, keep_parents=False):
        raise FrozenEditionError


class PublicationQuerySet(models.QuerySet):
    def waiting(self):
        """Those that may still be published: asked for, or agreed to and waiting for their hour."""
        return self.filter(ended_at=None)

    def due(self):
        """Those that nobody has to agree to any more and whose hour has come."""
        return (
            self.waiting().filter(agreed_at__isnull=False, publish_at__lte=timezone.now()).order_by("publish_at", "pk")
        )


class Publication(models.Model):
    """A catalogue that somebody wants published: once a second person agrees, or at an hour, or both.

    ``content`` is frozen, in the form of ``Edition.content``; ``held`` names the entries that were held back ("section
    key"); ``since`` is the newest edition of that moment: after another one, nothing of it is published. ``outcome``
    tells how it ended, in words where nothing was published.
    """

    note = models.TextField(_("note"))
    word = models.TextField(_("word on the warnings"), blank=True, default="")
    quiet = models.BooleanField(_("tell nobody"), default=False)
    held = models.JSONField(_("held back"), default=list, blank=True)
    content = models.TextField(_("content"), editable=False)
    since = models.PositiveIntegerField(_("newest edition then"), editable=False)
    publish_at = models.DateTimeField(_("publish on"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("asked by"), related_name="+", null=True, blank=True
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("agreed by"), related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True, default="")
    edition = models.OneToOneField(
        Edition, models.PROTECT, verbose_name=_("edition"), related_name="publication", null=True, blank=True
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("planned publication")
        verbose_name_plural = _("planned publications")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="guides_publication_published_is_ended",
                condition=models.Q(edition=None) | models.Q(ended_at__isnull=False, agreed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.note
