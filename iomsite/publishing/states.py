"""The state of an item as a small label, for lists and panels."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models import Publishable, Status


def show_state(item: Publishable) -> SafeString:
    """Return the state as a small label; an embargo names its end."""
    if item.status == Status.PUBLISHED and item.published_at and item.published_at > timezone.now():
        until = date_format(timezone.localtime(item.published_at), "SHORT_DATETIME_FORMAT")
        return format_html(
            '<span class="state state--embargoed">{}</span>',
            _("Embargoed until %(time)s") % {"time": until},
        )
    return format_html(
        '<span class="state state--{}">{}</span>', item.status, Status(item.status).label
    )
