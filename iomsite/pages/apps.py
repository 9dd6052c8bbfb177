"""The section pages as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "iomsite.pages"
    label = "pages"
    verbose_name = _("Site sections")

    def ready(self) -> None:
        from iomsite.addresses.links import sources  # noqa: PLC0415 - needs models
        from iomsite.pages.links import links_of_pages  # noqa: PLC0415 - needs models

        sources.register("pages", links_of_pages)

        from iomsite.caching.registry import (  # noqa: PLC0415 - needs models
            next_moment,
            register_boundary,
            register_part,
        )
        from iomsite.pages.menu import menu_rows  # noqa: PLC0415 - needs models
        from iomsite.pages.site_notices import SiteNotice, notice_rows  # noqa: PLC0415 - needs models

        register_part("menu", menu_rows)
        register_part("site_notices", notice_rows)
        register_boundary(lambda: next_moment(SiteNotice.objects.all(), "starts_at"))
        register_boundary(lambda: next_moment(SiteNotice.objects.all(), "ends_at"))

        from iomsite.pages import checks  # noqa: PLC0415 - needs models

        checks.connect()
