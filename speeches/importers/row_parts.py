"""The texts and the people of a row."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from . import field_values as values
from . import limits
from .blocks import plain_text_to_html
from .country_codes import country_code
from .encodings import clean
from .html_body import lift_headings, read_blocks
from .html_main import refuse_depth
from .language_guess import guess_language, told_by_words
from .parsed import ParsedContribution, ParsedText

Value = TypeVar("Value")


class Attempts(Protocol):
    """Keeps the problems of a row while its parts are read."""

    def attempt(self, field: str, read: Callable[[], Value], empty: Value) -> Value:
        """Do a step of reading that may find a problem."""


def read_text(
    row: Attempts, prefix: str, fields: Mapping[str, str], base_url: str, warnings: list[str]
) -> ParsedText:
    """Read the words of a speech in one language."""
    title, text, html = (fields.get(key, "") for key in ("title", "text", "html"))
    if not title:
        empty = _("The title is empty. Give the text a title.")
        row.attempt(f"{prefix}title", _refuse(empty), None)
    if text and html:
        both = _("Both text and html are given. Keep the one that is right.")
        row.attempt(f"{prefix}text", _refuse(both), None)
    body, words = row.attempt(
        f"{prefix}html" if html else f"{prefix}text",
        lambda: _html_body(html, base_url) if html else _plain_body(text),
        ("", ""),
    )
    language = fields.get("language", "")
    if language:
        language = row.attempt(f"{prefix}language", lambda: values.read_language(language), "")
    elif language := guess_language(words):
        warnings.append(told_by_words(language))
    kind = fields.get("kind", "") or "original"
    kind = row.attempt(f"{prefix}kind", lambda: values.read_choice(kind, values.TEXT_KINDS), kind)
    return ParsedText(title, body, language, kind, fields.get("summary", ""))


def read_contribution(row: Attempts, prefix: str, fields: Mapping[str, str]) -> ParsedContribution:
    """Read one person's part. What is no country, such as EU, speaks as an organization."""
    role = fields.get("role", "") or "speaker"
    role = row.attempt(f"{prefix}role", lambda: values.read_choice(role, values.ROLES), "speaker")
    person = fields.get("person", "")
    if person:
        row.attempt(f"{prefix}person", lambda: values.read_slug(person), "")
    country = fields.get("on_behalf_of_country", "")
    code = country_code(country) if country else ""
    organization = fields.get("on_behalf_of_organization", "")
    if country and not code:
        organization = organization or country
    return ParsedContribution(
        name=fields.get("speaker", "") or fields.get("name", ""),
        office=fields.get("office", ""),
        role=role,
        person=person,
        on_behalf_of_organization=organization,
        on_behalf_of_country=code,
    )


def _plain_body(text: str) -> tuple[str, str]:
    limits.check_text(text)
    return plain_text_to_html(text), text


def _html_body(html: str, base_url: str) -> tuple[str, str]:
    """Give the body in the tags of a speech, and its plain words."""
    limits.check_text(html)
    limits.check_tags(html)
    soup = BeautifulSoup(html, "lxml")
    refuse_depth(soup)
    blocks = lift_headings(read_blocks(soup, base_url))
    words = " ".join(block.text for block in blocks)
    limits.check_text(words)
    return clean("\n".join(block.html for block in blocks)), words


def _refuse(message: str) -> Callable[[], None]:
    def refuse() -> None:
        raise values.FieldError(message)

    return refuse
