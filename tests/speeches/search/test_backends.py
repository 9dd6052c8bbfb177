"""The traps of both databases, and what must not get through to either."""

import sys
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speeches.search.index import writer
from speeches.search.index.backends import backend
from speeches.search.index.backends.base import TooSlow
from speeches.search.index.building import rebuild
from speeches.search.index.expressions import Token, adjacent, all_of, any_of
from speeches.search.index.live import live
from speeches.search.index.tables import (
    HIGHEST,
    LAST_DAY,
    MOST_ROWS,
    MOST_SPEECHES,
    day_number,
    day_of,
    row_number,
    rows_of_days,
    rows_of_speech,
)
from speeches.search.index.tokens import LONGEST_ROW
from speeches.search.words.language import words
from tests.searching import ask, hits, index_everything, kept, say
from tests.speeches.search.typed import typed

pytestmark = pytest.mark.django_db

LATEST = date.fromordinal(LAST_DAY)


# -- Numbers of rows ----------------------------------------------------------------------


def test_no_number_of_a_row_comes_near_those_that_sqlite_loses():
    most = row_number(day_number(date.max), MOST_SPEECHES - 1, MOST_ROWS - 1)

    assert most == HIGHEST < 2**55


@pytest.mark.parametrize("speech_id", [0, -1, MOST_SPEECHES])
def test_a_speech_that_no_number_has_room_for_is_refused(speech_id):
    with pytest.raises(ValueError, match="up to number"):
        row_number(0, speech_id, 0)


def test_the_rows_of_a_speech_and_of_a_day_lie_together():
    day = date(2006, 5, 17)
    first, last = rows_of_speech(day_number(day), 77)
    low, high = rows_of_days(day, day)

    assert low < first < last < high
    assert rows_of_speech(day_number(day), 78)[0] == last + 1
    assert rows_of_days(date(2006, 5, 18), None) == (high + 1, HIGHEST)
    assert day_of(day_number(day)) == day


@pytest.fixture
def at_the_ends():
    """Make many speeches with the lowest and highest numbers there can be."""
    for number in range(40):
        say(f"first-{number}", "One river and one harvest.", delivered_on=date(1800, 1, 1))
    for number in range(40):
        say(f"last-{number}", "One river and one harvest.", delivered_on=LATEST,
            pk=MOST_SPEECHES - 1 - number)  # fmt: skip
    index_everything()
    return live().tables


def test_rising_and_falling_numbers_count_the_same(at_the_ends):
    both = all_of([Token("river"), Token("harvest")])

    falling = backend().passages_with(at_the_ends, both, 0, HIGHEST, 1000, 0)
    walked = backend().passages_with(at_the_ends, both, 0, HIGHEST, 1000, 10**9)
    documents = backend().documents_with(at_the_ends, both)

    assert len(falling) == len(documents) == 80
    assert falling.tolist() == walked.tolist() == sorted(falling.tolist(), reverse=True)
    assert falling.max() < 2**55
    assert len(hits("river harvest")) == len(hits("river harvest", sort="oldest")) == 80


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="A trap of SQLite.")
def test_sqlite_reads_an_index_the_same_in_both_directions(at_the_ends):
    for order in ("ASC", "DESC"):
        both = f'{at_the_ends.passage_index} MATCH \'"river" AND "harvest"\''
        found = kept("rowid", "passage_index", f"{both} ORDER BY rowid {order} LIMIT 1000")
        assert len(found) == 80, order


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="A trap of PostgreSQL.")
def test_postgresql_never_reads_a_table_of_vectors_in_a_row():
    for number in range(30):
        say(f"speech-{number}", "One river and one harvest.")
    rebuild()
    tables, both = live().tables, all_of([Token("river"), Token("harvest")])

    with backend().bounded():
        for ask_for in (
            lambda: backend().documents_with(tables, both),
            lambda: backend().passages_with(tables, both, 0, HIGHEST, 100, 0),
            lambda: backend().passages_with(tables, both, 0, HIGHEST, 100, 10**9),
            lambda: backend().passages_of(tables, both, [rows_of_speech(1, 1)]),
        ):
            with CaptureQueriesContext(connection) as asked:
                ask_for()
            plan = explain(asked.captured_queries[-1]["sql"])
            assert "search_" in plan
            assert "Seq Scan" not in plan


def explain(sql):
    assert "@@" in sql
    return "\n".join(line for (line,) in backend().rows(f"EXPLAIN {sql.replace('%', '%%')}"))


# -- Long texts ---------------------------------------------------------------------------


def test_a_passage_of_many_words_is_found_by_each_of_them():
    long = " ".join(f"word{number}" for number in range(LONGEST_ROW * 2 + 5))
    say("told", long)
    index_everything()

    for number in (0, LONGEST_ROW - 1, LONGEST_ROW, LONGEST_ROW * 2 + 4):
        assert hits(f"word{number}") == ["told"]
    assert ask(f"word1 word{LONGEST_ROW + 1}").total == 1
    assert hits('"word10 word11 word12"') == ["told"]


def test_a_speech_of_too_many_passages_is_found_by_all_of_them_and_forgotten(monkeypatch):
    monkeypatch.setattr(writer, "MOST_ROWS", 4)
    speech = say("told", *(f"Passage word{number} of river." for number in range(9)))
    index_everything()

    assert [hits(f"word{number}") for number in range(9)] == [["told"]] * 9
    assert hits("word0 word8") == ["told"]

    speech.delete()
    index_everything()

    assert kept("stem", "stems", "passages <> 0") == []
    assert kept("number", "passages") == []


def test_a_text_of_more_words_than_a_vector_has_room_for_is_held_all_the_same():
    paragraphs = [
        " ".join(f"{part * 1000 + number:x}".rjust(40, "q") for number in range(1000))
        for part in range(30)
    ]
    say("told", *paragraphs)
    say("other", "Water.")
    index_everything()

    assert hits("water") == ["other"]
    assert hits(f"{20_000:x}".rjust(40, "q")) == ["told"]


# -- What is written in the languages of the databases --------------------------------------


HOSTILE = ["'", "\\", "''", "\\'", '"', '""', "*", "river*", "NEAR(a b)", "a OR b", "NOT river",
           "river:*", "river & !x", "a <-> b", "(", ")", "-river", "^river", "tokens:river", "{a}",
           "%", "%s", "%%", ";", "--", "\x01", "\u2028", "\u00a0", "E'\\x'", "$$", "|", "!",
           "&", ":A"]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_signs_that_mean_something_to_a_database_mean_nothing_here(text):
    say("told", f"river {text} harvest")
    index_everything()

    for asked in ("river {}", '"river {} harvest"', "speaker:{} river", 'river place:"{}"',
                  "river OR {}", "{0} -{0} river"):  # fmt: skip
        query = asked.format(text)
        assert hits(query) in (["told"], []), query
    assert hits(f"river {text} harvest") == ["told"]


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(text=typed)
def test_the_words_of_any_text_can_be_asked_for(one_speech, text):
    tokens = words(text)[:6]
    expressions = [*map(Token, tokens)]
    if tokens:
        expressions += [adjacent(tokens), all_of(map(Token, tokens)), any_of(map(Token, tokens))]

    for expression in expressions:
        passages = backend().passages_with(one_speech.tables, expression, 0, HIGHEST, 10, 0)
        assert set(passages.tolist()) <= one_speech.numbers


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(text=st.text(min_size=1, max_size=40).filter(words))
def test_any_words_that_were_indexed_are_found(one_speech, text):
    one_speech.says(text)

    assert hits(f'"{" ".join(words(text))}"') == ["told"], words(text)
    for token in words(text):
        found = backend().passages_with(live().tables, Token(token), 0, HIGHEST, 10, 0)
        assert len(found) == 1, token


class OneSpeech:
    """A speech whose words change from one example to the next, in a language without stems."""

    def __init__(self):
        self.speech = say("told", "river", title="qzq", original_language="de")
        index_everything()
        self.tables = live().tables
        self.numbers = set(
            backend().passages_with(self.tables, Token("river"), 0, HIGHEST, 9, 0).tolist()
        )

    def says(self, text):
        held = self.speech.texts.get()
        held.body = f"<p>{' '.join(words(text))}</p>"
        held.save()
        index_everything()


@pytest.fixture
def one_speech():
    return OneSpeech()


# -- Time -----------------------------------------------------------------------------------

ENDLESS = (
    "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n > 0)"
    " SELECT count(*) FROM (SELECT n FROM numbers LIMIT 100000000) AS many"
)


@pytest.fixture
def one_second(monkeypatch):
    monkeypatch.setattr(sys.modules[type(backend()).__module__], "SECONDS", 1)


def test_a_search_that_takes_too_long_is_stopped(one_second):
    with pytest.raises(TooSlow), backend().bounded():
        backend().rows(ENDLESS)

    assert backend().rows("SELECT 1") == [(1,)]


def test_the_limit_holds_on_after_a_search_within_the_search(one_second):
    def search_twice():
        with backend().bounded():
            with backend().bounded():
                assert backend().rows("SELECT 1") == [(1,)]
            backend().rows(ENDLESS)

    with pytest.raises(TooSlow):
        search_twice()
