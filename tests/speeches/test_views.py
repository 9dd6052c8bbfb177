"""The pages of the record: the list, a speech, its languages, its files."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from iomsite.publishing.models import Status
from speeches.models import Attachment, Contribution
from tests.make import make_initiative, make_office, make_person, make_speech, make_text

pytestmark = pytest.mark.django_db


def page(client, address):
    response = client.get(address)
    assert response.status_code == HTTPStatus.OK
    return response.content.decode()


def test_a_speech_opens_with_who_in_what_office_when_where_and_how(client):
    speech = make_speech(
        title="On mobility", person=make_person(name="Ana Sample"),
        office=make_office(name="Deputy Director"), place="Geneva", country="CH",
        delivered_on=date(2008, 1, 17), delivery_status="as_delivered",
    )  # fmt: skip

    shown = page(client, speech.get_absolute_url())

    for words in ("On mobility", "Ana Sample", "Deputy Director", "17 January 2008", "Geneva",
                  "Switzerland", "As delivered", speech.reference):  # fmt: skip
        assert words in shown, words


def test_a_date_is_shown_only_as_far_as_it_is_known(client):
    month = make_speech(delivered_on=date(2008, 1, 1), delivered_precision="month")

    shown = page(client, month.get_absolute_url())

    assert '<time datetime="2008-01">January 2008</time>' in shown
    assert "1 January" not in shown


def test_every_paragraph_has_an_anchor_and_a_link_to_it(client):
    speech = make_speech(body="<p>One.</p><p>Two.</p>")

    shown = page(client, speech.get_absolute_url())

    assert 'id="p1"' in shown
    assert 'href="#p2"' in shown


def test_a_contents_list_stands_beside_a_text_with_headings(client):
    with_headings = make_speech(body="<h2>Opening words</h2><p>Words.</p>")
    without = make_speech(body="<p>Words.</p>")

    assert "contents__list" in page(client, with_headings.get_absolute_url())
    assert "contents__list" not in page(client, without.get_absolute_url())


def test_the_text_follows_the_language_of_the_page(client):
    speech = make_speech(title="In English")
    make_text(speech=speech, language="ar", kind="official", title="بالعربية")

    arabic = page(client, f"/ar/speeches/{speech.slug}/")

    assert '<html lang="ar" dir="rtl">' in arabic
    assert "بالعربية" in arabic
    assert 'hreflang="en"' in arabic


def test_a_text_in_another_language_than_the_page_is_marked_with_it(client):
    speech = make_speech(title="خطاب", body="<p>نص</p>", original_language="ar")

    english = page(client, f"/en/speeches/{speech.slug}/")

    assert '<h1 class="speech__title" lang="ar" dir="rtl">' in english
    assert '<div class="text" lang="ar" dir="rtl"' in english


def test_a_text_in_a_language_the_site_does_not_speak_has_an_address(client):
    speech = make_speech(title="In English")
    text = make_text(speech=speech, language="pt", kind="official", title="Em português")

    shown = page(client, text.get_absolute_url())

    assert "Em português" in shown
    assert client.get(f"/en/speeches/{speech.slug}/sw/").status_code == HTTPStatus.NOT_FOUND


def test_a_speech_given_in_the_name_of_another_names_all_three(client):
    speech = make_speech()
    for role, name in (("represented", "The Minister"), ("reader", "The Envoy"),
                       ("moderator", "The Chair")):  # fmt: skip
        Contribution.objects.create(speech=speech, role=role, name=name)

    shown = page(client, speech.get_absolute_url())

    for words in ("In the name of", "The Minister", "Read by", "The Envoy", "Moderator"):
        assert words in shown, words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mobility", True),
        ("q=mobility swing", True),
        ("q=absent", False),
        ("speaker=swing", True),
        ("speaker=nobody", False),
        ("year_from=2008&year_to=2008", True),
        ("year_from=2009", False),
        ("country=CH", True),
        ("country=FR", False),
        ("language=en", True),
        ("language=fr", False),
        ("status=transcript", True),
        ("status=summary", False),
        ("initiative=compact", True),
        ("q=IOM/SP/2008/001", True),
    ],
)
def test_the_list_is_narrowed_by_what_the_address_says(client, query, found):
    compact = make_initiative(slug="compact")
    speech = make_speech(
        title="On mobility", delivered_on=date(2008, 1, 17), delivery_status="transcript"
    )
    Contribution.objects.create(speech=speech, name="W. L. Swing", on_behalf_of_country="CH")
    speech.initiatives.add(compact)

    shown = page(client, f"/en/speeches/?{query}")

    assert ("On mobility" in shown) is found


@pytest.mark.parametrize(
    "query",
    ["year_from=abc", "year_from=99999999999", "country=ZZ", "q=%00", "page=2", "page=x", "page=-1",
     "page=99999999999999999999", "status='; DROP TABLE", "initiative=none", "q=" + "x" * 5000,
     "page=1&page=2", "language=%F0%9F%98%80"],
)  # fmt: skip
def test_nothing_a_visitor_types_breaks_the_list(client, query):
    make_speech()

    assert client.get(f"/en/speeches/?{query}").status_code in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}


def test_thousands_of_speeches_are_paged(client):
    for number in range(25):
        make_speech(title=f"Speech {number}", delivered_on=date(2000 + number, 1, 1))

    first, second = page(client, "/en/speeches/"), page(client, "/en/speeches/?page=2")

    assert "Speech 24" in first
    assert "Speech 0" in second
    assert "Page 1 of 2" in first


def attach(speech):
    return Attachment.objects.create(
        speech=speech, title="The slides", file=ContentFile(b"%PDF-1.7 slides", name="slides.pdf")
    )


def test_a_file_is_handed_out_as_a_download_under_its_own_name(client):
    attachment = attach(make_speech())

    response = client.get(attachment.get_absolute_url())

    assert b"".join(response.streaming_content) == b"%PDF-1.7 slides"
    assert response["Content-Disposition"] == 'attachment; filename="slides.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "hidden",
    [{"status": Status.DRAFT}, {"published_at": timezone.now() + timedelta(days=2)}],
)
def test_the_file_of_a_hidden_speech_is_not_handed_out(client, hidden):
    attachment = attach(make_speech(**hidden))

    assert client.get(attachment.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_the_file_of_a_removed_speech_is_gone(client):
    attachment = attach(make_speech(status=Status.REMOVED))

    assert client.get(attachment.get_absolute_url()).status_code == HTTPStatus.GONE


def test_a_stored_file_has_a_name_that_nobody_can_guess():
    attachment = attach(make_speech())

    assert "slides" not in attachment.file.name
    assert len(attachment.file.name.split("/")[-1]) >= 32


def test_a_retired_anchor_says_where_its_paragraph_went(client):
    text = make_speech(body="<p>First words.</p><p>Second, another matter.</p>").texts.get()
    text.body = "<p>First words.</p>"
    text.save()

    shown = page(client, text.get_absolute_url())

    assert '<p class="retired" id="p2">' in shown


def test_the_chosen_option_of_a_filter_stays_chosen(client):
    make_initiative(slug="compact", name="Compact <of> 2018")

    shown = page(client, "/en/speeches/?initiative=compact&country=CH&status=bad%22value")

    assert '<option value="compact" selected>Compact &lt;of&gt; 2018</option>' in shown
    assert '<option value="CH" selected>Switzerland</option>' in shown
