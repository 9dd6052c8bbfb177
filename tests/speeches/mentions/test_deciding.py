"""Decisions about mentions: kept through edits, never lost between two editors."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from iomsite.audit.models import AuditEntry
from speeches.mentions.deciding import (
    DecidedAlready,
    add_by_hand,
    confirm,
    confirm_above,
    reject,
    reopen,
    retarget,
)
from speeches.mentions.linking import link
from speeches.models import Mention, SpeechText
from speeches.targets import Target
from tests.make import make_organization, make_speech, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> SpeechText:
    speech = make_speech(body="<p>We thank France.</p><p>And Chile, of course.</p>")
    found: SpeechText = speech.texts.get()
    link(found)
    return found


def mention(surface: str) -> Mention:
    found: Mention = Mention.objects.select_related("passage__speech_text").get(surface=surface)
    return found


def edit(text: SpeechText, body: str) -> None:
    text = SpeechText.objects.get(pk=text.pk)
    text.body = body
    text.save()


def test_a_confirmed_mention_has_a_place_for_its_link(text: SpeechText) -> None:
    confirm([mention("France")], make_staff())

    found = mention("France")
    text.refresh_from_db()
    at = text.html.index('<p id="p1"')
    assert text.html[at + found.html_start : at + found.html_end] == "France"


def test_the_second_editor_learns_what_the_first_decided(text: SpeechText) -> None:
    mine, theirs = mention("France"), mention("France")
    confirm([theirs], make_staff(username="theirs"))

    with pytest.raises(DecidedAlready, match="theirs has decided"):
        reject(mine, make_staff())

    assert mention("France").status == "confirmed"


def test_of_several_only_the_undecided_are_confirmed(text: SpeechText) -> None:
    seen = list(Mention.objects.select_related("passage__speech_text"))
    reject(mention("France"), make_staff())

    assert confirm(seen, make_staff()) == 1
    assert mention("France").status == "rejected"


def test_everything_above_a_confidence_is_confirmed_at_once(text: SpeechText) -> None:
    Mention.objects.filter(surface="Chile").update(confidence=0.5)

    assert confirm_above(text, 0.9, make_staff()) == 1
    assert mention("Chile").status == "suggested"


def test_another_entry_can_be_chosen(text: SpeechText) -> None:
    other = make_organization(name="Sample House")

    retarget(mention("France"), Target("organization", other.pk), make_staff())
    link(text)

    assert Mention.objects.filter(surface="France").count() == 1
    assert mention("France").organization == other


def test_words_are_marked_by_hand(text: SpeechText) -> None:
    passage = text.passages.get(anchor="p1")

    made = add_by_hand(passage, 0, 2, Target("country", "CL"), make_staff())
    link(text)

    assert (made.surface, made.status) == ("We", "confirmed")
    assert Mention.objects.filter(pk=made.pk).exists()
    with pytest.raises(DecidedAlready):
        add_by_hand(passage, 0, 2, Target("country", "FR"), make_staff())
    for start, end in ((5, 5), (0, 900), (-1, 2), (16, 17)):
        with pytest.raises(ValidationError):
            add_by_hand(passage, start, end + (start == 16), Target("country", "FR"), make_staff())


def test_a_decision_can_be_taken_back(text: SpeechText) -> None:
    reject(mention("France"), make_staff())

    reopen(mention("France"), make_staff())
    link(text)

    assert mention("France").status == "suggested"


def test_decisions_follow_their_words_through_an_edit(text: SpeechText) -> None:
    confirm([mention("France")], make_staff())

    edit(text, "<p>A new beginning.</p><p>We warmly thank <em>France</em>.</p><p>And Chile.</p>")

    found = mention("France")
    text.refresh_from_db()
    assert (found.status, found.passage.text) == ("confirmed", "We warmly thank France.")
    at = text.html.index(f'<p id="{found.passage.anchor}"')
    assert text.html[at + found.html_start : at + found.html_end] == "France"


def test_a_decision_whose_words_are_gone_waits_and_comes_back(text: SpeechText) -> None:
    confirm([mention("France")], make_staff())

    edit(text, "<p>We thank nobody at all.</p><p>And Chile, of course.</p>")
    assert mention("France").status == "stale"
    assert not Mention.objects.published().exists()

    edit(text, "<p>We thank France.</p><p>And Chile, of course.</p>")
    assert mention("France").status == "confirmed"


def test_a_paragraph_cut_in_two_keeps_both_decisions(text: SpeechText) -> None:
    long = "We thank France for all that was done in the years before this one. "
    edit(text, f"<p>{long}Then we thank Chile, which has done as much again since then.</p>")
    link(text)
    confirm_above(text, 0, make_staff())

    edit(text, f"<p>{long}</p><p>Then we thank Chile, which has done as much again since then.</p>")

    assert {m.surface: m.status for m in Mention.objects.all()} == {
        "France": "confirmed",
        "Chile": "confirmed",
    }


def test_two_mentions_of_one_word_stay_two(text: SpeechText) -> None:
    edit(text, "<p>France first, then France again, and France last.</p>")
    link(text)
    confirm_above(text, 0, make_staff())

    edit(text, "<p>So: France first, then France again, and at the end France last.</p>")

    rows = Mention.objects.filter(status="confirmed").order_by("start")
    assert [row.start for row in rows] == [4, 23, 52]


def test_each_decision_is_in_the_audit_log(text: SpeechText) -> None:
    boss = make_staff()
    confirm([mention("France")], boss)
    reject(mention("Chile"), boss)

    rows: Any = AuditEntry.objects.filter(action__startswith="mentions.").order_by("sequence")
    assert [(row.action, row.item) for row in rows] == [
        ("mentions.confirm", text.speech_id),
        ("mentions.reject", text.speech_id),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's writers take turns")
def test_of_two_editors_at_once_exactly_one_decides() -> None:
    made = make_speech(body="<p>We thank France.</p>").texts.get()
    link(made)
    editors = [make_staff(), make_staff()]
    seen, start = [mention("France"), mention("France")], Barrier(2)

    def decide(number: int) -> str:
        start.wait()
        try:
            if number:
                reject(seen[1], editors[1])
            else:
                confirm([seen[0]], editors[0])
        except DecidedAlready:
            return "told"
        finally:
            connection.close()
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(decide, range(2)))

    assert outcomes == ["decided", "told"]
    assert AuditEntry.objects.filter(action__startswith="mentions.").count() == 1
