"""Checks on single values of a speech."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def validate_time_zone(name: str) -> None:
    """Refuse what is no IANA time zone."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is no IANA time zone. Write it as in Europe/Zurich."),
            params={"name": name},
        )
