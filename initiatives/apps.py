"""The directory as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "initiatives"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from initiatives.links import links_of_entries  # noqa: PLC0415 - needs models
        from iomsite.addresses.links import sources  # noqa: PLC0415 - needs models

        sources.register("initiatives", links_of_entries)

        from initiatives import checks  # noqa: PLC0415 - needs models

        checks.connect()
