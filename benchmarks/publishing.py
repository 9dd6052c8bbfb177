"""What it costs to publish a speech, to change it and to bring an old version back.

    python -m benchmarks.publishing

In a database of its own, which is deleted afterwards. A speech has 30 paragraphs in two
languages, a speaker, a meeting and two subjects.
"""

# ruff: noqa: E402 - models can be imported only after Django is set up
import os
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iomsite.settings")
django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext, setup_test_environment

from iomsite.publishing.desk import Desk
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Status, Version
from iomsite.publishing.versions_admin import bring_back
from iomsite.publishing.workflow import perform
from tests.make import (
    make_initiative,
    make_meeting,
    make_organization,
    make_person,
    make_speech,
    make_text,
)

ROUNDS = 30
BODY = "".join(f"<p>Paragraph {n} says what is said {n} times.</p>" for n in range(30))
STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE")

Result = tuple[int, float]


def measure(step: Callable[..., Any], *arguments: Any, **values: Any) -> Result:
    """Return the number of statements and the milliseconds of one step."""
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        step(*arguments, **values)
        seconds = time.perf_counter() - began
    count = sum(query["sql"].lstrip().upper().startswith(STATEMENTS) for query in queries)
    return count, seconds * 1000


def restore_first(speech: Any) -> None:
    """Make the first version of a speech its working copy."""
    with transaction.atomic():
        first = Version.objects.of(speech).get(number=1)
        bring_back(Desk.locked(speech), first, None)


def make_draft() -> Any:
    """Make a speech of 30 paragraphs in two languages, with all that belongs to one."""
    speech = make_speech(
        status=Status.DRAFT, person=make_person(), meeting=make_meeting(), body=BODY
    )
    speech.organizations.add(make_organization())
    speech.initiatives.add(make_initiative())
    make_text(speech=speech, language="fr", kind="official", title="Discours", body=BODY)
    return speech


def life_of_a_speech() -> Iterator[tuple[str, Result]]:
    """Take a speech through its life; yield what each step cost."""
    speech, reason = make_draft(), "To be measured."
    yield "publish a draft", measure(perform, "publish_unreviewed", speech, reason=reason)
    speech.refresh_from_db()
    with editing(speech, None) as desk:
        text = desk.item.texts.get(language="en")
        text.body = BODY.replace("Paragraph 7", "The seventh")
        text.save()
    yield "publish a working copy", measure(perform, "publish_unreviewed", speech, reason=reason)
    speech.refresh_from_db()
    yield "restore an old version", measure(restore_first, speech)


def main() -> None:
    """Make a database, measure, print a table, and leave nothing behind."""
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    found: dict[str, list[Result]] = {}
    try:
        for _round in range(ROUNDS):
            for name, result in life_of_a_speech():
                found.setdefault(name, []).append(result)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print("| Step | SQL statements | median ms | p95 ms |\n|---|---|---|---|")
    for name, results in found.items():
        times = sorted(milliseconds for _count, milliseconds in results)
        count = round(statistics.median(count for count, _milliseconds in results))
        late = times[int(len(times) * 0.95)]
        print(f"| {name} | {count} | {statistics.median(times):.1f} | {late:.1f} |")


if __name__ == "__main__":
    main()
