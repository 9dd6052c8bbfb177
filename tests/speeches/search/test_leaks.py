"""Words of what is not public, planted everywhere, and found nowhere in the engine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.models import Name
from iomsite.publishing.models import Status
from speeches.models import Contribution
from speeches.search.answers.names import beginning_with, named
from speeches.search.answers.passages import occurrences_by_year, passages_with, words_by_year
from speeches.search.answers.quotes import find_quote
from speeches.search.queries.query import Phrase, Word
from speeches.search.quoting.quotation import parse_quotation
from speeches.search.quoting.quote_answers import answer_quotation
from tests.make import (
    make_initiative,
    make_meeting,
    make_meeting_series,
    make_office,
    make_organization,
    make_person,
    make_text,
)
from tests.searching import ask, hits, index_everything, say

pytestmark = pytest.mark.django_db

CANARY, UNKNOWN = "xanthocanary", "qwvthzkjplbx"
QUOTED = f"nobody outside shall ever read that the {CANARY} sings at night"

HIDDEN = {
    "draft": {"status": Status.DRAFT},
    "in review": {"status": Status.IN_REVIEW},
    "withdrawn": {"status": Status.WITHDRAWN},
    "removed": {"status": Status.REMOVED},
    "embargoed": {"published_at": timezone.now() + timedelta(hours=10)},
}
hidden_in_any_way = pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)


def plant(**hidden):
    """Make an open speech, and a hidden one that says the canary wherever there is a word."""
    say("open", "A river is a river.", title="On rivers", place="Geneva")
    speech = say(
        "hidden", f"Listen: {QUOTED}.", f"{CANARY} and river", title=f"The {CANARY}",
        speaker=f"Mr. {CANARY.title()}", place=CANARY.title(), **hidden,
    )  # fmt: skip
    make_text(speech=speech, language="fr", kind="official", title=f"Le {CANARY}",
              summary=CANARY, body=f"<p>Le {CANARY}.</p>")  # fmt: skip
    part = {"role": "reader", "name": "X", "office_name": f"Office of {CANARY}"}
    Contribution.objects.create(speech=speech, on_behalf_of_country="TV", **part)
    return speech


def replaced(found):
    """Return what an answer says, the canary called as a word that nobody ever said."""
    said = repr((found.total, found.matches, found.facets, found.years, found.corrections,
                 found.notices, found.ranked))  # fmt: skip
    return unknown(said)


def unknown(text):
    return text.replace(CANARY, UNKNOWN).replace("xanth", UNKNOWN[:5])


ASKED = [
    "{}", '"{}"', "{} river", "river {}", "river OR {}", "{} OR river", "-{}", "river -{}",
    "xanth*", "river xanth*", "xanth* OR river", "speaker:{}", "river speaker:{}", "place:{}",
    "river place:{}", "-place:{}", 'speaker:"mr {}"', "organization:{}", "initiative:{}",
    "meeting:{}", '"the {}"', '"the {}" OR river',
    "nobody outside shall ever read that the {} sings at night", "{} sings at night river",
]  # fmt: skip


@hidden_in_any_way
def test_a_hidden_word_answers_as_a_word_that_nobody_ever_said(hidden):
    plant(**hidden)
    index_everything()

    for typed in ASKED:
        asked = typed.format(CANARY)
        assert replaced(ask(asked)) == replaced(ask(unknown(asked))), typed
    for name in ("speaker", "place", "organization", "meeting"):
        chosen = [replaced(ask("river", **{name: word})) for word in (CANARY, UNKNOWN)]
        assert chosen[0] == chosen[1], name


@hidden_in_any_way
@pytest.mark.parametrize("wrong", ["xanthocanari", "xantocanary", "xanthocanayr"])
def test_a_wrong_word_is_never_corrected_to_a_hidden_one(hidden, wrong):
    plant(**hidden)
    index_everything()

    for typed in (wrong, f"{wrong} river", f"{wrong} OR river", f"river -{wrong}",
                  f'"{wrong}" OR river', f"{wrong} qwvthzkjplbx river"):  # fmt: skip
        found = ask(typed)
        assert CANARY not in repr((found.corrections, found.query, found.notices)), typed


@hidden_in_any_way
def test_hidden_words_are_in_no_list_and_no_count(hidden):
    plant(**hidden)
    index_everything()

    found = ask("")

    assert found.total == sum(found.years.values()) == 1
    assert found.facets["speaker"] == found.facets["country"] == []
    assert found.facets["language"] == [("en", 1)]
    assert beginning_with("xan", 9) == beginning_with("the", 9) == named(CANARY) == []
    assert passages_with([CANARY]) == passages_with(["river", CANARY]) == []
    assert occurrences_by_year(Word(CANARY)) == {}
    assert occurrences_by_year(Phrase(("the", CANARY))) == {}
    assert occurrences_by_year(Word("river")) == {2008: 2}
    assert words_by_year() == {2008: 5}


@hidden_in_any_way
def test_hidden_words_are_no_quotation(hidden):
    plant(**hidden)
    index_everything()

    answer = answer_quotation(parse_quotation(QUOTED))
    other = answer_quotation(parse_quotation(QUOTED.replace(CANARY, UNKNOWN)))

    assert find_quote(QUOTED.split()) == []
    assert (answer.kind, answer.hits) == ("missing", ())
    assert [hint for hint in answer.hints if hint in QUOTED.split()] == list(other.hints)


def test_what_comes_out_of_an_embargo_is_found_everywhere():
    plant(published_at=timezone.now() - timedelta(seconds=1))
    index_everything()

    assert hits(CANARY) == hits("xanth*") == hits(f"place:{CANARY}") == ["hidden"]
    assert ask("").total == 2
    assert ask("").facets["country"] == [("TV", 1)]
    assert ask("xantocanary").corrections[0].replacement == CANARY
    assert [entry.entry_id for entry in beginning_with("xan", 9)] != []
    assert len(find_quote(QUOTED.split())) == 1
    assert occurrences_by_year(Word(CANARY)) == {2008: 3}


# -- The directory --------------------------------------------------------------------------


@hidden_in_any_way
def test_no_hidden_entry_is_named_counted_or_found(hidden):
    about = {"name": CANARY.title(), "acronym": "XCN", **hidden}
    entries = [make(**about) for make in (make_organization, make_initiative, make_person,
                                          make_meeting_series, make_meeting)]  # fmt: skip
    body, initiative, person, series, meeting = entries
    for owner, entry in zip(("organization", "initiative", "person", "meeting_series", "meeting"),
                            entries, strict=True):  # fmt: skip
        Name.objects.create(**{owner: entry}, text=f"{CANARY} {owner}", kind="former")
    meeting.series = series
    meeting.save()
    office = make_office(name=f"Office of {CANARY}", **hidden)
    speech = say("open", "A river.", person=person, office=office, meeting=meeting)
    speech.organizations.add(body)
    speech.initiatives.add(initiative)
    Contribution.objects.create(speech=speech, role="represented", on_behalf_of=body)
    index_everything()

    facets = ask("river").facets
    shown = {name: values for name, values in facets.items() if name not in ("language", "status")}

    assert set(map(tuple, shown.values())) <= {(), ((str(office.organization_id), 1),)}
    for typed in (CANARY, "xcn", "xan", f"{CANARY} person"):
        assert named(typed) == beginning_with(typed, 9) == []
    for typed in ASKED:
        asked = typed.format(CANARY)
        assert replaced(ask(asked)) == replaced(ask(unknown(asked))), typed
    for name in ("speaker", "organization", "initiative", "meeting", "series"):
        for entry in entries:
            assert hits("river", **{name: entry.slug}) == []


@hidden_in_any_way
@pytest.mark.parametrize("ends", ["series", "organization"])
def test_nothing_public_is_reached_through_what_is_hidden(hidden, ends):
    body, series = make_organization(slug="the-body"), make_meeting_series(slug="the-series")
    say("open", "A river.", meeting=make_meeting(series=series, **hidden),
        office=make_office(organization=body, **hidden))  # fmt: skip
    index_everything()

    assert ask("river").facets[ends] == []
    assert hits("river", organization="the-body") == hits("river", series="the-series") == []
