"""The audit log as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "iomsite.audit"
    label = "audit"
    verbose_name = _("Audit log")

    def ready(self) -> None:
        from iomsite.audit.log import ensure_head  # noqa: PLC0415 - models are loaded by now

        post_migrate.connect(ensure_head, sender=self)
