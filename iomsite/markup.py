"""The one door for HTML: what tags a text may carry, and how anything else is taken out.

Every HTML field of the site is a `SanitizedHTMLField`, which cleans on each write to the
database, so that no path (admin, importer, shell, bulk) can store a script.
"""

import re
from typing import Any

import nh3
from django.db import models
from django_prose_editor.fields import ProseEditorField

EDITOR_EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
    "HTML": False,
}

TAGS = frozenset(
    "p h2 h3 h4 ul ol li blockquote em strong a sup table thead tbody tr th td".split()  # noqa: SIM905
)

MOST_ROUNDS = 6

_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "svg", "math"},
    attributes={
        "a": {"href"},
        "ol": {"start"},
        "th": {"colspan", "rowspan", "scope"},
        "td": {"colspan", "rowspan"},
        "*": {"lang", "dir"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
)

# What Word, browsers and old pages call the tags we keep.
_SYNONYMS = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4"}
_SYNONYM_TAG = re.compile(r"<(/?)(b|i|h1|h5|h6)(?=[\s>/])", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# C0 and C1 controls have no place in a text, and PostgreSQL refuses NUL outright.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def sanitize(html: str) -> str:
    """Return HTML in the tags of a text, without anything that could run or load.

    Sanitizing twice changes nothing more.
    """
    html = _CONTROLS.sub("", html)
    html = _LINE_BREAK.sub(" ", html)
    html = _SYNONYM_TAG.sub(lambda tag: f"<{tag[1]}{_SYNONYMS[tag[2].lower()]}", html)
    cleaned = _cleaner.clean(html).strip()
    # Tags nested as HTML does not allow come out mended, and reading them again may mend
    # more: a table that stood in a list item moves out of it. Two rounds settle all known.
    for _round in range(MOST_ROUNDS):
        again = _cleaner.clean(cleaned).strip()
        if again == cleaned:
            break
        cleaned = again
    return "" if cleaned in {"<p></p>", "<p>&nbsp;</p>"} else cleaned


def strip_controls(text: str) -> str:
    """Return plain text without control characters, which no line of text needs."""
    return _CONTROLS.sub("", text)


class SanitizedHTMLField(ProseEditorField):
    """An HTML text that the admin edits with ProseMirror and every write sanitizes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EDITOR_EXTENSIONS)
        kwargs.setdefault("sanitize", sanitize)
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = sanitize(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value
