"""What every page's frame shows: the site's name, the menu, notices, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from iomsite.caching.state import state_of
from iomsite.languages import current_language, direction, html_language
from iomsite.pages.menu import menu
from iomsite.pages.site_notices import shown_notices


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values; its rows are fetched only for templates that show them."""
    language = current_language()
    return {
        "site_name": settings.SITE_NAME,
        "organization_name": settings.ORGANIZATION_NAME,
        "page_language": html_language(language),
        "page_direction": direction(language),
        "menu": SimpleLazyObject(lambda: menu(state_of(request).frame["menu"])),
        "site_notices": SimpleLazyObject(
            lambda: shown_notices(state_of(request).frame["site_notices"])
        ),
    }
