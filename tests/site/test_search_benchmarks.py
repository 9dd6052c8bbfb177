"""What benchmarks/search asks is fixed, complete, and understood by the site."""

import json
from random import Random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from benchmarks.search.asking import COMMITTED, Asked, committed
from benchmarks.search.draw import written
from benchmarks.search.hostile import hostile_queries
from benchmarks.search.known import Item, ceiling, judge, quotes
from benchmarks.search.mistakes import mistyped, mistyped_quote
from benchmarks.search.report import percentile, spread, table
from speeches.search.queries.query import NEWEST, Phrase, Prefix, Query, from_parameters
from tests.make import make_speech

FEWEST_QUERIES = 66
LONGEST_QUERY = 60
CLASSES = {
    "rare word", "common word", "two words", "three words", "phrase", "word in years",
    "word and State", "word and speaker", "newest first", "prefix", "misspelt",
    "either and without",
}  # fmt: skip
"""Beside these, quotations are drawn when the benchmark runs."""


def understood(asked: Asked) -> Query:
    return from_parameters(QueryDict(urlencode(asked.parameters)))


def chance() -> Random:
    return Random(1)  # noqa: S311 - chance that can be repeated is the point


def of(kind: str) -> list[Query]:
    return [understood(asked) for asked in committed() if asked.kind == kind]


def test_every_class_of_queries_is_there() -> None:
    assert {asked.kind for asked in committed()} == CLASSES
    assert len(committed()) >= FEWEST_QUERIES


def test_the_site_understands_every_query_without_a_remark() -> None:
    remarks = {asked.address: understood(asked).notices for asked in committed()}

    assert {address: said for address, said in remarks.items() if said} == {}


def test_every_query_is_of_its_class() -> None:
    assert all(len(query.clauses) == 1 for query in of("rare word") + of("common word"))
    assert all(len(query.clauses) == 2 for query in of("two words"))
    assert all(len(query.clauses) == 3 for query in of("three words"))
    assert all(isinstance(query.clauses[0][0], Phrase) for query in of("phrase"))
    assert all(isinstance(query.clauses[0][0], Prefix) for query in of("prefix"))
    assert all(query.first_day and query.last_day for query in of("word in years"))
    assert all(query.chosen["country"] for query in of("word and State"))
    assert all(query.fields[0].name == "speaker" for query in of("word and speaker"))
    assert all(query.sort == NEWEST for query in of("newest first"))
    assert all(query.excluded for query in of("either and without"))


def test_no_text_of_the_corpus_is_among_the_queries() -> None:
    longest = max(len(asked.parameters["q"]) for asked in committed())

    assert longest <= LONGEST_QUERY


def test_the_file_of_queries_is_as_the_script_writes_it() -> None:
    text = COMMITTED.read_text("utf-8")

    assert written(json.loads(text)) == text


def test_the_same_seed_gives_the_same_hostile_queries_and_no_two_alike() -> None:
    once, again = list(hostile_queries(500)), list(hostile_queries(500))

    assert once == again
    assert len(set(once)) == 500


def test_hostile_queries_hold_what_they_promise() -> None:
    every = list(hostile_queries(2000))

    assert any("\0" in text for text in every)
    assert any(len(text.encode()) >= 2048 for text in every)
    assert any(len(text.split()) >= 500 for text in every)
    assert any("DROP TABLE" in text for text in every)


def test_a_mistake_changes_a_word_and_never_its_first_letter() -> None:
    random = chance()
    wrong = {mistyped("paragraph", random) for _ in range(50)}

    assert "paragraph" not in wrong
    assert {word[0] for word in wrong} == {"p"}


def test_a_quote_is_mistyped_in_exactly_one_word_or_not_at_all() -> None:
    words = ["we", "the", "peoples", "of", "the", "world"]
    wrong = mistyped_quote(words, chance())

    assert wrong is not None
    assert sum(one != other for one, other in zip(words, wrong, strict=True)) == 1
    assert mistyped_quote(["we", "the"], chance()) is None


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(1, 101)]

    assert percentile(values, 0.5) == 50
    assert percentile(values, 0.95) == 95
    assert percentile([7.0], 0.95) == 7
    assert spread([0.001, 0.003]) == pytest.approx({"p50 ms": 1, "p95 ms": 3, "max ms": 3})


def test_a_table_has_every_column_of_every_row() -> None:
    shown = table([{"a": 1}, {"a": 1234, "b": 0.5}])

    assert shown.splitlines() == ["| a     | b     |", "|-------|-------|", "| 1     |       |",
                                  "| 1,234 | 0.500 |"]  # fmt: skip


def test_known_items_are_judged_by_the_place_of_the_right_speech() -> None:
    answers = {"first": [(1, 10), (2, 20)], "second": [(2, 20), (1, 10)], "missed": []}
    items = [Item(typed, speech=1, passage=10) for typed in answers]

    assert judge(items, answers.__getitem__) == {
        "items": 3, "success@1": 1 / 3, "MRR@10": 0.5, "among 10": 2 / 3,
        "paragraph first": 1 / 3,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_quote_that_stands_in_two_speeches_counts_half_for_the_ceiling() -> None:
    words = " ".join(f"word{chr(97 + number)}" for number in range(26)).replace("word", "letter")
    for _ in range(2):
        make_speech(body=f"<p>{words}.</p>")
    exact, altered = quotes(2, seed=1)

    assert ceiling(exact) == 0.5
    assert [item.passage for item in exact] == [item.passage for item in altered]
    assert all(one.typed != other.typed for one, other in zip(exact, altered, strict=True))
