"""Accounts as a Django app. Its users are Django's own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "iomsite.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        # They connect themselves once models are loaded.
        from iomsite.accounts import changes, doors  # noqa: F401, PLC0415
