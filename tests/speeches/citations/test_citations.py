"""Speeches that quote or name each other, found, decided and shown both ways."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from speeches.citations.storing import Changed, cite, decide
from speeches.mentions.linking import link
from speeches.models import Citation, Speech, TextLinking
from tests.make import make_meeting, make_meeting_series, make_person, make_speech, make_staff
from tests.searching import index_everything

pytestmark = pytest.mark.django_db

SAID = "water knows no borders and neither do the people who follow it home"
EARLIER = f"<p>We begin.</p><p>I say that {SAID}.</p>"


def speech(body: str, year: int, **values: Any) -> Speech:
    return make_speech(body=body, delivered_on=date(year, 5, 1), **values)


def cited(later: Speech) -> list[Citation]:
    index_everything()
    cite(later.texts.get())
    return list(Citation.objects.order_by("pk"))


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "„{}“"])
def test_words_of_an_earlier_speech_are_a_citation(marks: str) -> None:
    earlier = speech(EARLIER, 2001)
    later = speech(f"<p>It was said: {marks.format(SAID)}, and well.</p>", 2005)

    (found,) = cited(later)

    assert (found.cited_speech, found.cited_passage.anchor, found.words) == (earlier, "p2", 13)
    assert found.passage.text[found.start : found.end] == SAID


def test_a_block_quotation_is_one() -> None:
    speech(EARLIER, 2001)

    assert len(cited(speech(f"<blockquote><p>I say that {SAID}.</p></blockquote>", 2005))) == 1


@pytest.mark.parametrize(
    "body",
    [
        f"<p>It was said that {SAID}.</p>",
        "<p>It was said: “water knows no borders”.</p>",
        "<p>It was said: “water knows of no such borders as we have drawn on it”.</p>",
    ],
)
def test_without_marks_or_with_fewer_or_other_words_it_is_none(body: str) -> None:
    speech(EARLIER, 2001)

    assert cited(speech(body, 2005)) == []


def test_a_later_speech_is_not_cited_by_an_earlier_one() -> None:
    speech(EARLIER, 2009)

    assert cited(speech(f"<p>“{SAID}”</p>", 2005)) == []


def test_a_draft_is_never_cited() -> None:
    speech(EARLIER, 2001, status="draft")

    assert cited(speech(f"<p>“{SAID}”</p>", 2005)) == []


def test_words_that_everybody_says_are_nobody_s() -> None:
    for year in range(1990, 1995):
        speech(EARLIER, year)

    assert cited(speech(f"<p>“{SAID}”</p>", 2005)) == []


def test_a_speech_named_by_its_meeting_is_a_citation() -> None:
    person = make_person(name="A. Sample")
    series = make_meeting_series(name="Sample Forum Meeting", editions="year")
    meeting = make_meeting(name="Sample 2001", series=series, starts_on=date(2001, 5, 1))
    earlier = speech(EARLIER, 2001, meeting=meeting, person=person)
    words = "As in my statement to the Sample Forum Meeting in 2001, I say no."
    later = speech(f"<p>{words}</p>", 2005, person=person)
    index_everything()

    link(later.texts.get())

    found = Citation.objects.get()
    assert (found.kind, found.cited_speech) == ("statement", earlier)


def test_linking_again_keeps_decisions() -> None:
    speech(EARLIER, 2001)
    later = speech(f"<p>“{SAID}”</p>", 2005)
    (found,) = cited(later)
    decide(found, "rejected", make_staff())

    TextLinking.objects.all().delete()
    link(later.texts.get())

    assert [one.status for one in Citation.objects.all()] == ["rejected"]


def test_two_editors_do_not_overwrite_each_other() -> None:
    speech(EARLIER, 2001)
    (found,) = cited(speech(f"<p>“{SAID}”</p>", 2005))
    decide(Citation.objects.get(), "rejected", make_staff())

    with pytest.raises(Changed):
        decide(found, "confirmed", make_staff())


def test_both_speeches_show_the_citation(client: Client) -> None:
    earlier = speech(EARLIER, 2001, title="The earlier one")
    later = speech(f"<p>“{SAID}”</p>", 2005, title="The later one")
    (found,) = cited(later)
    decide(found, "confirmed", make_staff())

    of_later = client.get(later.get_absolute_url()).content.decode()
    of_earlier = client.get(earlier.get_absolute_url()).content.decode()

    assert "This speech cites" in of_later
    assert f'href="{earlier.get_absolute_url()}#p2"' in of_later
    assert "Cited by" in of_earlier
    assert f'href="{later.get_absolute_url()}#p1"' in of_earlier


def test_a_suggestion_is_not_shown(client: Client) -> None:
    speech(EARLIER, 2001)
    later = speech(f"<p>“{SAID}”</p>", 2005)
    cited(later)

    assert "This speech cites" not in client.get(later.get_absolute_url()).content.decode()


def test_the_desk_lists_and_decides(client: Client) -> None:
    speech(EARLIER, 2001)
    (found,) = cited(speech(f"<p>“{SAID}”</p>", 2005))
    client.force_login(make_staff("editor"))

    listed = client.get("/admin/speeches/citation/").content.decode()
    client.post("/admin/speeches/citation/", {
        "action": "confirm_chosen", "_selected_action": [found.pk],
    })  # fmt: skip

    assert f"<mark>{SAID}</mark>" in listed
    assert Citation.objects.get().status == "confirmed"
