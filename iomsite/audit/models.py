"""Entries of the audit log, each bound to the one before it, and the head of the chain."""

from datetime import UTC
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from iomsite.canonical import digest

FIRST = "0" * 64
"""What stands as the hash before the first entry."""


class AuditEntry(models.Model):
    """Something that was done. The database refuses to change or delete it.

    Who did it and what it was done to are no foreign keys: an entry says the same for ever,
    whatever becomes of the account and of the item.
    """

    sequence = models.BigIntegerField(_("number"), primary_key=True)
    made_at = models.DateTimeField(_("time"), db_index=True)
    actor = models.BigIntegerField(_("account’s key"), null=True)
    actor_name = models.CharField(_("by"), max_length=150, blank=True, db_index=True)
    action = models.CharField(_("action"), max_length=60, db_index=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    item = models.BigIntegerField(_("key"), null=True)
    data = models.JSONField(_("particulars"), default=dict)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-sequence"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["kind", "item"], name="audit_item")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def content(self) -> dict[str, Any]:
        """Return what the hash is made of: everything the entry says, and the hash before."""
        return {
            "sequence": self.sequence,
            "made_at": self.made_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": self.actor,
            "actor_name": self.actor_name,
            "action": self.action,
            "kind": self.kind,
            "item": self.item,
            "data": self.data,
            "previous_hash": self.previous_hash,
        }

    def computed_hash(self) -> str:
        """Return the hash that these contents have."""
        return digest(self.content())


class AuditHead(models.Model):
    """The one row that says where the chain ends. Whoever adds an entry locks it first."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST)

    class Meta:
        verbose_name = _("end of the audit log")
        verbose_name_plural = _("end of the audit log")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_one_head")]

    def __str__(self) -> str:
        return str(self.sequence)
