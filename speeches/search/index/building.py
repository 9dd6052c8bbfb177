"""The life of the index: which generation is live, how one is built, how changes get in.

A rebuild fills the tables of a new generation, some speeches at a time, while the live one
answers. Whoever writes holds a lock until the end of the transaction, and a change is
written to both generations, so the new one is complete when it takes over.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from iomsite.publishing.models import Status
from speeches.models import Passage, SearchChange, SearchIndex, Speech
from speeches.search.index.backends import backend
from speeches.search.index.documents import documents_of
from speeches.search.index.name_index import ENTRY_MODELS, write_entries
from speeches.search.index.tables import TABLE, Tables, day_of
from speeches.search.index.tokens import Pairs, common_pairs
from speeches.search.index.writer import Writer

TOGETHER = 100
"""Speeches that are written in one transaction: about a second of a lock."""

SAMPLE = 1500
"""Speeches in which common pairs of words are looked for."""

BIG_VOCABULARY = 20_000
"""Words from which on a spelling has to stand in three passages to be proposed."""

SYNONYMS = "synonyms:0"
"""The key under which a change of the list of synonyms is noted."""

Progress = Callable[[int, int], None]


def pairs_of(tables: Tables) -> Pairs:
    """Return the pairs of words that a generation holds as tokens."""
    rows = backend().rows(f"SELECT pair FROM {tables.pairs}")
    return frozenset(tuple(pair.split("_", 1)) for (pair,) in rows)


def no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def rebuild(progress: Progress = no_progress) -> Tables:
    """Build the index from nothing and let it take over; return its tables.

    `progress` is told how many speeches of how many are done. Changes made meanwhile are
    in it. What an interrupted rebuild left behind is removed first.
    """
    waiting = SearchChange.objects.filter(pk__lte=_last_change())
    index = _begin()
    tables = Tables(index.generation)
    keys = list(Speech.objects.filter(status=Status.PUBLISHED).order_by("pk").values_list("pk"))
    speech_ids = [key for (key,) in keys]
    pairs = common_pairs(_sample(speech_ids))
    with transaction.atomic():
        backend().alone()
        backend().insert(tables.pairs, ("pair",), [("_".join(pair),) for pair in sorted(pairs)])
    writer = Writer(tables, pairs)
    for start in range(0, len(speech_ids), TOGETHER):
        progress(start, len(speech_ids))
        _write_some(writer, speech_ids[start : start + TOGETHER])
    _write_directory(tables)
    vocabulary = sum(map(len, writer.words.values()))
    writer.write_vocabulary(fewest=3 if vocabulary > BIG_VOCABULARY else 1)
    backend().finish(tables)
    _take_over(index, writer.passages, waiting)
    _drop_what_is_left()
    progress(len(speech_ids), len(speech_ids))
    return tables


def _last_change() -> int:
    last = SearchChange.objects.order_by("pk").last()
    return last.pk if last else 0


def _begin() -> SearchIndex:
    with transaction.atomic():
        backend().alone()
        SearchIndex.objects.filter(is_live=False).delete()
    _drop_what_is_left()
    with transaction.atomic():
        backend().alone()
        return _new_generation(is_live=False)


def _drop_what_is_left() -> None:
    """Drop the tables of every generation that is no more.

    Not in one transaction: readers hold some of them until they have their answer, and two
    who wait for each other would stop a rebuild at its very end.
    """
    kept = set(SearchIndex.objects.values_list("generation", flat=True))
    names = map(TABLE.match, connection.introspection.table_names())
    for generation in {int(name["generation"]) for name in names if name} - kept:
        backend().drop(Tables(generation))


def _new_generation(is_live: bool) -> SearchIndex:
    last = SearchIndex.objects.order_by("-generation").first()
    index = SearchIndex(generation=last.generation + 1 if last else 1, is_live=is_live)
    # Tables without a row are of a database that was flushed.
    backend().drop(Tables(index.generation))
    backend().create(Tables(index.generation))
    index.save()
    return index


def _sample(speech_ids: Sequence[int]) -> Iterator[list[str]]:
    """Yield the passages of speeches taken evenly from all of them."""
    step = max(1, len(speech_ids) // SAMPLE)
    for start in range(0, len(speech_ids), step * TOGETHER):
        some = speech_ids[start : start + step * TOGETHER : step]
        rows = Passage.objects.filter(speech_text__speech__in=some, retired_at=None)
        texts = rows.order_by("speech_text__speech").values_list("speech_text__speech", "text")
        for _speech, passages in groupby(texts.iterator(), key=lambda row: row[0]):
            yield [text for _key, text in passages]


def _write_some(writer: Writer, speech_ids: Sequence[int]) -> None:
    """Write the speeches that are not in the new generation through a change already."""
    t = writer.tables
    with transaction.atomic():
        backend().alone()
        marks = ", ".join(["%s"] * len(speech_ids))
        sql = f"SELECT speech_id FROM {t.documents} WHERE speech_id IN ({marks})"
        written = {key for (key,) in backend().rows(sql, speech_ids)}
        missing = [key for key in speech_ids if key not in written]
        writer.add(documents_of(missing), revision=0)


def _write_directory(tables: Tables) -> None:
    with transaction.atomic():
        backend().alone()
        for kind, model in ENTRY_MODELS.items():
            keys = list(model.objects.values_list("pk", flat=True))
            write_entries(tables, kind, keys)


def _take_over(index: SearchIndex, passages: int, waiting: QuerySet[SearchChange]) -> None:
    with transaction.atomic():
        backend().alone()
        SearchIndex.objects.filter(is_live=True).delete()
        index.refresh_from_db()
        index.is_live, index.built_at = True, timezone.now()
        index.passages += passages
        index.save()
        _strike(_free(waiting))


def apply_changes(limit: int = 200) -> int:
    """Write what has changed into the index; return how many changes there were.

    Reads the list of changes, and each speech and entry as it is now. Writes every
    generation there is. Removes what it has done from the list, in one transaction.
    Entries and relations go first: a speech that waits is left out of answers meanwhile.
    Where there is no index yet, one is begun only if these changes are all there is.
    """
    with transaction.atomic():
        backend().alone()
        changes = _free(SearchChange.objects.order_by("kind", "-pk")[:limit])
        if not changes:
            return 0
        if not SearchIndex.objects.exists():
            if Speech.objects.filter(status=Status.PUBLISHED).count() > len(changes):
                return 0  # a record that was never indexed: `rebuild` has to begin with all of it
            backend().finish(Tables(_new_generation(is_live=True).generation))
        for index in SearchIndex.objects.all():
            _apply(index, changes)
        _strike(changes)
    return len(changes)


def _free(changes: QuerySet[SearchChange]) -> list[SearchChange]:
    """Return changes that nobody notes anew in a transaction that is still open.

    What that has changed cannot be read yet; its own commit will have it taken in.
    """
    return list(changes.select_for_update(skip_locked=True))


def _strike(changes: Sequence[SearchChange]) -> None:
    for start in range(0, len(changes), 500):
        keys = [change.pk for change in changes[start : start + 500]]
        SearchChange.objects.filter(pk__in=keys).delete()


def _apply(index: SearchIndex, changes: list[SearchChange]) -> None:
    tables, revision = Tables(index.generation), index.revision + 1
    writer = Writer(tables, pairs_of(tables))
    speech_ids = _keys(changes, SearchChange.Kind.SPEECH)
    for speech_id in speech_ids:
        writer.remove(speech_id, revision)
    writer.add(documents_of(speech_ids), revision)
    related = [key for key in _keys(changes, SearchChange.Kind.RELATIONS) if key not in speech_ids]
    writer.recount(_written(tables, documents_of(related, with_passages=False)), revision)
    entries = sorted(
        change.key.split(":")
        for change in changes
        if change.kind == SearchChange.Kind.ENTRY and change.key != SYNONYMS
    )
    for kind, keys in groupby(entries, key=lambda entry: entry[0]):
        write_entries(tables, kind, [int(key) for _kind, key in keys])
    writer.write_vocabulary()
    index.revision = revision
    index.passages = max(0, index.passages + writer.passages)
    index.save()


def _keys(changes: list[SearchChange], kind: str) -> list[int]:
    return [int(change.key) for change in changes if change.kind == kind]


def _written(tables: Tables, documents: list) -> list:
    """Keep documents whose words are in a generation: one being built has not all of them.

    They keep the day under which those words stand, should another change have moved it.
    """
    if not documents:
        return []
    marks = ", ".join(["%s"] * len(documents))
    sql = f"SELECT speech_id, day FROM {tables.documents} WHERE speech_id IN ({marks})"
    days = dict(backend().rows(sql, [document.speech_id for document in documents]))
    return [
        replace(document, day=day_of(days[document.speech_id]))
        for document in documents
        if document.speech_id in days
    ]
