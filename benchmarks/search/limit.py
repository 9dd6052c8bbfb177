"""tantivy, a search engine in Rust, on the same passages and queries: the limit to look up to.

Its two indexes mirror ours: speeches to count, passages to rank and cut snippets of. It is
given each query as our engine understood it, misspelt words corrected. Not comparable:

* it stems English only, and by its own Porter stemmer, so totals differ by a few;
* it has no titles, names or places to search in, no moment of publication to heed, and two
  dimensions of facets (year, State) where ours counts eight and the years;
* it loads its index from memory-mapped files, without a transaction or a second language;
* it ranks all matching passages; ours ranks the newest few thousand of a very common word.
"""

import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.search.reading import passages
from benchmarks.search.report import Row
from speeches.models import Contribution, Speech
from speeches.search.queries.query import Phrase, Prefix, Query

ENGLISH = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.remove_long(40))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
EXACT = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.remove_long(40))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .build()
)
MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
YEARS_AND_STATES = {
    "year": {"terms": {"field": "year", "size": 100}},
    "state": {"terms": {"field": "state", "size": 300}},
}


def schema(stored: bool) -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("stems", stored=stored, tokenizer_name="ours_english")
    builder.add_text_field("words", tokenizer_name="ours_exact")
    builder.add_text_field("speaker", tokenizer_name="ours_exact")
    for name in ("speech", "passage", "day", "year", "state"):
        builder.add_unsigned_field(name, stored=True, indexed=True, fast=True)
    return builder.build()


def state_number(code: str) -> int:
    return int.from_bytes(code.encode(), "big")


class Tantivy:
    """Both indexes in a temporary folder. `close()` deletes it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.indexes: dict[str, Any] = {}
        began = time.perf_counter()
        for name in ("documents", "passages"):
            (self.folder / name).mkdir()
            index = tantivy.Index(schema(name == "passages"), path=str(self.folder / name))
            index.register_tokenizer("ours_english", ENGLISH)
            index.register_tokenizer("ours_exact", EXACT)
            self.indexes[name] = index
        self._load()
        self.build_seconds = time.perf_counter() - began
        self.documents = self.indexes["documents"].searcher()
        self.passages = self.indexes["passages"].searcher()

    def _load(self) -> None:
        facts = facts_of_speeches()
        writers = {
            name: index.writer(heap_size=256_000_000, num_threads=2)
            for name, index in self.indexes.items()
        }
        texts: dict[int, list[str]] = defaultdict(list)
        for row in passages():
            values = facts[row.speech] | {"passage": row.passage}
            writers["passages"].add_document(document(row.text, values))
            texts[row.speech].append(row.text)
        for speech, parts in texts.items():
            values = facts[speech] | {"passage": 0}
            writers["documents"].add_document(document("\n".join(parts), values))
        for name, writer in writers.items():
            writer.commit()
            writer.wait_merging_threads()
            self.indexes[name].reload()

    def size(self) -> Row:
        """Return the size on the disk, with the texts of the passages, and the time to build."""
        stored = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        return {"build s": self.build_seconds, "MB": stored / 1e6}

    def close(self) -> None:
        shutil.rmtree(self.folder)

    def total(self, query: Query) -> int:
        wanted = self._query(query)
        self.documents.aggregate(wanted, YEARS_AND_STATES)
        return int(self.documents.search(wanted, limit=1, count=True).count)

    def best(self, query: Query, count: int = 20) -> list[tuple[int, int]]:
        """Return speeches with their best passages, and cut the snippets of those."""
        wanted = self._query(query)
        by_day = {"order_by_field": "day"} if query.sort == "newest" else {}
        limit = count * 5
        found = self.passages.search(wanted, limit=limit, count=False, **by_day).hits
        snippets = tantivy.SnippetGenerator.create(
            self.passages, wanted, self.indexes["passages"].schema, "stems"
        )
        snippets.set_max_num_chars(280)
        answer: dict[int, int] = {}
        for _, address in found:
            row = self.passages.doc(address)
            speech = row["speech"][0]
            if speech not in answer:
                snippets.snippet_from_doc(row).to_html()
                answer[speech] = row["passage"][0]
            if len(answer) == count:
                break
        return list(answer.items())

    def _query(self, query: Query) -> Any:
        parts = [(MUST, self._any(clause)) for clause in query.clauses]
        parts += [(MUST_NOT, self._any((term,))) for term in query.excluded]
        parts += [(MUST, self._field(field.value)) for field in query.fields]
        for code in query.chosen.get("country", ()):
            parts.append((MUST, self._term("state", state_number(code))))
        if query.first_day or query.last_day:
            first = query.first_day.toordinal() if query.first_day else 0
            last = query.last_day.toordinal() if query.last_day else 10_000_000
            kind = tantivy.FieldType.Unsigned
            days = tantivy.Query.range_query(self._schema, "day", kind, first, last)
            parts.append((MUST, days))
        return tantivy.Query.boolean_query(parts)

    @property
    def _schema(self) -> Any:
        return self.indexes["passages"].schema

    def _term(self, field: str, value: Any) -> Any:
        return tantivy.Query.term_query(self._schema, field, value)

    def _field(self, names: str) -> Any:
        words = [(MUST, self._term("speaker", word)) for word in EXACT.analyze(names)]
        return tantivy.Query.boolean_query(words)

    def _any(self, terms: Any) -> Any:
        return tantivy.Query.boolean_query([(SHOULD, self._one(term)) for term in terms])

    def _one(self, term: Any) -> Any:
        match term:
            case Phrase(forms) if len(forms) > 1:
                return tantivy.Query.phrase_query(self._schema, "words", list(forms))
            case Phrase(forms):
                return self._term("words", forms[0])
            case Prefix(form):
                return tantivy.Query.regex_query(self._schema, "words", f"{form}.*")
        stem = ENGLISH.analyze(term.form)
        return self._term("stems", stem[0]) if stem else tantivy.Query.empty_query()


def document(text: str, values: Mapping[str, Any]) -> Any:
    written = tantivy.Document(stems=text, words=text, speaker=values["speaker"])
    for name in ("speech", "passage", "day", "year", "state"):
        written.add_unsigned(name, values[name])
    return written


def facts_of_speeches() -> dict[int, dict[str, Any]]:
    """Return what tantivy filters and counts by, for every published speech."""
    facts: dict[int, dict[str, Any]] = {}
    for key, day in Speech.objects.published().values_list("pk", "delivered_on"):
        year = day.year if day else 0
        number = day.toordinal() if day else 0
        facts[key] = {"speech": key, "day": number, "year": year, "state": 0, "speaker": ""}
    parts = Contribution.objects.values_list("speech", "name", "on_behalf_of_country")
    for key, name, code in parts.iterator():
        if key in facts:
            facts[key]["speaker"] += f" {name}"
            facts[key]["state"] = facts[key]["state"] or state_number(code)
    return facts
