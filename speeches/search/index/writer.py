"""Writes speeches into the tables of one generation of the index, in bulk or one by one."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from speeches.search.index.backends import backend
from speeches.search.index.documents import SearchDocument
from speeches.search.index.name_index import write_titles
from speeches.search.index.tables import MOST_ROWS, Tables, day_number, row_number, rows_of_speech
from speeches.search.index.tokens import Pairs, joined, rows_of
from speeches.search.words.language import stem_all
from speeches.search.words.spelling import deletes

NEVER = 1 << 62
"""The moment from which a document is visible that was taken out."""

AT_A_TIME = 50_000
"""Rows that are inserted in one transaction, so that nobody waits long to save."""

AT_ONCE = 500
"""Values named in one statement."""


class Writer:
    """Writes into one generation, and counts in how many passages each word stands.

    In bulk the counts are kept here until `write_vocabulary`.
    """

    def __init__(self, tables: Tables, pairs: Pairs) -> None:
        self.tables = tables
        self.pairs = pairs
        self.stems: Counter[str] = Counter()
        self.words: dict[str, Counter[str]] = defaultdict(Counter)
        self.passages = 0

    def add(self, documents: Sequence[SearchDocument], revision: int) -> None:
        """Write documents that are not in the index."""
        passages: list[tuple[int, int, str, str]] = []
        held: list[tuple[int, set[str]]] = []
        for document in documents:
            rows, tokens = self._rows(document)
            passages += rows
            held.append((document.speech_id, tokens))
        self.passages += len(passages)
        backend().write_passages(self.tables, passages)
        backend().write_documents(self.tables, held)
        self._write_plain(documents, revision)

    def _rows(self, document: SearchDocument) -> tuple[list[tuple[int, int, str, str]], set[str]]:
        """Return the rows of a speech, what is said about it first, and its distinct tokens."""
        held: set[str] = set()
        heading: list[str] = []
        for text, language in document.heading:
            for tokens, distinct in self._counted(text, language):
                heading.append(tokens)
                held |= distinct
        self.stems.update(held)
        first = row_number(day_number(document.day), document.speech_id, 0)
        rows = [(first, 0, "", joined(heading))]
        for key, language, text in document.passages:
            for tokens, distinct in self._counted(text, language):
                held |= distinct
                if len(rows) < MOST_ROWS:
                    rows.append((first + len(rows), key, language, tokens))
                else:  # still found, at the last place there is
                    number, key, language, before = rows[-1]
                    rows[-1] = (number, key, language, f"{before}  {tokens}")
                    distinct = distinct.difference(before.split())
                self.stems.update(distinct)
        return rows, held

    def _counted(self, text: str, language: str) -> Iterator[tuple[str, set[str]]]:
        """Yield the tokens of a text row by row, and the distinct ones; count its words."""
        for forms, tokens in rows_of(text, language, self.pairs):
            self.words[language].update(set(forms))
            yield joined(tokens), set(tokens)

    def _write_plain(self, documents: Sequence[SearchDocument], revision: int) -> None:
        keys = [document.speech_id for document in documents]
        self._delete("documents", "speech_id", keys)
        backend().insert(
            self.tables.documents,
            ("speech_id", "day", "visible_from", "words", "revision", "keys"),
            [
                (
                    document.speech_id,
                    day_number(document.day),
                    document.visible_from,
                    document.words,
                    revision,
                    json.dumps(document.keys, ensure_ascii=False),
                )
                for document in documents
            ],
        )
        write_titles(self.tables, documents)

    def _delete(self, table: str, column: str, keys: Sequence[int]) -> None:
        marks = ", ".join(["%s"] * len(keys))
        if keys:
            name = getattr(self.tables, table)
            backend().run(f"DELETE FROM {name} WHERE {column} IN ({marks})", keys)

    def remove(self, speech_id: int, revision: int) -> None:
        """Take a speech out, if it is in; its document stays behind as never visible."""
        t = self.tables
        for (day,) in backend().rows(
            f"SELECT day FROM {t.documents} WHERE speech_id = %s", [speech_id]
        ):
            first, last = rows_of_speech(day, speech_id)
            for (tokens,) in backend().rows(
                f"SELECT tokens FROM {t.passages} WHERE number BETWEEN %s AND %s", [first, last]
            ):
                self.stems.subtract(set(tokens.split()))
                self.passages -= 1
            backend().remove(t, speech_id, first, last)
            backend().run(
                f"UPDATE {t.documents} SET visible_from = {NEVER}, words = 0, revision = %s,"
                " keys = '{}' WHERE speech_id = %s",
                [revision, speech_id],
            )
        write_titles(t, [], removed=[speech_id])

    def recount(self, documents: Sequence[SearchDocument], revision: int) -> None:
        """Write anew what speeches are counted by, and leave their words as they are."""
        self._write_plain(documents, revision)

    def write_vocabulary(self, fewest: int = 1) -> None:
        """Add up what was counted: words, stems, and for new words their near spellings.

        `fewest` is in how many passages a word has to stand before others are corrected
        to it: in a big archive one that stands in two may itself be a slip.
        """
        t = self.tables
        changes = sorted((stem, count) for stem, count in self.stems.items() if count)
        for some in _batches(changes):
            marks = ", ".join(["(%s, %s)"] * len(some))
            backend().run(
                f"INSERT INTO {t.stems} AS known (stem, passages) VALUES {marks}"
                " ON CONFLICT (stem) DO UPDATE SET passages = known.passages + excluded.passages",
                [value for pair in some for value in pair],
            )
        counted = self._words_with_stems()
        new = self._new_forms([form for form, _stem, count in counted if count >= fewest])
        backend().insert(t.words, ("form", "stem", "passages"), counted)
        # In order, or each row would go to another page of the table.
        cuts = sorted((cut, form) for form in new for cut in deletes(form))
        for start in range(0, len(cuts), AT_A_TIME):  # each in a transaction of its own
            backend().insert(t.deletes, ("cut", "form"), cuts[start : start + AT_A_TIME])
        self.stems.clear()
        self.words.clear()

    def _words_with_stems(self) -> list[tuple[str, str, int]]:
        counts: Counter[tuple[str, str]] = Counter()
        for language, words in self.words.items():
            stems = stem_all(words, language)
            counts.update(dict(zip(zip(words, stems, strict=True), words.values(), strict=True)))
        return sorted((form, stem, count) for (form, stem), count in counts.items())

    def _new_forms(self, forms: Sequence[str]) -> list[str]:
        known: set[str] = set()
        for some in _batches(forms):
            marks = ", ".join(["%s"] * len(some))
            sql = f"SELECT form FROM {self.tables.words} WHERE form IN ({marks})"
            known.update(form for (form,) in backend().rows(sql, some))
        return [form for form in dict.fromkeys(forms) if form not in known]


def _batches(values: Sequence) -> list[Sequence]:
    return [values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE)]
