"""Ask the search in a test, whose transaction is never committed."""

from django.http import QueryDict

from speeches.models import Speech
from speeches.search.answers.engine import find
from speeches.search.answers.found import Found
from speeches.search.index import columns, live
from speeches.search.index.backends import backend
from speeches.search.index.building import apply_changes
from speeches.search.queries.query import from_parameters
from tests.make import make_speech


def index_everything() -> None:
    """Take in all changes so far, as the site does after each commit."""
    forget()
    while apply_changes():
        pass


def forget() -> None:
    """Forget what is kept between queries of rows that were rolled back."""
    columns.forget()
    live.forget()


def kept(columns: str, table: str, condition: str = "1 = 1") -> list[tuple]:
    """Return rows of one table of the live index."""
    name = getattr(live.live().tables, table)
    return backend().rows(f"SELECT {columns} FROM {name} WHERE {condition}")


def say(slug: str, *paragraphs: str, **values) -> Speech:
    """Make a speech of some paragraphs, in English unless told otherwise."""
    values.setdefault("title", "A statement")
    return make_speech(slug=slug, body="".join(f"<p>{text}</p>" for text in paragraphs), **values)


def ask(typed: str = "", page: int = 1, per_page: int = 20, **controls: str | list[str]) -> Found:
    """Return the answer to what is typed in the box, with what is chosen beside it."""
    data = QueryDict(mutable=True)
    data["q"] = typed
    for name, values in controls.items():
        # `from` is a word of Python's own.
        data.setlist(name.rstrip("_"), [values] if isinstance(values, str) else values)
    return find(from_parameters(data), page, per_page)


def slugs(found: Found) -> list[str]:
    """Return the addresses of the speeches that were found, in their order."""
    of = dict(Speech.objects.values_list("pk", "slug"))
    return [of[match.speech_id] for match in found.matches]


def hits(typed: str = "", **controls: str | list[str]) -> list[str]:
    """Return the addresses of the speeches that answer, in their order."""
    return slugs(ask(typed, per_page=1000, **controls))
