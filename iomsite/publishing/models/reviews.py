"""The way of an item from one person's draft to another person's yes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models.loose import AboutItem


def staff_key(label: Any) -> models.ForeignKey:
    """Return a key to an account; a row outlives the account it names."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class Review(AboutItem):
    """Where the editing of one item stands. The state itself is the item's or its copy's."""

    submitted_by = staff_key(_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    approved_by = staff_key(_("approved by"))
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_name = models.CharField(
        _("approved by a guest"),
        max_length=200,
        blank=True,
        help_text=_("Somebody without an account, through a link."),
    )
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    assignee = staff_key(_("assigned to"))
    due_on = models.DateField(_("wanted by"), null=True, blank=True)
    unreviewed_reason = models.CharField(
        _("why it was published without review"), max_length=500, blank=True
    )
    unreviewed_by = staff_key(_("published without review by"))
    unreviewed_at = models.DateTimeField(
        _("published without review at"), null=True, blank=True, db_index=True
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["kind", "item"], name="review_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"

    def forget_submission(self) -> None:
        """Start over: what was submitted or approved is not what there is any more."""
        self.submitted_by = self.submitted_at = None
        self.approved_by = self.approved_at = None
        self.approved_name = self.approved_hash = ""


class EditorialNote(AboutItem):
    """What staff write to each other about an item. Never public."""

    author = staff_key(_("author"))
    author_name = models.CharField(_("name of the author"), max_length=200)
    text = models.TextField(_("note"), max_length=4000)
    made_at = models.DateTimeField(_("written at"), auto_now_add=True)
    anchor = models.CharField(
        _("paragraph"), max_length=40, blank=True, help_text=_("Which part it is about.")
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["kind", "item", "-made_at"], name="note_of_item")]

    def __str__(self) -> str:
        return self.text[:80]
