"""The page cache as an app: the one row that changes whenever the record does."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CachingConfig(AppConfig):
    name = "iomsite.caching"
    label = "caching"
    verbose_name = _("Page cache")

    def ready(self) -> None:
        from iomsite.caching.revision import connect  # noqa: PLC0415 - needs models

        connect()
