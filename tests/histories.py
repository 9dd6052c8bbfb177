"""Making histories for tests: items that go through the workflow, and what is said of them."""

import importlib.util
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.utils import timezone

from iomsite.publishing.exporting import history_of
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Status
from iomsite.publishing.workflow import perform
from tests.make import make_speech

_SCRIPT = Path(__file__).resolve().parents[1] / "docs" / "verify_history.py"


def offline() -> Any:
    """Return the script with which readers check a history."""
    spec = importlib.util.spec_from_file_location("verify_history_offline", _SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def publish(item: Any, **values: Any) -> None:
    perform("publish_unreviewed", item, reason="For a test.", **values)
    item.refresh_from_db()


def make_public(**values: Any) -> Any:
    """Make a speech that went out through the workflow, as its first version."""
    speech = make_speech(status=Status.DRAFT, **values)
    publish(speech)
    return speech


def change(item: Any, *, body: str = "", note: str = "", title: str = "", **fields: Any) -> None:
    """Publish another version of a speech, with other words or facts."""
    with editing(item, None) as desk:
        text = desk.item.texts.order_by("pk").first()
        text.body, text.title = body or text.body, title or text.title
        text.save()
        for name, value in fields.items():
            setattr(desk.item, name, value)
        desk.item.save()
    publish(item, note=note)


def exported(item: Any, *, complete: bool = False) -> str:
    """Return the history of an item as a file has it."""
    return "".join(history_of(item, for_public=not complete))


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def verify(*arguments: str) -> str:
    """Run the command; return what it says is broken, nothing if it says that all holds."""
    said = StringIO()
    try:
        call_command("verify_history", *arguments, stdout=StringIO(), stderr=said)
    except CommandError as error:
        return f"{said.getvalue()} {error}"
    return ""
