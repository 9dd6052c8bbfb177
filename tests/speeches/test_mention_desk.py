"""The desk of a text's names, as an editor uses it."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.models import Name, Organization
from speeches.mentions.linking import link
from speeches.models import Mention, Proposal, Speech
from tests.make import make_meeting, make_meeting_series, make_organization, make_speech, make_staff

pytestmark = pytest.mark.django_db

BODY = "<p>We thank the Sample House and France.</p><p>The Sample Policy Index is new.</p>"


@pytest.fixture
def speech() -> Speech:
    make_organization(name="Sample House")
    made = make_speech(body=BODY)
    link(made.texts.get())
    return made


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_staff("editor"))
    return client


def desk(speech: Speech) -> str:
    return f"/admin/speeches/speech/{speech.pk}/mentions/en/"


def parsed(answer: HttpResponse) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def press(client: Client, page: BeautifulSoup, action: str, **values: Any) -> BeautifulSoup:
    """Press a button of the page, with the form that it stands in."""
    button = page.select_one(f'button[name=action][value="{action}"]')
    assert button is not None, action
    form = button.find_parent("form")
    assert form is not None
    sent = {one["name"]: one.get("value", "") for one in form.select("input[name]")}
    return parsed(client.post(page.base, sent | {"action": action} | values, follow=True))


@pytest.fixture
def page(editor: Client, speech: Speech) -> BeautifulSoup:
    return opened(editor, speech)


def opened(client: Client, speech: Speech, query: str = "") -> BeautifulSoup:
    found = parsed(client.get(desk(speech) + query))
    found.base = desk(speech)
    return found


def words(page: BeautifulSoup) -> str:
    content = page.select_one("#content")
    assert content is not None
    return " ".join((page.select_one(".messagelist") or content).get_text(" ").split()) + " ".join(
        content.get_text(" ").split()
    )


def test_the_names_stand_marked_in_the_text(page: BeautifulSoup) -> None:
    assert [one.get_text() for one in page.select(".name--suggested")] == ["Sample House", "France"]
    assert page.select_one(".panel__words").get_text() == "Sample House"
    assert "The words are its name, “Sample House”." in words(page)


def test_accepting_leads_on_to_the_next(editor: Client, page: BeautifulSoup) -> None:
    after = press(editor, page, "confirm")

    assert Mention.objects.get(surface="Sample House").status == "confirmed"
    assert after.select_one(".panel__words").get_text() == "France"


def test_rejecting_is_remembered(editor: Client, speech: Speech, page: BeautifulSoup) -> None:
    press(editor, page, "reject")
    link(speech.texts.get())

    assert Mention.objects.get(surface="Sample House").status == "rejected"


def test_all_that_is_sure_is_accepted_at_once(editor: Client, page: BeautifulSoup) -> None:
    after = press(editor, page, "confirm_above", percent="90")

    assert Mention.objects.filter(status="confirmed").count() == 2
    assert "2 suggestions are confirmed." in words(after)


@pytest.mark.parametrize("percent", ["", "abc", "101", "-1", "9" * 50, "½"])
def test_a_senseless_confidence_is_refused(editor: Client, page: Any, percent: str) -> None:
    after = press(editor, page, "confirm_above", percent=percent)

    assert "Give a number from 0 to 100." in words(after)
    assert not Mention.objects.filter(status="confirmed").exists()


def test_another_entry_can_be_chosen(editor: Client, speech: Speech) -> None:
    other = make_organization(name="Other Sample House")
    link(speech.texts.get())

    page = opened(editor, speech, "?q=other")
    press(editor, page, "retarget")

    assert Mention.objects.get(surface="Sample House").organization == other


def test_words_can_be_marked_by_hand(editor: Client, speech: Speech) -> None:
    page = opened(editor, speech, "?anchor=p2&words=Policy+Index&q=house")

    press(editor, page, "add")

    assert Mention.objects.get(surface="Policy Index").status == "confirmed"


def test_who_comes_second_is_told(editor: Client, page: BeautifulSoup, client: Client) -> None:
    other = Client()
    other.force_login(make_staff("publisher"))
    press(other, page, "reject")

    after = press(editor, page, "confirm")

    assert "has decided about “Sample House” meanwhile: rejected." in words(after)
    assert Mention.objects.get(surface="Sample House").status == "rejected"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"action": "nonsense"},
        {"action": "confirm", "mention": "9" * 40, "seen": "x"},
        {"action": "retarget", "mention": "x", "target": "organization:1"},
        {"action": "add", "anchor": "p9", "words": "nobody"},
        {"action": "add", "anchor": "p1\x00", "words": "We", "target": "country:??"},
        {"action": "add", "anchor": "p1", "words": "We", "target": "organization:999999"},
        {"action": "add", "anchor": "p1", "words": "We", "target": "country:"},
        {"action": "take_interval"},
    ],
)
def test_senseless_forms_change_nothing(editor: Client, speech: Speech, sent: Any) -> None:
    before = list(Mention.objects.values())

    assert editor.post(desk(speech), sent, follow=True).status_code == 200
    assert list(Mention.objects.values()) == before


def test_only_who_may_decide_does(client: Client, speech: Speech) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_speech"))
    client.force_login(reader)

    answer = client.post(desk(speech), {"action": "link"})

    assert answer.status_code == 403


def test_an_undated_speech_is_offered_its_days(editor: Client) -> None:
    series = make_meeting_series(name="Sample Forum Meeting", editions="year")
    make_meeting(name="Sample at Basel", series=series, place="Basel", starts_on=date(2008, 1, 21),
                 ends_on=date(2008, 1, 22))  # fmt: skip
    speech = make_speech(
        body="<p>The Sample Forum Meeting comes to Basel next week.</p>",
        delivered_on=None, status="draft",
    )  # fmt: skip
    link(speech.texts.get())

    page = opened(editor, speech)
    press(editor, page, "take_interval")

    assert "between 14 January 2008 and 20 January 2008" in words(page)
    speech.refresh_from_db()
    assert (speech.delivered_on, speech.delivered_precision) == (date(2008, 1, 1), "month")


def test_the_desk_costs_the_same_however_many_names(editor: Client, speech: Speech) -> None:
    counts = []
    for body in (BODY, BODY * 20):
        text = make_speech(body=body).texts.get()
        link(text)
        with CaptureQueriesContext(connection) as queries:
            editor.get(desk(text.speech))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[1] <= 20


class TestQueue:
    def test_it_lists_what_is_open_over_all_speeches(self, editor: Client, speech: Speech) -> None:
        page = parsed(editor.get("/admin/speeches/mention/"))

        assert "We thank the Sample House and France." in words(page)
        assert "All 1 texts are looked through" in words(page)

    @pytest.mark.parametrize(
        ("query", "count"),
        [("kind=organization", 1), ("kind=country", 1), ("sure=95", 2), ("sure=0", 0),
         ("state=confirmed", 0), ("state=all", 2), ("q=france", 1), ("kind=nonsense", 2)],
    )  # fmt: skip
    def test_it_is_narrowed(self, editor: Client, speech: Speech, query: str, count: int) -> None:
        page = parsed(editor.get(f"/admin/speeches/mention/?{query}"))

        assert len(page.select("#result_list tbody tr")) == count

    @pytest.mark.parametrize(
        ("action", "status"),
        [("confirm_chosen", "confirmed"), ("reject_chosen", "rejected"),
         ("reject_everywhere", "rejected")],
    )  # fmt: skip
    def test_several_are_decided_at_once(
        self, editor: Client, speech: Speech, action: str, status: str
    ) -> None:
        keys = list(Mention.objects.values_list("pk", flat=True))

        editor.post("/admin/speeches/mention/", {"action": action, "_selected_action": keys})

        assert set(Mention.objects.values_list("status", flat=True)) == {status}

    def test_it_costs_the_same_however_many(self, editor: Client, speech: Speech) -> None:
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(connection) as queries:
                editor.get("/admin/speeches/mention/")
            counts.append(len(queries))
            link(make_speech(body=BODY * 15).texts.get())

        assert counts[0] == counts[1]
        assert counts[1] <= 12


class TestProposals:
    def test_a_name_that_is_lacking_stands_with_its_sentence(
        self, editor: Client, speech: Speech
    ) -> None:
        page = parsed(editor.get("/admin/speeches/proposal/"))

        assert "The Sample Policy Index is new." in words(page)

    def test_it_is_entered_with_what_is_known(self, editor: Client, speech: Speech) -> None:
        proposal = Proposal.objects.get()
        page = parsed(editor.get(f"/admin/speeches/proposal/{proposal.pk}/change/"))

        link_to_form = page.select_one("a.desk__step--first")["href"]
        form = parsed(editor.get(link_to_form))

        assert form.select_one("#id_name")["value"] == "Sample Policy Index"

    def test_it_becomes_a_name_of_an_entry(self, editor: Client, speech: Speech) -> None:
        proposal, house = Proposal.objects.get(), Organization.objects.get()
        house.status = "draft"
        house.save()

        editor.post(
            f"/admin/speeches/proposal/{proposal.pk}/change/",
            {"action": "name", "target": f"organization:{house.pk}"},
        )
        link(speech.texts.get())

        assert Name.objects.filter(organization=house, text="Sample Policy Index").exists()
        assert Proposal.objects.get().status == "alias"
        assert Mention.objects.filter(surface="Sample Policy Index").exists()

    def test_declined_it_is_not_proposed_again(self, editor: Client, speech: Speech) -> None:
        proposal = Proposal.objects.get()
        editor.post(f"/admin/speeches/proposal/{proposal.pk}/change/", {"action": "decline"})

        link(make_speech(body=BODY).texts.get())

        assert list(Proposal.objects.values_list("status", flat=True)) == ["rejected"]

    def test_one_that_no_text_has_goes_by_itself(self, editor: Client, speech: Speech) -> None:
        text = speech.texts.get()
        text.body = "<p>We thank nobody.</p>"
        text.save()

        link(text)

        assert not Proposal.objects.exists()
