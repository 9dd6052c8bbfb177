"""The project as a Django app: its checks, its template tags, its commands."""

from django.apps import AppConfig


class IomsiteConfig(AppConfig):
    name = "iomsite"

    def ready(self) -> None:
        from iomsite import checks  # noqa: F401, PLC0415 - registers itself once apps are loaded
