"""A client's case at a firm, the people in it, and what the board keeps of their plans."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models.lines import AddressField, LineField

from .checklist import Checklist, new_token
from .firms import WORKING, Label, Organisation, Stage


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The cases of the firms that this person belongs to."""
        return self.filter(organisation__memberships__user=user)

    def editable_by(self, user):
        """Those of the firms where this person is an owner or an advisor."""
        return self.filter(organisation__memberships__user=user, organisation__memberships__role__in=WORKING)

    def active(self):
        return self.filter(archived_at=None)

    def archived(self):
        return self.filter(archived_at__isnull=False)

    def outdate(self, checklists: Iterable[int]) -> None:
        """Declare the summaries of the cases out of date in which these checklists (primary keys) are."""
        self.filter(people__checklist__in=checklists).update(summarised_on=None)


# What the board counts its cases by.
COUNTED = ("stage", "assignee", "waiting_for", "next_deadline", "progress", "active_at", "has_problem")


def _board_index(name: str, *fields: str) -> models.Index:
    return models.Index(name=f"board_by_{name}", fields=["organisation", *fields], condition=Q(archived_at=None))


class CaseSummary(models.Model):
    """What is kept of the plans by ``cases.summaries``, and can be made of them anew; nobody edits it."""

    next_deadline = models.DateField(_("next deadline"), null=True, blank=True, editable=False)
    next_step = models.CharField(_("next step"), max_length=300, blank=True, default="", editable=False)
    tasks_done = models.PositiveSmallIntegerField(_("tasks done"), default=0, editable=False)
    tasks_total = models.PositiveSmallIntegerField(_("tasks"), default=0, editable=False)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0, editable=False)
    has_problem = models.BooleanField(_("plan has a problem"), default=False, editable=False)
    summarised_on = models.DateField(_("summary of"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Case(CaseSummary):
    """One client, or one household, as a firm works for it. What the client answers is in the people's checklists.

    ``waiting_for`` says whose turn it is. ``version`` grows with every change that somebody makes in the case's form
    and refuses one that is based on an older one. ``active_at``: when something was last done in one of the plans.
    ``erased_at``: when the client erased their data.
    """

    class Priority(models.IntegerChoices):
        LOW = 1, _("low")
        NORMAL = 2, _("normal")
        HIGH = 3, _("high")

    class Waiting(models.TextChoices):
        NOBODY = "", _("nobody")
        CLIENT = "client", _("the client")
        OFFICE = "office", _("an office")
        FIRM = "firm", _("us")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cases", verbose_name=_("firm")
    )
    name = LineField(_("client"), max_length=120)
    email = AddressField(_("email"), blank=True, default="")
    reference = LineField(_("reference"), max_length=60, blank=True, default="")
    destination = LineField(_("destination"), max_length=60, blank=True, default="")
    target_date = models.DateField(_("target date"), null=True, blank=True)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="cases", verbose_name=_("stage"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="assigned_cases",
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
    )
    followers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="followed_cases", verbose_name=_("followers"), blank=True
    )
    labels = models.ManyToManyField(Label, related_name="cases", verbose_name=_("labels"), blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    waiting_for = models.CharField(_("waiting for"), max_length=10, choices=Waiting, blank=True, default=Waiting.NOBODY)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    deletion_told_at = models.DateTimeField(_("deletion announced"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased by the client"), null=True, blank=True, editable=False)
    active_at = models.DateTimeField(_("last progress"), default=timezone.now, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.CheckConstraint(name="case_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="case_priority_is_known", condition=Q(priority__range=(1, 3))),
            models.CheckConstraint(
                name="case_waits_for_somebody_known", condition=Q(waiting_for__in=["", "client", "office", "firm"])
            ),
            models.CheckConstraint(name="case_version_is_positive", condition=Q(version__gte=1)),
            models.CheckConstraint(name="case_progress_is_of_a_hundred", condition=Q(progress__lte=100)),
            models.CheckConstraint(name="case_does_no_more_than_all", condition=Q(tasks_done__lte=F("tasks_total"))),
        ]
        indexes = [
            # One for each order of the board, and for the views that everybody has; only of cases in work.
            _board_index("deadline", "next_deadline", "id"),
            _board_index("progress", "progress", "id"),
            _board_index("age", "created_at", "id"),
            _board_index("stage", "stage", "next_deadline", "id"),
            _board_index("assignee", "assignee", "next_deadline", "id"),
            _board_index("waiting", "waiting_for", "next_deadline", "id"),
            # Holds all that board.counts groups by, so that counting reads nothing else. SQLite looks at the day of
            # the archive in each row unless it is there as well.
            _board_index("counts", *COUNTED, "archived_at", "id"),
            models.Index(
                name="archive_of_a_firm", fields=["organisation", "id"], condition=Q(archived_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("casework:case", args=[self.organisation.slug, self.pk])


class CasePersonQuerySet(models.QuerySet):
    def open(self):
        """Those whose checklist the firm may see now."""
        return self.filter(revoked_at=None, checklist__isnull=False)

    def visible_to(self, user):
        return self.filter(case__organisation__memberships__user=user)

    def lock_firms_of(self, checklists: Iterable[Checklist], by) -> None:
        """Lock the firms that see one of these checklists until the transaction ends, when a member changes them."""
        if by:
            places = self.open().filter(checklist__in=list(checklists))
            Organisation.objects.lock(places.order_by().values_list("case__organisation", flat=True))


class CasePerson(models.Model):
    """One person of a case, and the door through which the firm sees their checklist.

    ``door`` is the key in the addresses of the checklist's pages for members of the firm; it opens nothing to anybody
    else, and nothing at all once the client has taken the access back (``revoked_at``). The three ``shares_…`` are
    the client's choice: without ``shares_checklist`` no page of the checklist opens; without the others it is shown
    without the documents, or without the client's own notes.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="people", verbose_name=_("case"))
    name = LineField(_("name"), max_length=120)
    email = AddressField(_("email"), blank=True, default="")
    checklist = models.ForeignKey(
        Checklist, on_delete=models.SET_NULL, related_name="places", verbose_name=_("checklist"), null=True, blank=True
    )
    door = models.CharField(_("door"), max_length=43, unique=True, default=new_token, editable=False)
    shares_checklist = models.BooleanField(_("shares the checklist"), default=True)
    shares_documents = models.BooleanField(_("shares the documents"), default=True)
    shares_notes = models.BooleanField(_("shares own notes"), default=False)
    granted_at = models.DateTimeField(_("access since"), default=timezone.now)
    revoked_at = models.DateTimeField(_("access taken back"), null=True, blank=True)
    told_until = models.PositiveBigIntegerField(_("told of history up to"), default=0, editable=False)
    sent_at = models.DateTimeField(_("questionnaire sent"), null=True, blank=True)

    objects = CasePersonQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person of a case")
        verbose_name_plural = _("people of cases")
        constraints = [
            models.UniqueConstraint(name="a_checklist_once_in_a_case", fields=["case", "checklist"]),
            models.CheckConstraint(name="person_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the firm may see the checklist now."""
        return self.revoked_at is None and self.checklist_id is not None and self.shares_checklist

    @property
    def address_known_to_firm(self) -> str:
        """The address that the firm has written down: the person's own, or else that of the case; empty for neither."""
        return self.email or self.case.email

    @property
    def mail_address(self) -> str:
        """Where a person gets their mail: at their account, else where the firm knows them; empty if nowhere."""
        owner = self.checklist.owner if self.checklist else None
        return (owner.email if owner else "") or self.address_known_to_firm


class SharedDocument(models.Model):
    """A paper of which a household has one for everybody: ticked by one, it is ticked for all."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shared_documents", verbose_name=_("case"))
    key = models.CharField(_("document"), max_length=120)

    class Meta:
        ordering = ["key"]
        verbose_name = _("shared document")
        verbose_name_plural = _("shared documents")
        constraints = [models.UniqueConstraint(name="a_document_is_shared_once", fields=["case", "key"])]

    def __str__(self):
        return self.key


class CaseDeadline(models.Model):
    """A day by which a person of a case must have done a task of their plan; kept by ``cases.summaries``."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("firm"))
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines", verbose_name=_("case"))
    person = models.ForeignKey(CasePerson, on_delete=models.CASCADE, related_name="deadlines", verbose_name=_("person"))
    procedure = models.CharField(_("procedure"), max_length=120)
    day = models.DateField(_("day"))

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("deadline of a case")
        verbose_name_plural = _("deadlines of cases")
        constraints = [models.UniqueConstraint(name="one_deadline_for_each_task", fields=["person", "procedure"])]
        indexes = [models.Index(name="deadlines_by_day", fields=["organisation", "day", "id"])]

    def __str__(self):
        return f"{self.procedure} {self.day}"


class CaseWord(models.Model):
    """A word of a case's name, email or reference, folded, by which search finds it (``board.search``)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", verbose_name=_("firm"))
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="words", verbose_name=_("case"))
    word = models.CharField(_("word"), max_length=60)

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        constraints = [models.UniqueConstraint(name="a_word_once_for_each_case", fields=["case", "word"])]
        indexes = [
            models.Index(
                name="cases_by_word",
                fields=["organisation", "word", "case"],
                # Prefixes are looked up with LIKE on PostgreSQL; other databases leave this out.
                opclasses=["int8_ops", "varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self):
        return self.word
