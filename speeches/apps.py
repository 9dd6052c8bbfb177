"""The record as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SpeechesConfig(AppConfig):
    name = "speeches"
    verbose_name = _("Record of speeches")

    def ready(self) -> None:
        from iomsite.publishing.roles import restore_after_flush  # noqa: PLC0415 - needs models

        post_migrate.connect(restore_after_flush, sender=self)

        from speeches.search.index.changes import connect  # noqa: PLC0415 - needs models

        connect()

        from speeches.mentions import changes  # noqa: PLC0415 - needs models

        changes.connect()

        from speeches.citations import changes as citing  # noqa: PLC0415 - needs models

        citing.connect()

        from initiatives import details  # noqa: PLC0415 - needs models
        from speeches.mentions.lines import mention_lines  # noqa: PLC0415 - needs models

        details.register(mention_lines)

        from iomsite.addresses.links import sources  # noqa: PLC0415 - needs models
        from speeches.links import links_of_speeches  # noqa: PLC0415 - needs models

        sources.register("speeches", links_of_speeches)

        from speeches import checks  # noqa: PLC0415 - needs models

        checks.connect()
