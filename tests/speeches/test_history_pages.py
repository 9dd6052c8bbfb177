"""The public history of a speech: what changed, when, word for word, and nothing else."""

import json
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iomsite.publishing.keeping import editing
from iomsite.publishing.models import Status
from iomsite.publishing.workflow import perform
from tests.histories import change, in_days, make_public, offline, publish
from tests.make import (
    make_meeting,
    make_organization,
    make_person,
    make_speech,
    make_staff,
    make_text,
)

pytestmark = pytest.mark.django_db

PAGES = (
    "history/", "history/compare/?old=1&new=2", "history.json", "versions/1/", "versions/1/en/",
    "versions/1.json", "history/?paragraph=p1",
)  # fmt: skip
MOST_QUERIES = 8


@pytest.fixture
def speech():
    """Make a speech that was published and changed once."""
    speech = make_public(
        slug="changed",
        title="On borders",
        body="<p>Water has no borders.</p><p>Neither have we.</p><p>A third one.</p>",
        delivery_status="as_prepared",
    )
    change(
        speech,
        body="<p>Water knows no borders.</p><p>A third one.</p>",
        note="As it was said.",
        delivery_status="as_delivered",
    )
    return speech


def page(client, rest="", slug="changed", language="en"):
    answer = client.get(f"/{language}/speeches/{slug}/{rest}")
    assert answer.status_code == HTTPStatus.OK, answer.status_code
    return answer.content.decode()


def test_the_history_tells_what_happened_newest_first(client, speech):
    perform("withdraw", speech, notice="A mistake.")
    perform("reinstate", speech, reason="None after all.")

    text = page(client, "history/")

    events = ["Version 4", "Put back", "Version 3", "Withdrawn", "A mistake.", "Version 2",
              "Changed", "As it was said.", "Version 1", "Published"]  # fmt: skip
    places = [text.index(event, text.index('<ol class="history__list"')) for event in events]
    assert places == sorted(places)


def test_a_comparison_shows_words_paragraphs_and_facts(client, speech):
    text = page(client, "history/compare/?old=1&new=2")

    assert "<del>has</del> <ins>knows</ins>" in text
    assert "<del>Neither have we.</del>" in text
    assert "<del>As prepared for delivery</del> <ins>As delivered</ins>" in text


def test_the_text_as_prepared_is_compared_with_the_text_as_delivered_by_name(client, speech):
    text = page(client, "history/")

    assert "Compare the text as prepared with the text as delivered" in text
    assert "/en/speeches/changed/history/compare/?old=1&amp;new=2" in text


def test_unchanged_paragraphs_are_folded(client):
    long = [f"<p>Paragraph {number}.</p>" for number in range(9)]
    speech = make_public(slug="changed", body="".join(long))
    change(speech, body="".join([*long[:8], "<p>Paragraph nine.</p>"]))

    text = page(client, "history/compare/?old=1&new=2")

    assert "7 paragraphs without a change" in text


def test_a_changed_link_is_shown_though_the_words_are_the_same(client):
    speech = make_public(slug="changed", body='<p>See <a href="https://one.example/">this</a>.</p>')
    change(speech, body='<p>See <a href="https://two.example/">this</a>.</p>')

    text = page(client, "history/compare/?old=1&new=2")

    assert "Only links or emphasis changed" in text
    assert "<ins>two</ins>" in text


def test_an_old_version_is_read_at_its_own_address_with_its_anchors(client, speech):
    text = page(client, "versions/1/")

    assert "This is version 1, an older one." in text
    assert 'id="p2"' in text
    assert "Neither have we." in text
    assert '<meta name="robots" content="noindex">' in text
    assert '<link rel="canonical" href="http://testserver/en/speeches/changed/">' in text


def test_a_paragraph_that_is_gone_is_found_in_the_version_that_had_it(client, speech):
    answer = client.get("/en/speeches/changed/history/?paragraph=p2&language=en")

    assert answer["Location"] == "/en/speeches/changed/versions/1/en/#p2"
    assert "paragraph=p2" in page(client)


def test_the_page_of_the_speech_says_that_it_was_changed(client, speech):
    make_public(slug="unchanged")

    assert "As it was said." in page(client)
    assert "/en/speeches/changed/history/" in page(client)
    assert "history/" not in page(client, slug="unchanged")


def test_texts_in_several_languages_are_compared_and_read_one_by_one(client):
    speech = make_speech(status=Status.DRAFT, slug="changed", body="<p>One.</p>")
    text = make_text(
        speech=speech,
        language="ar",
        kind="official",
        title="كلمة",
        body="<p>الناس ينتقلون أحيانا.</p>",
    )
    publish(speech)
    with editing(speech, None) as desk:
        text = desk.item.texts.get(language="ar")
        text.body = "<p>الناس ينتقلون دائما.</p>"
        text.save()
    publish(speech)

    assert "<ins>دائما</ins>" in page(client, "history/compare/?old=1&new=2&language=ar")
    assert "<ins>دائما</ins>" in page(client, "history/compare/?old=1&new=2")
    assert "The words are the same" in page(client, "history/compare/?old=1&new=2&language=en")
    assert "أحيانا" in page(client, "versions/1/", language="ar")
    assert "أحيانا" in page(client, "versions/1/ar/")


@pytest.mark.parametrize("rest", PAGES)
def test_each_page_costs_few_queries_however_long_the_history_is(client, speech, rest):
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/en/speeches/changed/{rest}")
            b"".join(answer) if answer.streaming else answer.content
        counts.append(len(queries))
        for step in range(3):
            change(speech, title=f"Title {number} {step}")

    assert counts[0] == counts[1]
    assert counts[0] <= MOST_QUERIES


def test_the_whole_history_is_handed_out_and_verifies(client, speech):
    script = offline()
    text = b"".join(client.get("/en/speeches/changed/history.json")).decode()

    assert script.verify(script.read(text)) == 2
    one = client.get("/en/speeches/changed/versions/2.json").json()
    assert one == json.loads(text)["versions"][1]


HIDDEN_STATES = ("draft", "in review", "embargoed", "unscheduled")


def make_hidden(state):
    speech = make_speech(status=Status.DRAFT, slug="of-a-secret", title="Wholly secret words")
    if state == "in review":
        perform("submit", speech)
    elif state != "draft":
        publish(speech, at=in_days(2))
    if state == "unscheduled":
        perform("unschedule", speech)


@pytest.mark.parametrize("state", HIDDEN_STATES)
@pytest.mark.parametrize("rest", PAGES)
def test_the_history_of_what_is_not_public_answers_like_an_unknown_address(client, rest, state):
    make_hidden(state)

    hidden = client.get(f"/en/speeches/of-a-secret/{rest}")
    unknown = client.get(f"/en/speeches/of-nothing-/{rest}")

    assert hidden.status_code == unknown.status_code == HTTPStatus.NOT_FOUND
    assert hidden.content.replace(b"of-a-secret", b"of-nothing-") == unknown.content
    assert [name for name in hidden.headers if hidden[name] != unknown[name]] in ([], ["ETag"])


@pytest.mark.parametrize("rest", PAGES)
def test_staff_get_no_more_from_the_public_history_than_anybody(client, rest):
    make_hidden("embargoed")
    client.force_login(make_staff())

    assert client.get(f"/en/speeches/of-a-secret/{rest}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("rest", PAGES)
def test_the_history_of_what_was_removed_is_gone_with_the_reason(client, speech, rest):
    perform("remove", speech, notice="By order of a court.")

    answer = client.get(f"/en/speeches/changed/{rest}")

    assert answer.status_code == HTTPStatus.GONE
    assert "By order of a court." in answer.content.decode()
    assert "borders" not in answer.content.decode()


def test_words_written_under_embargo_or_while_removed_are_in_no_page(client):
    speech = make_speech(status=Status.DRAFT, slug="changed", title="Secret under embargo")
    publish(speech, at=in_days(2), note="Secret note")
    change(speech, title="The first public title")
    perform("release", speech, reason="Agreed.")
    perform("remove", speech, notice="For a while.")
    change(speech, title="Secret while removed")
    change(speech, title="The second public title")
    perform("reinstate", speech, reason="Over.")

    answers = [client.get(f"/en/speeches/changed/history{rest}") for rest in ("/", ".json")]
    answers += [
        client.get(f"/en/speeches/changed/{kind}")
        for number in range(1, 9)
        for kind in (
            f"versions/{number}/", f"versions/{number}.json",
            f"history/compare/?old={number}&new=3", f"history/compare/?old={number}&new=7",
        )
    ]  # fmt: skip

    assert [answer.status_code for answer in answers].count(HTTPStatus.OK) > 8
    for answer in answers:
        text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert "Secret" not in text
    # The control: the words that were public are there.
    assert "The first public title" in page(client, "versions/3/")


def test_related_entries_that_are_not_public_are_not_named(client):
    hidden = [make_person(name="Hidden Person", status=Status.DRAFT)]
    body = make_organization(name="Hidden Body", status=Status.DRAFT)
    meeting = make_meeting(name="Hidden Meeting", status=Status.DRAFT)
    seen = make_meeting(name="Open Meeting")
    speech = make_speech(status=Status.DRAFT, slug="changed", person=hidden[0], meeting=meeting)
    publish(speech)
    with editing(speech, None) as desk:
        desk.item.meeting = seen
        desk.item.save()
        desk.item.organizations.add(body)
    publish(speech)

    for rest in ("history/", "history/compare/?old=1&new=2", "versions/1/", "versions/2/"):
        assert "Hidden" not in page(client, rest)
    assert "<ins>Open Meeting</ins>" in page(client, "history/compare/?old=1&new=2")


def test_the_pages_of_a_speech_that_has_moved_lead_on_in_one_hop(client, speech):
    with editing(speech, None) as desk:
        desk.item.slug = "moved"
        desk.item.save()
    publish(speech)

    for rest in PAGES:
        answer = client.get(f"/fr/speeches/changed/{rest}")
        assert answer.status_code == HTTPStatus.MOVED_PERMANENTLY, rest
        assert answer["Location"] == f"/fr/speeches/moved/{rest}"


@pytest.mark.parametrize(
    "rest",
    [
        "versions/9/", "versions/0/", f"versions/{9**40}/", "versions/1/fr/", "versions/9.json",
        "history/compare/", "history/compare/?old=1&new=99", "history/compare/?old=-1&new=x",
        "history/compare/?old=1&new=2&language=fr", "history/?page=99", "history/?page=x",
        "history/?paragraph=p99", "history/?paragraph=%00", "history/?paragraph=p1&language=%00",
        f"versions/{9**40}.json",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, speech, rest):
    assert client.get(f"/en/speeches/changed/{rest}").status_code == HTTPStatus.NOT_FOUND


def test_markup_in_a_version_is_shown_as_text_or_not_at_all(client):
    speech = make_public(slug="changed", title="<script>alert(1)</script> one", place="<b>x</b>")
    change(speech, title="<script>alert(2)</script> one", place="<i>y</i>", note="<u>note</u>")

    for rest in ("history/", "history/compare/?old=1&new=2", "versions/1/", ""):
        text = page(client, rest)
        assert "<script>alert" not in text
        assert "<b>x</b>" not in text
        assert "<u>note" not in text
