"""Outgoing links: which are found, how politely they are asked, what the report says."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from initiatives.models import MeetingDocument
from iomsite.addresses.links.check import check, check_one, due_links
from iomsite.addresses.links.fetch import Pace
from iomsite.addresses.links.gather import gather
from iomsite.addresses.links.robots import Robots
from iomsite.addresses.links.sources import FoundLink, all_links
from iomsite.addresses.models import OutgoingLink
from iomsite.publishing.models import Status
from speeches.models import Attachment, Source
from tests.addresses.web import Web
from tests.make import make_meeting, make_organization, make_page, make_speech

Outcome = OutgoingLink.Outcome

LINK = '<p>See <a href="{}">there</a>.</p>'


def urls() -> set[str]:
    return set(OutgoingLink.objects.values_list("url", flat=True))


def gather_one(url: str, item: int = 1) -> OutgoingLink:
    gather([FoundLink("speeches.speech", item, url)])
    return OutgoingLink.objects.get()


@pytest.mark.django_db
def test_links_are_found_wherever_public_pages_show_them() -> None:
    speech = make_speech(body=LINK.format("https://a.example/?x=1&amp;y=2#part"))
    Source.objects.create(
        speech_text=speech.texts.get(), uri="https://b.example/", format="html", checksum="1"
    )
    Source.objects.create(
        speech_text=speech.texts.get(), uri="file.csv 3", format="csv", checksum="1"
    )
    Attachment.objects.create(speech=speech, title="Slides", url="https://c.example/")
    make_organization(website="https://d.example/", description=LINK.format("http://e.example/"))
    meeting = make_meeting()
    MeetingDocument.objects.create(meeting=meeting, title="Agenda", url="https://f.example/")
    make_page(body=LINK.format("https://g.example/") + LINK.format("mailto:a@g.example"))

    gather(all_links())

    assert urls() == {
        "https://a.example/?x=1&y=2", "https://b.example/", "https://c.example/",
        "https://d.example/", "http://e.example/", "https://f.example/", "https://g.example/",
    }  # fmt: skip
    link = OutgoingLink.objects.get(host="b.example")
    assert [(place.kind, place.item) for place in link.places.all()] == [
        ("speeches.speech", speech.pk)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "embargoed", "withdrawn", "removed"])
def test_links_of_what_is_not_public_are_not_asked_for(state: str) -> None:
    values: dict[str, Any] = (
        {"published_at": timezone.now() + timedelta(hours=1)}
        if state == "embargoed"
        else {"status": Status(state)}
    )
    make_speech(body=LINK.format("https://a.example/"), **values)
    make_meeting(website="https://b.example/", **values)
    make_page(body=LINK.format("https://c.example/"), **values)

    assert gather(all_links()) == 0


@pytest.mark.django_db
def test_a_link_that_no_page_shows_any_more_is_forgotten_and_others_keep_their_outcome() -> None:
    both = [FoundLink("a.b", 1, "https://a.example/"), FoundLink("a.b", 2, "https://b.example/")]
    gather(both)
    OutgoingLink.objects.filter(host="a.example").update(outcome=Outcome.MISSING, failures=4)
    gather([*both[:1], FoundLink("a.b", 9, "https://a.example/")])

    link = OutgoingLink.objects.get()
    assert (link.url, link.failures) == ("https://a.example/", 4)
    assert sorted(link.places.values_list("item", flat=True)) == [1, 9]


@pytest.mark.django_db
def test_odd_links_are_kept_or_left_out_but_never_stop_the_list() -> None:
    odd = ["http://[broken/", "https://a.example/" + "x" * 3000, "  ", "https://ex\u00e4mple/"]

    assert gather(FoundLink("a.b", 1, url) for url in odd) == 2


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.WORKS), (204, Outcome.WORKS), (404, Outcome.MISSING), (410, Outcome.MISSING),
        (400, Outcome.FAILS), (500, Outcome.FAILS), (401, Outcome.CLOSED), (403, Outcome.CLOSED),
        (429, Outcome.CLOSED), (503, Outcome.CLOSED), (999, Outcome.CLOSED),
    ],
)  # fmt: skip
def test_each_answer_has_an_outcome(web: Web, status: int, outcome: str) -> None:
    web.answer("/page", status)
    fetcher = web.fetcher()

    assert check_one(web.url("/page"), fetcher, Robots(fetcher)).outcome == outcome


def test_a_server_that_knows_no_head_is_asked_by_get(web: Web) -> None:
    web.answers["/page"] = lambda handler: (405 if handler.command == "HEAD" else 200, {}, b"")
    fetcher = web.fetcher()

    assert check_one(web.url("/page"), fetcher, Robots(fetcher)).outcome == Outcome.WORKS
    assert web.asked == ["GET /robots.txt", "HEAD /page", "GET /page"]
    assert web.agents == {"iomsite-link-check/1.0 (+web@example.org)"}


def test_a_link_that_has_moved_for_good_says_where_to(web: Web) -> None:
    web.redirect("/old", "/new")
    web.redirect("/today", "/new", 302)
    web.answer("/new")
    fetcher = web.fetcher()

    moved = check_one(web.url("/old"), fetcher, Robots(fetcher))
    assert (moved.outcome, moved.leads_to) == (Outcome.MOVED, web.url("/new"))
    assert check_one(web.url("/today"), fetcher, Robots(fetcher)).outcome == Outcome.WORKS


def test_a_name_that_does_not_exist_and_a_port_that_is_shut_are_unreachable(web: Web) -> None:
    fetcher = web.fetcher(look_up=lambda host, port: ["127.0.0.1"])
    fetcher.policy = web.policy(look_up=lambda host, port: ["127.0.0.1"])
    shut = check_one("http://shut.example/", fetcher, Robots(fetcher))

    assert shut.outcome == Outcome.UNREACHABLE
    fetcher = web.fetcher()
    nowhere = check_one("http://no-such-name.invalid/", fetcher, Robots(fetcher))
    assert nowhere.outcome == Outcome.UNREACHABLE


def test_robots_txt_is_obeyed_for_redirects_too(web: Web) -> None:
    web.answer("/robots.txt", body=b"User-agent: *\nDisallow: /private/\n")
    web.answer("/private/x")
    web.redirect("/door", "/private/x")
    fetcher = web.fetcher()
    robots = Robots(fetcher)

    for path in ("/private/x", "/door"):
        result = check_one(web.url(path), fetcher, robots)
        assert (result.outcome, result.detail) == (Outcome.CLOSED, "robots.txt")
    assert web.asked == ["GET /robots.txt", "HEAD /door"]


@pytest.mark.parametrize(("status", "may"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_txt_that_fails_is_taken_as_the_standard_says(
    web: Web, status: int, may: bool
) -> None:
    web.answer("/robots.txt", status)

    assert Robots(web.fetcher()).allow(web.url("/x")) is may


def test_our_own_name_in_robots_txt_is_heeded(web: Web) -> None:
    web.answer("/robots.txt", body=b"User-agent: iomsite-link-check\nDisallow: /\nCrawl-delay: 900")
    fetcher = web.fetcher()

    assert not Robots(fetcher).allow(web.url("/x"))
    fetcher.pace.sleep = lambda seconds: None
    fetcher.pace.wait("localhost")
    assert fetcher.pace.ready_at("localhost") - fetcher.pace.clock() == pytest.approx(30, abs=1)


@pytest.mark.parametrize("body", [b"\xff\xfe\x00" * 1000, b"Disallow" * 9, b"a" * 3_000_000])
def test_nonsense_in_robots_txt_forbids_nothing(web: Web, body: bytes) -> None:
    web.answer("/robots.txt", body=body)

    assert Robots(web.fetcher()).allow(web.url("/x"))


def test_between_two_questions_to_one_host_is_a_pause_and_others_do_not_wait() -> None:
    now, pauses = [100.0], []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += seconds

    pace = Pace(2.0, clock=lambda: now[0], sleep=sleep)
    for host in ("a", "b", "a", "a"):
        pace.wait(host)

    assert pauses == [2.0, 2.0]


@pytest.mark.django_db
def test_a_run_asks_one_question_at_a_time_with_a_pause_for_each_host(web: Web) -> None:
    times: list[float] = []
    fetcher = web.fetcher(delay=0.2)
    pace = fetcher.pace

    def note(handler: Any) -> tuple[int, dict[str, str], bytes]:
        times.append(pace.clock())
        return 200, {}, b""

    for number in range(3):
        web.answers[f"/{number}"] = note
    gather(FoundLink("a.b", number, web.url(f"/{number}")) for number in range(3))

    check(due_links(7, 10), fetcher)

    assert all(later - sooner > 0.18 for sooner, later in pairwise(times))
    assert {link.outcome for link in OutgoingLink.objects.all()} == {Outcome.WORKS}


@pytest.mark.django_db
def test_failures_are_counted_in_a_row_and_forgotten_when_the_link_works(web: Web) -> None:
    gather_one(web.url("/x"))
    for _night in range(3):
        check(list(OutgoingLink.objects.all()), web.fetcher())

    link = OutgoingLink.objects.get()
    assert (link.failures, link.status_code) == (3, 404)
    assert link.failing_since
    assert link.checked_at

    web.answer("/x")
    check([link], web.fetcher())
    link.refresh_from_db()
    assert (link.failures, link.failing_since, link.outcome) == (0, None, Outcome.WORKS)


@pytest.mark.django_db
def test_a_server_that_has_enough_is_left_alone_for_the_run(web: Web) -> None:
    for number in range(4):
        web.answer(f"/{number}", 429)
    gather(FoundLink("a.b", number, web.url(f"/{number}")) for number in range(4))

    outcomes = check(due_links(7, 10), web.fetcher())

    assert outcomes == {"closed": 1, "postponed": 3}
    assert len(web.asked) == 2  # robots.txt and one link


@pytest.mark.django_db
def test_new_links_come_first_and_what_was_checked_lately_is_left() -> None:
    now = timezone.now()
    states = {
        "new": (None, Outcome.NEW), "broken": (now - timedelta(days=1), Outcome.MISSING),
        "old": (now - timedelta(days=8), Outcome.WORKS),
        "fresh": (now - timedelta(days=1), Outcome.WORKS),
        "just-broken": (now - timedelta(hours=1), Outcome.MISSING),
    }  # fmt: skip
    for host, (checked_at, outcome) in states.items():
        OutgoingLink.objects.create(
            key=host, url=f"https://{host}/", host=host, checked_at=checked_at, outcome=outcome
        )

    assert [link.host for link in due_links(7, 10)] == ["new", "old", "broken"]
    assert len(due_links(7, 1)) == 1


@pytest.mark.django_db
def test_a_text_is_never_changed_by_the_check(web: Web) -> None:
    speech = make_speech(body=LINK.format(web.url("/gone")))
    before = speech.texts.values().get()
    gather(all_links())

    check(due_links(7, 10), web.fetcher())

    assert OutgoingLink.objects.get().outcome == Outcome.MISSING
    assert speech.texts.values().get() == before


@pytest.mark.django_db
@pytest.mark.parametrize("contact", ["", "nobody", "a@b\r\nX: y", "<a@b>"])
def test_the_command_does_not_start_without_a_contact(settings: LazySettings, contact: str) -> None:
    settings.LINK_CHECK_CONTACT = contact

    with pytest.raises(CommandError, match="LINK_CHECK_CONTACT"):
        call_command("check_links")


@pytest.mark.django_db
def test_the_command_gathers_checks_and_refuses_what_leads_inside(
    settings: LazySettings, capsys: Any, web: Web
) -> None:
    settings.LINK_CHECK_CONTACT = "web@example.org"
    make_meeting(website=f"http://127.0.0.1/{web.port}")
    make_meeting(website=web.url("/x"))

    call_command("check_links", delay=0.5)

    assert "2 links stand on public pages." in capsys.readouterr().out
    assert {link.outcome for link in OutgoingLink.objects.all()} == {Outcome.REFUSED}
    assert web.asked == []
