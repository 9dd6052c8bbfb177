"""Where a text names an entry of the directory, and what people decided about it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models import is_published
from speeches.models.speeches import Speech
from speeches.models.targets import Targeted, TargetedQuerySet, one_target, public_target
from speeches.models.texts import Passage

LONGEST_SURFACE = 400
"""Characters. The longest name of the directory may have 300, and a date or a number besides."""
CONTEXT = 32
"""Characters kept before and after, by which a mention is found again in an edited passage."""


class MentionQuerySet(TargetedQuerySet):
    def standing(self) -> Self:
        """Keep the mentions in passages that are part of their text now."""
        return self.filter(passage__retired_at=None)

    def open(self) -> Self:
        """Keep what waits for somebody's decision."""
        return self.standing().filter(status__in=Mention.OPEN)

    def published(self) -> Self:
        """Keep what the public may see: confirmed, in a public speech, of a public entry."""
        return self.standing().filter(
            is_published("passage__speech_text__speech__"),
            public_target(),
            status=Mention.Status.CONFIRMED,
        )

    def in_reading_order(self) -> Self:
        return self.order_by("passage__position", "start", "-end")


class Mention(Targeted):
    """A stretch of a passage that names one entry: suggested by the finder, decided by people.

    `start` and `end` count characters (code points) of the passage's plain text. `html_start`
    and `html_end` count those of the passage's element in `SpeechText.html`, from the `<` of
    its tag on, and are empty where no link can be drawn, as across the edges of other markup.
    """

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")
        STALE = "stale", _("Decided, but its words are gone")

    class Method(models.TextChoices):
        NAME = "name", _("name")
        ACRONYM = "acronym", _("acronym")
        DEFINITION = "definition", _("defined in the text")
        SHORT = "short", _("short form")
        EDITION = "edition", _("meeting of a series")
        INDIRECT = "indirect", _("described")
        OFFICE = "office", _("office on the day")
        COUNTRY = "country", _("country")
        HAND = "hand", _("marked by hand")

    OPEN = (Status.SUGGESTED, Status.STALE)

    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, related_name="mentions", verbose_name=_("passage")
    )
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("after the last character"))
    surface = models.CharField(_("words"), max_length=LONGEST_SURFACE)
    before = models.CharField(max_length=CONTEXT, blank=True)
    after = models.CharField(max_length=CONTEXT, blank=True)
    html_start = models.PositiveIntegerField(null=True, blank=True)
    html_end = models.PositiveIntegerField(null=True, blank=True)
    holder = models.ForeignKey(
        "initiatives.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mentions_by_office",
        verbose_name=_("held the office on that day"),
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.SUGGESTED)
    method = models.CharField(_("found by"), max_length=10, choices=Method)
    confidence = models.FloatField(_("confidence"), default=1.0)
    reason = models.JSONField(
        _("reason"), default=dict, help_text=_("A code, and the words that its sentence takes.")
    )
    is_nested = models.BooleanField(_("inside a longer name"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["passage", "start"]
        constraints = [
            models.CheckConstraint(condition=one_target(), name="mention_has_one_target"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="mention_has_words"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1), name="mention_confidence"
            ),
            models.CheckConstraint(
                condition=Q(holder=None) | Q(office__isnull=False), name="mention_holder_of_office"
            ),
            models.UniqueConstraint(
                fields=["passage", "start", "end"],
                condition=Q(status="confirmed"),
                name="mention_confirmed_once",
                violation_error_message=_("These words lead to another entry already."),
            ),
        ]
        indexes = [models.Index(fields=["status", "-confidence"], name="mention_open")]

    def __str__(self) -> str:
        return self.surface


class RejectionQuerySet(TargetedQuerySet):
    def holding_for(self, speech: Speech) -> Self:
        """Keep the rejections for one speech, and those for all."""
        return self.filter(Q(speech=speech) | Q(speech=None))


class Rejection(Targeted):
    """Words that do not name an entry, in one speech or in all: the finder never asks again."""

    speech = models.ForeignKey(
        Speech,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="rejections",
        verbose_name=_("speech"),
        help_text=_("Left empty, it holds for all speeches."),
    )
    surface = models.CharField(_("words"), max_length=LONGEST_SURFACE)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rejected_at = models.DateTimeField(_("rejected at"), auto_now_add=True)

    objects = RejectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rejected name")
        verbose_name_plural = _("rejected names")
        ordering = ["surface"]
        constraints = [
            models.CheckConstraint(condition=one_target(), name="rejection_has_one_target"),
            models.CheckConstraint(condition=~Q(surface=""), name="rejection_has_words"),
        ]
        indexes = [models.Index(fields=["speech", "surface"], name="rejection_words")]

    def __str__(self) -> str:
        return self.surface
