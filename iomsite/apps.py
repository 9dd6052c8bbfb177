"""The project as a Django app: its checks, its template tags, its commands."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class IomsiteConfig(AppConfig):
    name = "iomsite"

    def ready(self) -> None:
        from iomsite import checks  # noqa: F401, PLC0415 - registers itself once apps are loaded


class SiteAdminConfig(AdminConfig):
    """Django's admin with our own site object: its name, its order, its labels."""

    default_site = "iomsite.publishing.admin_site.RecordAdminSite"
