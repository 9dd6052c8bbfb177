"""The unpublished next state of a published item, and what was on a form when it was opened.

Both are content, never rows of the item's own tables: nothing that lists or counts items can
come across them. See docs/decisions/0015-working-copies.md.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models.loose import AboutItem
from iomsite.publishing.models.packed import PackedField


class WorkingCopy(AboutItem):
    """What an item will be once this is published. One for each item, shared by its editors."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        SCHEDULED = "scheduled", _("Scheduled")

    content = PackedField(_("content"))
    base_hash = models.CharField(max_length=64, editable=False)
    stage = models.CharField(_("stage"), max_length=9, choices=Stage, default=Stage.DRAFT)
    due_at = models.DateTimeField(_("published at"), null=True, blank=True)
    change_note = models.CharField(_("what changed"), max_length=500, blank=True)
    is_major = models.BooleanField(_("major change"), default=True)
    failure = models.CharField(_("why it could not be published"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("saved by"),
    )

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        constraints = [
            models.UniqueConstraint(fields=["kind", "item"], name="working_copy_once"),
            models.CheckConstraint(
                condition=Q(stage="scheduled", due_at__isnull=False)
                | ~Q(stage="scheduled") & Q(due_at__isnull=True),
                name="working_copy_due_when_scheduled",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="working_copy_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"


class KeptContent(models.Model):
    """What a form showed when it was opened, or held when it was refused.

    With it, two people's changes to one item are told from each other and merged. Kept for
    a week under its checksum.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    content = PackedField()
    kept_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("kept content")
        verbose_name_plural = _("kept contents")

    def __str__(self) -> str:
        return self.hash

    @classmethod
    def find(cls, key: str) -> dict[str, Any] | None:
        """Return the content kept under a checksum, or None when there is none any more."""
        return cls.objects.filter(hash=key).values_list("content", flat=True).first()
