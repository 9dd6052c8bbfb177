"""Building the index from nothing: complete, the same as by changes, without a gap."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from initiatives.models import Name, Organization
from iomsite.publishing.models import Status
from speeches.models import SearchChange, SearchIndex, Speech, Synonym
from speeches.search.answers.names import beginning_with, named
from speeches.search.answers.passages import occurrences_by_year, words_by_year
from speeches.search.index import building
from speeches.search.index.building import apply_changes, rebuild
from speeches.search.index.changes import changes_wait
from speeches.search.index.live import live
from speeches.search.index.tables import Tables
from speeches.search.index.writer import Writer
from speeches.search.queries.query import Phrase, Word
from tests.make import make_organization
from tests.searching import ask, forget, hits, index_everything, kept, say
from tests.speeches.search.texts import EXPECTED, make_archive

pytestmark = pytest.mark.django_db


def tables_of_the_index():
    names = connection.introspection.table_names()
    return {name for name in names if name.startswith("search_")}


def answers():
    """Return what the index answers to many questions, without the keys of its tables."""
    return {
        **{typed: describe(ask(typed)) for typed in [*EXPECTED, "", "drouhgt rivres", "qwzxkvb"]},
        "names": [named(typed) for typed in ("river forum", "RVF", "ada", "mr sow")],
        "beginnings": [beginning_with(typed, 9) for typed in ("riv", "a", "the", "op")],
        "years": [occurrences_by_year(Word("rivers")), occurrences_by_year(Word("water")),
                  occurrences_by_year(Phrase(("united", "nations"))), words_by_year()],
    }  # fmt: skip


def describe(found):
    return (found.total, found.matches, found.facets, found.years, found.corrections,
            found.notices, found.matcher)  # fmt: skip


def words_and_counts():
    return kept("stem, passages", "stems", "passages > 0 ORDER BY stem")


def test_a_rebuild_answers_as_the_changes_did():
    speeches = make_archive()
    index_everything()
    for slug in ("flood", "rios"):  # edited, taken back and shown again, moved
        speeches[slug].status = Status.DRAFT
        speeches[slug].save()
        index_everything()
        speeches[slug].status = Status.PUBLISHED
        speeches[slug].save()
        index_everything()
    text = speeches["opening"].texts.get()
    text.save()
    speeches["nations"].delete()
    index_everything()
    before, counts = answers(), words_and_counts()

    rebuild()
    forget()

    assert answers() == before
    assert words_and_counts() == counts
    assert live().passages == SearchIndex.objects.get().passages == passages_held()


def passages_held():
    return len(kept("number", "passages"))


def test_what_is_not_public_is_not_even_held():
    say("told", "Water.")
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, Status.REMOVED):
        say(f"a-{status}", "Xanthocanary.", title="Xanthocanary", status=status)
    index_everything()

    for _time in range(2):
        assert not [row for row in words_and_counts() if "xantho" in row[0]]
        assert len(live().columns.of["language"].speech) == 1
        rebuild()
        forget()


def test_the_old_index_answers_until_the_new_one_takes_over():
    say("told", "Water.")
    index_everything()
    during = []

    rebuild(lambda done, total: during.append((done, total, hits("water"))))

    assert during == [(0, 1, ["told"]), (1, 1, ["told"])]
    assert hits("water") == ["told"]


def test_nothing_is_left_of_the_old_index():
    say("told", "Water.")
    index_everything()
    before = tables_of_the_index()
    tables = rebuild()

    assert before
    assert tables_of_the_index() & before == set()
    assert {name.split("_")[1] for name in tables_of_the_index()} == {str(tables.generation)}
    assert SearchIndex.objects.get().is_live


def test_a_rebuild_that_was_interrupted_is_cleared_away():
    say("told", "Water.")
    index_everything()
    left = building._begin()
    Writer(Tables(left.generation), frozenset()).write_vocabulary()
    assert any(f"_{left.generation}_" in name for name in tables_of_the_index())

    tables = rebuild()

    assert {name.split("_")[1] for name in tables_of_the_index()} == {str(tables.generation)}
    assert hits("water") == ["told"]


def test_an_interrupted_rebuild_does_not_disturb_the_live_index():
    say("told", "Water.")
    index_everything()

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(stop)
    say("later", "Water.")
    index_everything()

    assert set(hits("water")) == {"told", "later"}


@pytest.fixture
def small_steps(monkeypatch):
    """Write two speeches at a time, so that changes come in between."""
    monkeypatch.setattr(building, "TOGETHER", 2)
    for number in range(6):
        say(f"speech-{number}", "Water.", delivered_on=date(2000 + number, 1, 1))
    index_everything()


def rebuild_with(change, at):
    """Rebuild the index and let something happen when so many speeches are written."""

    def meanwhile(done, total):
        if done == at:
            change()
            while apply_changes():
                pass

    rebuild(meanwhile)
    forget()


@pytest.mark.parametrize("at", [0, 2, 4])
def test_changes_made_during_a_rebuild_are_in_the_new_index(small_steps, at):
    body = make_organization(slug="the-body", name="Water Agency")

    def change():
        speeches = {speech.slug: speech for speech in Speech.objects.all()}
        say("new", "Water and harvest.")
        speeches["speech-0"].delete()
        speeches["speech-1"].status = Status.DRAFT
        speeches["speech-1"].save()
        speeches["speech-4"].delivered_on = date(2030, 1, 1)
        speeches["speech-4"].save()
        text = speeches["speech-5"].texts.get()
        text.body = "<p>Rain.</p>"
        text.save()
        for slug in ("speech-2", "speech-3"):
            speeches[slug].organizations.add(body)
        body.name = "Spring Agency"
        body.save()
        Name.objects.create(organization=body, text="Well Office")
        Synonym.objects.create(expression="showers", meaning="rain")

    rebuild_with(change, at)

    assert hits("water", sort="newest") == ["speech-4", "new", "speech-3", "speech-2"]
    assert hits("harvest") == ["new"]
    assert hits("showers") == hits("rain") == ["speech-5"]
    assert set(hits(organization="the-body")) == {"speech-2", "speech-3"}
    assert (named("Water Agency"), len(named("Spring Agency"))) == ([], 1)
    assert len(named("Well Office")) == 1
    assert live().passages == passages_held()
    assert not SearchChange.objects.exists()


def test_a_rebuild_finds_the_same_as_the_one_before_it(small_steps):
    before = answers()

    rebuild_with(lambda: Speech.objects.get(slug="speech-1").save(), at=4)

    assert answers() == before


def test_common_pairs_of_words_are_held_and_found():
    for number in range(45):
        say(f"speech-{number}", "The United Nations met again.", "Nations are united.",
            *["Nothing of the kind."] * 9)  # fmt: skip
    say("one", "A united nation met.")
    rebuild()
    forget()

    assert ("united", "nations") in live().pairs
    assert ask('"united nations"').total == 45
    assert ask("united nations").total == 46
    assert occurrences_by_year(Phrase(("united", "nations"))) == {2008: 45}

    say("later", "The United Nations met.")
    index_everything()

    assert ask('"united nations"').total == 46


def test_the_command_builds_the_index_and_says_so():
    say("told", "Water.")
    out = io.StringIO()

    call_command("rebuild_search", stdout=out)
    forget()

    assert hits("water") == ["told"]
    assert not SearchChange.objects.exists()
    assert out.getvalue() == "The search index is complete (generation 1).\n"


def test_a_flushed_database_whose_tables_are_left_gets_an_index_again():
    say("told", "Water.")
    index_everything()
    SearchIndex.objects.all().delete()
    Speech.objects.all().delete()
    SearchChange.objects.all().delete()
    say("later", "Water.")

    index_everything()

    assert hits("water") == ["later"]


def test_a_record_that_was_never_indexed_waits_for_a_rebuild_and_then_has_all_of_it():
    say("told", "Water.")
    SearchChange.objects.all().delete()
    say("later", "Water.")

    index_everything()
    assert ask("water").notices == ("The search index has not been built yet.",)

    rebuild()
    forget()
    assert set(hits("water")) == {"told", "later"}
    assert not SearchChange.objects.exists()


def test_an_empty_record_that_is_filled_at_once_is_indexed(django_capture_on_commit_callbacks):
    with changes_wait(), django_capture_on_commit_callbacks(execute=True):
        for number in range(210):
            say(f"speech-{number}", "Water.")
    forget()

    assert ask("water").total == 210


def test_an_empty_archive_has_an_empty_index():
    rebuild()
    forget()

    assert ask("water").total == ask("").total == 0
    assert words_by_year() == {}
    assert named("water") == beginning_with("wa", 5) == []
    assert Organization.objects.count() == 0
