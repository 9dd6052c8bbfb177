"""The section pages as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "iomsite.pages"
    label = "pages"
    verbose_name = _("Site sections")
