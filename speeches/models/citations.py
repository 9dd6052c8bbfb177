"""Where one speech quotes or names another."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models import is_published
from speeches.models.speeches import Speech
from speeches.models.texts import Passage


class CitationQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Keep what the public may see: confirmed, both speeches public, both passages there."""
        return self.filter(
            Q(cited_passage=None) | Q(cited_passage__retired_at=None),
            is_published("passage__speech_text__speech__"),
            is_published("cited_speech__"),
            passage__retired_at=None,
            status=Citation.Status.CONFIRMED,
        )


class Citation(models.Model):
    """A stretch of a passage that quotes an earlier speech, or names it.

    `start` and `end` are in the citing passage. `cited_passage` is the one quoted, where words
    are; it belongs to `cited_speech`.
    """

    class Kind(models.TextChoices):
        QUOTATION = "quotation", _("quotation")
        STATEMENT = "statement", _("statement at a meeting")

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="citations")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    cited_speech = models.ForeignKey(
        Speech, on_delete=models.CASCADE, related_name="cited_by", verbose_name=_("speech cited")
    )
    cited_passage = models.ForeignKey(
        Passage,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="cited_by",
        verbose_name=_("passage cited"),
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    words = models.PositiveIntegerField(_("words quoted"), default=0)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.SUGGESTED)
    confidence = models.FloatField(_("confidence"), default=1.0)
    reason = models.JSONField(_("reason"), default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["passage", "start"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="citation_has_words"),
            models.UniqueConstraint(
                fields=["passage", "start", "end", "cited_speech"], name="citation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} → {self.cited_speech_id}"
