"""What was public, word for word: one row for each time it changed, and no row ever changes.

The hash of a version covers its content, its place in the chain and what it says of itself,
so whoever has one hash can check everything before it. docs/history.md shows how.
"""

from datetime import UTC, datetime
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from iomsite.canonical import digest
from iomsite.publishing.models.gate import QueryTime, Status
from iomsite.publishing.models.loose import AboutItem, AboutItemQuerySet
from iomsite.publishing.models.packed import PackedField

FORMAT = 1
"""Of the header and of the content. A later one must go on reading this one."""


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


class VersionQuerySet(AboutItemQuerySet):
    def without_content(self) -> Self:
        """Leave the large column where it is."""
        return self.defer("content")

    def ever_public(self) -> Self:
        """Keep the versions that were in force at a moment when the public could read them.

        One that was replaced while its item was under embargo never was. Neither was one
        whose item was taken off the schedule: the time from which an item is public changes
        only as long as that time has not come, so the next version names another.
        """
        following = self.model._default_manager.filter(
            kind=models.OuterRef("kind"),
            item=models.OuterRef("item"),
            number__gt=models.OuterRef("number"),
        ).order_by("number")
        was_read = models.Q(
            published_at=models.Subquery(following.values("published_at")[:1]),
            published_at__lt=models.Subquery(following.values("made_at")[:1]),
        )
        return self.filter(published_at__lte=QueryTime()).filter(
            was_read | ~models.Exists(following)
        )

    def readable(self) -> Self:
        """Keep those whose words the public may read: not what was written while removed."""
        return self.ever_public().exclude(status=Status.REMOVED)


class Version(AboutItem):
    """One state of an item that went out: published, revised, withdrawn, removed, reinstated."""

    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made at"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    published_at = models.DateTimeField(_("public from"))
    public_notice = models.TextField(_("public notice"), blank=True)
    change_note = models.CharField(_("what changed"), max_length=500, blank=True)
    is_major = models.BooleanField(_("major change"), default=True)
    content = PackedField(_("content"))
    content_hash = models.CharField(_("checksum of the content"), max_length=64)
    previous_hash = models.CharField(_("hash of the version before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["kind", "item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "item", "number"], name="version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}, version {self.number}"

    @property
    def header(self) -> dict[str, Any]:
        """Everything the hash covers."""
        return {
            "format": FORMAT,
            "kind": self.kind,
            "item": self.item,
            "number": self.number,
            "made_at": _utc(self.made_at),
            "status": str(self.status),
            "published_at": _utc(self.published_at),
            "public_notice": self.public_notice,
            "change_note": self.change_note,
            "is_major": self.is_major,
            "content_hash": self.content_hash,
            "previous_hash": self.previous_hash,
        }

    def compute_hash(self) -> str:
        return digest(self.header)
