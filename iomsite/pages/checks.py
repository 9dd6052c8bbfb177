"""What the checklist asks of a section page before it goes out."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from iomsite.languages import DEFAULT_LANGUAGE
from iomsite.pages.models import Page
from iomsite.publishing.checklist import Finding, checked_by
from iomsite.publishing.models import Status
from iomsite.publishing.text_checks import link_findings
from iomsite.publishing.writing import is_written_otherwise

_FILE_NAME = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp|avif)$|^(?:IMG|DSC|image)[_ -]?\d*$", re.I)


def connect() -> None:
    """Bring these checks to the checklist; called once, when the apps are ready."""
    checked_by("pages.page", words, place, picture)


def words(page: Page) -> Iterator[Finding]:
    """The page has a title and words, in the site's first language too."""
    rows = list(page.texts.all())
    if not any(row.title.strip() for row in rows):
        yield Finding(True, _("Give the page a text with a title."), "texts/")
    elif not any(row.language == DEFAULT_LANGUAGE for row in rows):
        message = _("There is no text in the site’s first language for those who read no other.")
        yield Finding(False, message, "texts/")
    is_hub = page.children.exists()
    for row in rows:
        place = f"texts/{row.pk}"
        if not row.body and not is_hub:
            message = _("The text “%(title)s” is empty.") % {"title": row.title}
            yield Finding(False, message, f"{place}/body")
        if not row.introduction:
            message = _("The text “%(title)s” has no introduction for the menu.")
            yield Finding(False, message % {"title": row.title}, f"{place}/introduction")
        if is_written_otherwise(f"{row.title} {row.introduction} {row.body}", row.language):
            message = _("The text “%(title)s” is not written in the script of its language.")
            yield Finding(False, message % {"title": row.title}, f"{place}/language")
        yield from link_findings(row.body, f"{place}/body")


def place(page: Page) -> Iterator[Finding]:
    """The page above can be seen, or nobody finds the way here."""
    if page.parent is not None and page.parent.status != Status.PUBLISHED:
        message = _("The page above this one is not published, so the menu does not lead here.")
        yield Finding(False, message, "parent")


def picture(page: Page) -> Iterator[Finding]:
    """The picture is described in words for those who do not see it."""
    described = page.image_alternative.strip()
    if page.image and not described:
        yield Finding(True, _("Describe the picture in words."), "image_alternative")
    elif page.image and _FILE_NAME.match(described):
        message = _("The picture’s description looks like the name of a file.")
        yield Finding(False, message, "image_alternative")
