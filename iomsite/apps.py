"""The project as a Django app: its checks, its template tags, its commands."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class IomsiteConfig(AppConfig):
    name = "iomsite"

    def ready(self) -> None:
        from iomsite import checks  # noqa: F401, PLC0415 - registers itself once apps are loaded
        from iomsite.caching.registry import (  # noqa: PLC0415 - needs models
            next_moment,
            register_boundary,
            register_due,
        )
        from iomsite.publishing.models import WorkingCopy  # noqa: PLC0415 - needs models
        from iomsite.publishing.schedule import due, publish_due  # noqa: PLC0415 - needs models

        scheduled = WorkingCopy.objects.filter(stage=WorkingCopy.Stage.SCHEDULED)
        register_boundary(lambda: next_moment(scheduled, "due_at"))
        register_due(due, publish_due)


class SiteAdminConfig(AdminConfig):
    """Django's admin with our own site object: its name, its order, its labels."""

    default_site = "iomsite.publishing.admin_site.RecordAdminSite"
