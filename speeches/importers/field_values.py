"""Single values of a row: from the words of a cell to what a speech keeps, or why not."""

import json
import re
import zoneinfo
from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from . import dates
from .country_codes import country_code
from .language_tags import language_tag

DELIVERY_STATUSES = (
    *("as_prepared", "check_against_delivery", "as_delivered", "transcript"),
    *("speaking_notes", "written_statement", "summary"),
)
ROLES = ("speaker", "represented", "reader", "moderator")
TEXT_KINDS = ("original", "official", "courtesy", "machine")
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")


class FieldError(ValueError):
    """A value that cannot be kept; the message says what to write instead."""


def read_date(words: str) -> tuple[date | None, str]:
    """Read a date of delivery and its precision."""
    try:
        return dates.parse(words)
    except dates.DateError as error:
        raise FieldError(
            _(
                "“%(value)s” is no single date of the calendar. "
                "Write it as 2008-01-17, 2008-01 or 2008."
            )
            % {"value": words[:60]}
        ) from error


def read_choice(words: str, choices: Collection[str]) -> str:
    """Read one of a closed list of values, forgiving capitals, spaces and hyphens."""
    value = re.sub(r"[\s-]+", "_", words.strip().lower())
    if value not in choices:
        raise FieldError(
            _("“%(value)s” is not known here. Write one of: %(choices)s.")
            % {"value": words[:60], "choices": ", ".join(choices)}
        )
    return value


def read_number(words: str) -> int:
    """Read an ordinal such as 62."""
    if not re.fullmatch(r"[0-9]{1,5}", words) or int(words) == 0:
        raise FieldError(
            _("“%(value)s” is no ordinal. Write a whole number such as 62.") % {"value": words[:60]}
        )
    return int(words)


def read_slug(words: str) -> str:
    """Read a slug of an address."""
    if not _SLUG.fullmatch(words):
        raise FieldError(
            _("“%(value)s” is no slug. Use letters without accents, digits and hyphens.")
            % {"value": words[:60]}
        )
    return words


def read_time_zone(words: str) -> str:
    """Read the name of a time zone."""
    if words not in _time_zones():
        raise FieldError(
            _("“%(value)s” is no IANA time zone. Write it as in Europe/Zurich.")
            % {"value": words[:60]}
        )
    return words


def read_country(words: str) -> str:
    """Read the country where a speech was given."""
    if code := country_code(words):
        return code
    raise FieldError(
        _("“%(value)s” is no country. Write its code of ISO 3166, such as CH or CHE.")
        % {"value": words[:60]}
    )


def read_language(words: str) -> str:
    """Read the language of a text."""
    if tag := language_tag(words):
        return tag
    raise FieldError(
        _("“%(value)s” is no language of the site. Write its code, such as en, fr or zh-hans.")
        % {"value": words[:60]}
    )


def read_list(value: Any) -> list[Any]:
    """Read several values: a list of JSON, or a cell with `;` between them."""
    if isinstance(value, list):
        return value
    words = str(value).strip()
    if not words.startswith("["):
        return [part.strip() for part in words.split(";") if part.strip()]
    try:
        items = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise FieldError(
            _("The list is no valid JSON. Mend its brackets and quotes, or part values by “;”.")
        ) from error
    return items if isinstance(items, list) else [items]


def read_names(value: Any) -> tuple[str, ...]:
    """Read names of the directory."""
    items = read_list(value)
    if not all(isinstance(item, str) for item in items):
        raise FieldError(_("The list may hold only names. Write them as text."))
    return tuple(item.strip() for item in items if item.strip())


def read_objects(value: Any, fields: Collection[str]) -> list[dict[str, Any]]:
    """Read a list of JSON objects whose keys are all known."""
    items = read_list(value)
    for item in items:
        if not isinstance(item, dict):
            raise FieldError(
                _("Each entry must be an object with: %(fields)s.") % {"fields": ", ".join(fields)}
            )
        if unknown := set(item) - set(fields):
            raise FieldError(
                _("“%(name)s” is not known here. The names are: %(fields)s.")
                % {"name": sorted(unknown)[0], "fields": ", ".join(fields)}
            )
    return items


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
