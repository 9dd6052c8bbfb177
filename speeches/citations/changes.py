"""Looks for citations when the names of a text were looked for, once for each of its states."""

from typing import Any

from speeches.citations.storing import cite
from speeches.mentions.linking import text_linked
from speeches.models import SpeechText


def connect() -> None:
    """Listen to linking, which knows when a text is new or has changed."""
    text_linked.connect(_linked, SpeechText, dispatch_uid="citations")


def _linked(text: SpeechText, is_new: bool, **kwargs: Any) -> None:
    # A name that changes in the directory does not change what is quoted.
    if is_new:
        cite(text)
