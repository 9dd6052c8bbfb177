"""Changes of a speech: noted with it, hidden until taken in, taken in after the commit."""

import contextlib
from datetime import date

import pytest
from django.db import transaction

from iomsite.publishing.models import Status
from speeches.models import Contribution, SearchChange, Speech, SpeechText
from speeches.search.answers.names import beginning_with
from speeches.search.answers.passages import occurrences_by_year
from speeches.search.index.changes import changes_wait
from speeches.search.queries.query import Word
from tests.make import make_initiative, make_organization, make_person, make_text
from tests.searching import ask, hits, index_everything, kept, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return what runs a block as a transaction of its own, with what follows its commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def told():
    speech = say("told", "The river rose.", "The harvest failed.", title="On xylophones",
                 speaker="Mr. Okonkwo")  # fmt: skip
    say("other", "The river fell.")
    index_everything()
    return speech


def take_back(speech, status):
    speech.status, speech.public_notice = status, "Taken back for a test."
    speech.save()


def nothing_is_left():
    return not SearchChange.objects.exists()


def test_a_new_speech_is_found_after_its_commit(committed):
    with committed():
        say("told", "The river rose.")

    assert hits("river") == ["told"]
    assert nothing_is_left()


@pytest.mark.parametrize(
    "status", [Status.WITHDRAWN, Status.REMOVED, Status.DRAFT, Status.IN_REVIEW]
)
def test_a_speech_taken_back_is_found_no_more(told, committed, status):
    with committed():
        take_back(told, status)

    assert hits("river") == ["other"]
    assert hits("") == ["other"]
    assert nothing_is_left()


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.REMOVED])
def test_a_speech_taken_back_is_hidden_even_if_the_index_was_not_written(told, status):
    take_back(told, status)

    found = ask("river")

    assert SearchChange.objects.filter(kind="speech", key=str(told.pk)).exists()
    assert [match.speech_id for match in found.matches] != [told.pk]
    assert found.total == 1
    assert found.facets["language"] == [("en", 1)]
    assert "~Mr. Okonkwo" not in dict(found.facets["speaker"])
    assert occurrences_by_year(Word("harvest")) == {}
    assert beginning_with("xylo", 5) == []


def test_a_speech_published_again_is_found_again(told, committed):
    with committed():
        take_back(told, Status.WITHDRAWN)
    with committed():
        told.status, told.public_notice = Status.PUBLISHED, ""
        told.save()

    assert hits("harvest") == ["told"]
    assert occurrences_by_year(Word("harvest")) == {2008: 1}


def test_a_change_by_a_queryset_is_taken_in(told, committed):
    with committed():
        Speech.objects.filter(pk=told.pk).update(status=Status.DRAFT)

    assert hits("river") == ["other"]
    assert nothing_is_left()


def test_a_deleted_speech_is_gone(told, committed):
    with committed():
        told.delete()

    assert hits("river") == ["other"]
    assert words_in_index() & {"harvest", "okonkwo"} == set()
    assert nothing_is_left()


def words_in_index():
    said = {stem for (stem,) in kept("stem", "stems", "passages > 0")}
    return {form for form, stem in kept("form, stem", "words") if stem in said}


def test_an_edit_takes_the_old_words_out_everywhere(told, committed):
    text = told.texts.get()
    text.title, text.body = "On pianos", "<p>The river rose.</p><p>Nobody starved.</p>"
    with committed():
        text.save()

    assert hits("starve") == ["told"]
    assert hits("harvest") == hits("xylophone") == []
    assert words_in_index() & {"harvest", "xylophones", "failed"} == set()
    assert ask("harvets").corrections == ()
    assert beginning_with("xylo", 5) == []
    assert [entry.text for entry in beginning_with("pian", 5)] == ["On pianos"]


def test_a_word_said_twice_about_a_speech_is_forgotten_with_it(committed):
    speech = say("told", "Thank you.", title="Xylophones", place="Xylophones")
    make_text(speech=speech, language="fr", kind="official", title="Xylophones",
              summary="Xylophones.", body="<p>Merci.</p>")  # fmt: skip
    index_everything()

    with committed():
        take_back(speech, Status.WITHDRAWN)

    assert "xylophones" not in words_in_index()


def test_a_text_added_or_deleted_is_taken_in(told, committed):
    with committed():
        make_text(speech=told, language="fr", kind="official", title="Le fleuve",
                  body="<p>Le fleuve monta.</p>")  # fmt: skip
    assert hits("fleuve") == ["told"]

    with committed():
        SpeechText.objects.get(language="fr").delete()
    assert hits("fleuve") == []
    assert nothing_is_left()


def test_a_speech_moved_to_another_day_leaves_nothing_behind(told, committed):
    told.delivered_on = date(1999, 1, 1)
    with committed():
        told.save()

    assert hits("harvest", to="2000") == ["told"]
    assert ask("harvest").years == {1999: 1}
    assert [match.passage_count for match in ask("harvest").matches] == [1]


def test_a_day_written_with_relations_first_leaves_nothing_behind(told):
    # As when the two changes are taken in at different times.
    Speech.objects.filter(pk=told.pk).update(delivered_on=date(1999, 1, 1))
    told.organizations.add(make_organization())
    index_everything()
    told.refresh_from_db()
    told.save()
    index_everything()
    take_back(told, Status.DRAFT)
    index_everything()

    assert "harvest" not in words_in_index()
    assert hits("harvest") == []


def test_parts_in_a_speech_are_taken_in(told, committed):
    with committed():
        part = Contribution.objects.create(speech=told, role="reader", name="Ms. Nakamura",
                                           on_behalf_of_country="JP")  # fmt: skip
    assert hits("nakamura") == hits(country="JP") == ["told"]

    part.name = "Ms. Tanaka"
    with committed():
        part.save()
    assert (hits("tanaka"), hits("nakamura")) == (["told"], [])

    with committed():
        part.delete()
    assert hits("tanaka") == hits(country="JP") == []
    assert nothing_is_left()


@pytest.mark.parametrize("name", ["organizations", "initiatives"])
def test_what_a_speech_is_about_is_taken_in_from_both_ends(told, committed, name):
    make = {"organizations": make_organization, "initiatives": make_initiative}[name]
    control = name.removesuffix("s")
    first, second = make(slug="first"), make(slug="second")
    mine = getattr(told, name)

    steps = [
        (lambda: mine.add(first), ["told"], []),
        (lambda: mine.set([second]), [], ["told"]),
        (lambda: mine.remove(second), [], []),
        (lambda: first.speeches.add(told), ["told"], []),
        (lambda: first.speeches.remove(told), [], []),
        (lambda: second.speeches.set([told]), [], ["told"]),
        (lambda: second.speeches.clear(), [], []),
        (lambda: mine.add(first, second), ["told"], ["told"]),
        (lambda: mine.clear(), [], []),
    ]
    for number, (change, with_first, with_second) in enumerate(steps):
        with committed():
            change()
        found = hits(**{control: "first"}), hits(**{control: "second"})
        assert found == (with_first, with_second), number
        assert nothing_is_left()


def test_a_change_of_relations_keeps_the_words(told, committed):
    with committed():
        told.organizations.add(make_organization(slug="first"))

    assert hits("harvest", organization="first") == ["told"]
    assert occurrences_by_year(Word("harvest")) == {2008: 1}


def test_what_is_rolled_back_leaves_nothing(told, committed):
    with committed(), transaction.atomic():
        say("undone", "The river rose.")
        take_back(told, Status.DRAFT)
        told.organizations.add(make_organization())
        make_person(name="Undone")
        transaction.set_rollback(True)

    assert nothing_is_left()
    assert set(hits("river")) == {"told", "other"}


def test_many_changes_can_wait_until_all_are_made(committed):
    with committed():
        say("before", "The river rose.")
    with changes_wait():
        with committed():
            say("told", "The river fell.")
        assert hits("river") == ["before"]
        assert not nothing_is_left()

    assert set(hits("river")) == {"before", "told"}
    assert nothing_is_left()


def test_changes_that_wait_are_taken_in_when_what_made_them_fails(committed):
    with contextlib.suppress(ZeroDivisionError), changes_wait():
        with committed():
            say("told", "The river fell.")
        raise ZeroDivisionError

    assert hits("river") == ["told"]


def test_very_many_changes_build_the_index_anew(committed, monkeypatch):
    monkeypatch.setattr("speeches.search.index.changes.MANY", 5)
    before = say("before", "The river rose.")
    index_everything()
    with changes_wait(), committed():
        for number in range(6):
            say(f"speech-{number}", "The river rose.")
        take_back(before, Status.DRAFT)

    assert len(hits("river")) == 6
    assert nothing_is_left()
