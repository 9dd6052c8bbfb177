"""Publishing as an app: it keeps working copies, reviews and versions in tables of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "iomsite.publishing"
    verbose_name = _("publishing")

    def ready(self) -> None:
        from iomsite.publishing import notifications  # noqa: PLC0415 - needs models

        notifications.connect()
