"""How names, days, countries and languages are written on a page."""

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iomsite import countries, dates, languages

register = template.Library()


@register.simple_tag
def name(entry: Any) -> str | SafeString:
    """Write an entry's name, marking the language when it is not that of the page."""
    return foreign(*entry.local_name)


@register.simple_tag
def foreign(text: str, language: str) -> str | SafeString:
    """Write words that may be in another language than the page, marked with it if so."""
    if not language or language == languages.current_language():
        return conditional_escape(text)
    return format_html(
        '<bdi lang="{}" dir="{}">{}</bdi>',
        languages.html_language(language),
        languages.direction(language),
        text,
    )


@register.simple_tag
def foreign_attributes(language: str) -> str | SafeString:
    """Write the lang and dir of an element whose words are in another language."""
    if not language or language == languages.current_language():
        return ""
    return format_html(
        ' lang="{}" dir="{}"', languages.html_language(language), languages.direction(language)
    )


@register.simple_tag
def day(value: date | None, precision: str = "day") -> str | SafeString:
    """Write a date as far as it is known."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>',
        dates.iso_partial_date(value, precision),
        dates.show_partial_date(value, precision),
    )


@register.simple_tag
def days(start: date | None, end: date | None, precision: str = "day") -> str | SafeString:
    """Write a stretch of days: `27–30 October 2008`."""
    if start is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>',
        dates.iso_partial_date(start, precision),
        dates.show_date_range(start, end or start, precision),
    )


@register.simple_tag
def term_of_office(
    start: date | None, start_precision: str, end: date | None, end_precision: str
) -> SafeString:
    """Write the time somebody held an office: `October 2008 – September 2018`."""
    begins = dates.show_partial_date(start, start_precision) if start else "…"
    ends = dates.show_partial_date(end, end_precision) if end else _("today")
    return format_html("{} – {}", begins, ends)


@register.filter
def country(code: str) -> str:
    """Write a country's name in the language of the page."""
    return countries.country_name(code) if code else ""


@register.filter
def language_name(code: str) -> str:
    """Write a language's name in the language of the page."""
    return languages.language_name(code)


@register.filter
def native_name(code: str) -> str:
    """Write what a language calls itself."""
    return languages.native_name(code)


@register.filter
def html_language(code: str) -> str:
    """Write a language tag as HTML takes it."""
    return languages.html_language(code)


@register.filter
def direction(code: str) -> str:
    """Write the direction of a language."""
    return languages.direction(code)


@register.simple_tag(takes_context=True)
def this_page_in(context: dict[str, Any], language: str) -> str:
    """Return the address of this page in another language, without its query."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return f"/{language}/"
    _empty, first, *rest = request.path.split("/")
    if first not in languages.site_languages():
        return f"/{language}/"
    return "/".join(["", language, *rest])


@register.simple_tag
def site_languages() -> list[str]:
    """Return the languages of the site, in the order of its switch."""
    return languages.site_languages()


@register.simple_tag
def uncertain(entry: Any, *fields: str) -> str | SafeString:
    """Write the mark of a fact, kept in one field or more, that still waits to be verified."""
    if not set(fields) & set(getattr(entry, "uncertain_fields", None) or []):
        return ""
    return format_html('<span class="unconfirmed">{}</span>', _("unconfirmed"))
