"""What every page's frame shows: the site's name, the menu, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from iomsite.languages import current_language, direction, html_language
from iomsite.pages.menu import menu


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's values; the menu is fetched only by templates that show it."""
    language = current_language()
    return {
        "site_name": settings.SITE_NAME,
        "organization_name": settings.ORGANIZATION_NAME,
        "page_language": html_language(language),
        "page_direction": direction(language),
        "menu": SimpleLazyObject(menu),
    }
