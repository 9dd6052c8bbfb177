"""Notes what linking has to do again, in the transaction of the change.

Like the search, it listens: whoever saves need not know that names are looked for.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save

from initiatives.models import Appointment, Name
from iomsite.publishing.models import gate_changed
from speeches.mentions.anchoring import reanchor
from speeches.mentions.entries import MODELS, target_for
from speeches.mentions.tasks import request_relinking
from speeches.models import NameChange, Speech, SpeechText, TextLinking
from speeches.models.texts import passages_written
from speeches.targets import ENTRIES, Target


def connect() -> None:
    """Listen to texts, and to everything in the directory that the finder knows."""
    passages_written.connect(_text_changed, SpeechText, dispatch_uid="mentions")
    post_save.connect(_speech_changed, Speech, dispatch_uid="mentions")
    gate_changed.connect(_gates_changed, dispatch_uid="mentions")
    for signal in (post_save, post_delete):
        for model in MODELS.values():
            signal.connect(_entry_changed, model, dispatch_uid="mentions")
        signal.connect(_name_changed, Name, dispatch_uid="mentions")
        signal.connect(_appointment_changed, Appointment, dispatch_uid="mentions")


def _text_changed(text: SpeechText, **kwargs: Any) -> None:
    reanchor(text)
    _wait(TextLinking.objects.filter(speech_text=text))


def _speech_changed(instance: Speech, created: bool, **kwargs: Any) -> None:
    # Its day and its meeting tell which meeting of a series is meant.
    if not created:
        _wait(TextLinking.objects.filter(speech_text__speech=instance))


def _wait(rows: Any) -> None:
    rows.delete()
    request_relinking()


def _gates_changed(sender: Any, keys: list[int], **kwargs: Any) -> None:
    kind = next((kind for kind, model in MODELS.items() if model is sender), None)
    if kind is not None:
        _note(*(Target(kind, key) for key in keys))


def _entry_changed(instance: Any, **kwargs: Any) -> None:
    _note(target_for(instance))


def _name_changed(instance: Name, **kwargs: Any) -> None:
    for kind in ENTRIES:
        if (key := getattr(instance, f"{kind}_id")) is not None:
            _note(Target(kind, key))


def _appointment_changed(instance: Appointment, **kwargs: Any) -> None:
    _note(Target("office", instance.office_id))


def _note(*targets: Target) -> None:
    NameChange.objects.bulk_create(
        NameChange(kind=target.kind, owner=str(target.key)) for target in targets
    )
    request_relinking()
