"""Previews as an app: it keeps the links given to guests, and their visits."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PreviewsConfig(AppConfig):
    name = "iomsite.previews"
    label = "previews"
    verbose_name = _("previews")
