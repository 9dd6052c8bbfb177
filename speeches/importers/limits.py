"""How much input an import accepts, and the refusals that say so.

A record of speeches has no honest text of these sizes, so anything larger is a wrong
file or an attack, and is stopped before it costs memory.
"""

from typing import BinaryIO

from django.utils.translation import gettext as _

from .parsed import UnreadableInput

MAX_DOCUMENT_BYTES = 10 * 1024 * 1024
"""One page or one Word file."""
MAX_TEXT_CHARACTERS = 2_000_000
"""One text of a speech, from any format."""
MAX_TITLE_CHARACTERS = 400
"""A longer “title” is a paragraph that was marked as a heading."""
MAX_TAGS = 50_000
"""Tags of one HTML text: a tree costs far more memory and time than its bytes."""
MAX_LINE_BYTES = 16 * 1024 * 1024
"""One line of JSON Lines or CSV: a text of the largest size with every sign escaped."""
MAX_UNPACKED_BYTES = 2 * 1024**3
"""A compressed JSON Lines or CSV file, unpacked."""
MAX_UNPACKING_MEMORY = 160 * 1024 * 1024
"""Working memory an .xz file may ask for; `xz -9` needs 65 MB."""

_MEGABYTE = 1024 * 1024


def read_document(stream: BinaryIO, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """Read a whole single-document input, never more than one byte past the limit."""
    chunks: list[bytes] = []
    left = limit + 1
    while left and (chunk := stream.read(min(left, _MEGABYTE))):
        chunks.append(chunk)
        left -= len(chunk)
    data = b"".join(chunks)
    check_document(data, limit)
    return data


def check_document(data: bytes, limit: int = MAX_DOCUMENT_BYTES) -> None:
    """Refuse an input that is empty or too large to be one speech."""
    if len(data) > limit:
        raise UnreadableInput(
            _(
                "The file is larger than %(limit)d MB, too large for one speech. "
                "Remove pictures or split it; for many speeches use JSON Lines or CSV."
            )
            % {"limit": limit // _MEGABYTE}
        )
    if not data.strip():
        raise UnreadableInput(_("The file is empty. Choose a file that holds the text."))


def check_tags(html: str) -> None:
    """Refuse HTML with more tags than any page of text, before a tree is built of it."""
    if html.count("<") > MAX_TAGS:
        raise UnreadableInput(
            _("The HTML has more than %(limit)d tags. Give the page of one speech.")
            % {"limit": MAX_TAGS}
        )


def check_text(text: str) -> None:
    """Refuse a text that is empty or longer than any speech."""
    if len(text) > MAX_TEXT_CHARACTERS:
        raise UnreadableInput(
            _(
                "The text has %(length)d characters; at most %(limit)d are accepted. "
                "Check that it is one speech, or split it."
            )
            % {"length": len(text), "limit": MAX_TEXT_CHARACTERS}
        )
    if not text.strip():
        raise UnreadableInput(_("The text is empty. Give the words of the speech."))
