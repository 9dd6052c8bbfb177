"""The demonstration's way through publishing: what went out, what changed, what still waits.

Everything goes through the workflow, as staff would do it, so each published entry has a
history from its first day.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Status
from iomsite.publishing.workflow import perform, publish_imported
from speeches.models import Speech

DATA = Path(__file__).parent / "data"
SOURCE = "the demonstration"

WAITING = {
    "nine-years-of-letters": "submit",
    "le-quai-est-une-place-publique": "submit",
    "a-budget-is-a-tide-table": "",
}
"""Speeches that are not public yet, so that staff find a queue with something in it."""


def publish_drafts(items: Iterable[Any]) -> None:
    """Publish what is a draft, with nobody's review: an administrator vouches for it."""
    for item in items:
        if item.status == Status.DRAFT:
            publish_imported(item, None, SOURCE)


def publish_speeches(speeches: Iterable[Speech]) -> None:
    """Publish the sample speeches, but for those that wait; some are corrected afterwards."""
    revisions = {revision["slug"]: revision for revision in _revisions()}
    editor = User.objects.filter(username="editor").first()
    for speech in speeches:
        if speech.slug in WAITING:
            if WAITING[speech.slug]:
                perform(WAITING[speech.slug], speech, editor)
            continue
        revision = revisions.get(speech.slug)
        if revision:
            _change(speech, revision, "before")
        publish_imported(speech, None, SOURCE)
        if revision:
            _revise(speech, revision, editor)


def _revise(speech: Speech, revision: dict[str, Any], editor: User | None) -> None:
    """Correct a published speech in its working copy, and publish that if it did go out."""
    with editing(speech, editor):
        _change(speech, revision, "after")
    perform("submit", speech, editor, note=revision["note"])
    if revision["goes_out"]:
        perform("publish", speech, None, note=revision["note"], is_major=revision["is_major"])


def _change(speech: Speech, revision: dict[str, Any], state: str) -> None:
    """Write the words and the delivery status of one state of a text."""
    text = speech.texts.get(language=revision["language"])
    other = {"before": "after", "after": "before"}[state]
    for words in revision["words"]:
        text.body = text.body.replace(words[other], words[state])
    text.save()
    status = revision["delivery_status"][state]
    if status != speech.delivery_status:
        speech.delivery_status = status
        speech.save(update_fields=["delivery_status", "updated_at"])


def _revisions() -> Any:
    return json.loads((DATA / "revisions.json").read_text("utf-8"))
