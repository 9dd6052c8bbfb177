"""Links that let a person without an account read one item, and every visit by them.

A link stands for one content and no other: it holds the checksum of the words it was made
for. The words themselves are not kept here, so a link whose item has changed shows nothing.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models import AboutItem, EditorialNote, QueryTime
from iomsite.publishing.models.loose import AboutItemQuerySet
from iomsite.publishing.models.reviews import staff_key

LONGEST_DAYS = 7
FORGOTTEN_AFTER = timedelta(days=90)
"""Links and visits go this long after the link has ended. The audit log keeps who made it."""


class PreviewLinkQuerySet(AboutItemQuerySet):
    def with_token(self, token: str) -> Self:
        """Keep the link of a token, unless it was taken back. Adds `is_over` and `asked_at`."""
        found = self.filter(token_hash=hash_of(token), revoked_at__isnull=True)
        over = models.ExpressionWrapper(
            Q(expires_at__lte=QueryTime()), output_field=models.BooleanField()
        )
        return found.annotate(is_over=over, asked_at=QueryTime())

    def open(self) -> Self:
        """Keep those that still work, by the database's clock."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=QueryTime())

    def with_visits(self) -> Self:
        """Count the visits of each, and know the last."""
        visits = {"visit_count": Count("visits"), "last_visit": Max("visits__made_at")}
        return self.annotate(**visits)


class PreviewLink(AboutItem):
    """One guest's key to one content of one item."""

    class Decision(models.TextChoices):
        NONE = "", _("None yet")
        APPROVED = "approved", _("Approved")
        CHANGES = "changes", _("Asked for changes")

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    content_hash = models.CharField(max_length=64, editable=False)
    guest_name = models.CharField(_("name of the guest"), max_length=100)
    guest_email = models.EmailField(_("e-mail of the guest"), blank=True)
    may_comment = models.BooleanField(_("may comment"), default=True)
    may_decide = models.BooleanField(_("may approve or ask for changes"), default=False)
    made_by = staff_key(_("made by"))
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("ends at"))
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision, blank=True, editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    notes = models.ManyToManyField(EditorialNote, related_name="+", editable=False)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["kind", "item"], name="preview_link_of_item"),
            models.Index(fields=["expires_at"], name="preview_link_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="preview_link_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.guest_name

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def is_over_at(self, now: datetime) -> bool:
        return self.expires_at <= now


class PreviewVisit(models.Model):
    """One time that a link was used."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="visits")
    made_at = models.DateTimeField(_("at"), db_default=Now())
    network = models.CharField(
        _("network"),
        max_length=45,
        blank=True,
        help_text=_("The visitor's address without its last part."),
    )
    place = models.CharField(_("what was opened"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["link", "-made_at"], name="preview_visit_newest")]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M} {self.network}"


def hash_of(token: str) -> str:
    """Return what is stored of a token: nobody who reads the table can use a link."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
