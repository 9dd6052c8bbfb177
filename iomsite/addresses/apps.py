"""The ledger of addresses and the report on links as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AddressesConfig(AppConfig):
    name = "iomsite.addresses"
    label = "addresses"
    verbose_name = _("Addresses and links")
