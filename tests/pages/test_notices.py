"""Notices on every page: by the database's clock, in the reader's language, from publishers."""

from datetime import timedelta
from http import HTTPStatus
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iomsite.audit.models import AuditEntry
from iomsite.pages.models import SiteNotice, SiteNoticeText
from tests.forms import errors_of, submit
from tests.make import make_speech, make_staff

pytestmark = pytest.mark.django_db

LIST = "/admin/pages/sitenotice/"


def at(seconds):
    return timezone.now() + timedelta(seconds=seconds)


def make_notice(*, text="The site closes on Sunday.", starts_in=-60, ends_in=None, **values):
    """Make a notice with an English text, shown since a minute ago unless a test says otherwise."""
    ends_at = None if ends_in is None else at(ends_in)
    notice = SiteNotice.objects.create(starts_at=at(starts_in), ends_at=ends_at, **values)
    SiteNoticeText.objects.create(notice=notice, language="en", text=text)
    return notice


def page_of(client, address="/en/about/"):
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    "address", ["/en/", "/en/speeches/", "/en/search/?q=x", "/fr/about/", "/en/none/"]
)
def test_a_notice_is_on_every_page(client, address):
    make_notice()

    assert "The site closes on Sunday." in page_of(client, address)


@pytest.mark.parametrize(("starts_in", "ends_in"), [(60, None), (60, 120), (-120, -60)])
def test_a_notice_is_shown_in_its_time_only(client, starts_in, ends_in):
    make_notice(starts_in=starts_in, ends_in=ends_in)

    assert "The site closes" not in page_of(client)
    assert "site-notices" not in page_of(client)


def test_the_times_of_a_notice_are_boundaries_of_the_cache(client, settings):
    settings.PAGE_MAX_AGE = 600
    make_notice(starts_in=-60, ends_in=40)

    told = client.get("/en/about/")["Cache-Control"]

    assert 0 < int(told.removeprefix("public, max-age=")) <= 40


@pytest.mark.django_db(transaction=True)
def test_a_notice_comes_and_goes_by_itself_from_pages_that_are_kept(client):
    make_notice(starts_in=1, ends_in=2.5)
    seen = []
    end = timezone.now() + timedelta(seconds=3.5)
    while timezone.now() < end:
        seen.append("The site closes" in page_of(client))

    changes = [now for before, now in pairwise(seen) if before != now]
    assert seen[0] is False
    assert changes == [True, False]


def test_it_speaks_the_readers_language_or_says_which_it_speaks(client):
    notice = make_notice()
    SiteNoticeText.objects.create(notice=notice, language="ar", text="الموقع مغلق يوم الأحد.")

    assert "الموقع مغلق" in page_of(client, "/ar/about/")
    assert '<bdi lang="en" dir="ltr">The site closes' in page_of(client, "/fr/about/")


def test_html_in_a_notice_is_shown_as_it_was_typed(client):
    make_notice(text="<script>alert(1)</script> & <b>more</b>")

    page = page_of(client)

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page
    assert "<script>alert" not in page


def test_warnings_come_first_and_then_the_newest(client):
    for text, kind in (("First", "information"), ("Second", "warning"), ("Third", "information")):
        make_notice(text=f"{text} notice.", kind=kind)

    page = page_of(client)

    places = [page.index(f"{text} notice.") for text in ("Second", "Third", "First")]
    assert places == sorted(places)
    assert page.count("Warning:") == 1


def test_notices_cost_no_query(client):
    make_speech()

    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/speeches/")
        return len(queries)

    without = count()
    for _number in range(3):
        make_notice()

    assert count() == without


def test_a_notice_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_notice(starts_in=60, ends_in=30)


# -- The admin ----------------------------------------------------------------------------


def logged_in(role: str) -> Client:
    client = Client()
    client.force_login(make_staff(role))
    return client


def test_a_publisher_puts_up_a_notice_and_takes_it_down(client):
    publisher = logged_in("publisher")
    values = {"texts-0-language": "en", "texts-0-text": "Offices are closed."}
    response = submit(publisher, f"{LIST}add/", **values)
    assert response.status_code == HTTPStatus.FOUND, errors_of(response)
    assert "Offices are closed." in page_of(client)

    notice = SiteNotice.objects.get()
    publisher.post(f"{LIST}{notice.pk}/delete/", {"post": "yes"})

    assert "Offices are closed." not in page_of(client)
    actions = AuditEntry.objects.filter(kind="pages.sitenotice").order_by("sequence")
    assert [entry.action for entry in actions] == ["site_notice.added", "site_notice.deleted"]
    assert actions[0].data["texts"] == {"en": "Offices are closed."}


def test_a_notice_without_words_is_refused():
    response = submit(logged_in("publisher"), f"{LIST}add/", **{"texts-0-text": "   "})

    assert errors_of(response)
    assert not SiteNotice.objects.exists()


@pytest.mark.parametrize("role", ["editor", "reviewer"])
@pytest.mark.parametrize("address", ["", "add/", "{}/change/", "{}/delete/"])
def test_nobody_else_gets_at_notices(role, address):
    notice = make_notice()

    response = logged_in(role).get(LIST + address.format(notice.pk))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "sitenotice" not in logged_in(role).get("/admin/pages/").content.decode()


def test_the_list_says_which_are_shown_in_a_fixed_number_of_queries(django_assert_num_queries):
    client = logged_in("publisher")
    make_notice(text="Now")
    with CaptureQueriesContext(connection) as queries:
        client.get(LIST)
    make_notice(text="Later", starts_in=60)
    make_notice(text="Before", starts_in=-60, ends_in=-30)

    with django_assert_num_queries(len(queries)):
        page = client.get(LIST).content.decode()

    assert all(word in page for word in ("Not yet", "Yes", "No longer"))
