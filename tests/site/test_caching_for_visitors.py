"""The page cache: how long a page may be used, and that it is everybody's or nobody's."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.apps import apps
from django.core.cache.backends.base import BaseCache
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from iomsite.caching import answers, registry, state
from iomsite.publishing.models import Status
from tests.kept import LIST, is_kept, page_at, queries_of
from tests.make import make_organization, make_person, make_speech, make_staff
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


# -- Time ---------------------------------------------------------------------------------


def in_seconds(number):
    return timezone.now() + timedelta(seconds=number)


def max_age(response):
    return int(response["Cache-Control"].removeprefix("public, max-age="))


def test_no_page_may_be_used_beyond_the_next_embargo(client, settings):
    settings.PAGE_MAX_AGE = 3600
    make_speech()
    assert 30 < max_age(client.get(LIST)) <= 3600

    make_person(published_at=in_seconds(30))

    made, kept = client.get(LIST), client.get(LIST)
    assert 0 < max_age(made) <= 30
    assert max_age(kept) <= max_age(made)


def test_what_a_view_allows_itself_is_bounded_too(client):
    make_speech()
    index_everything()
    assert max_age(client.get("/en/search/feed/")) == 300

    make_person(published_at=in_seconds(20))

    for address in ("/en/search/feed/", "/en/search/results.json", "/en/search/results.csv"):
        assert max_age(client.get(address)) <= 20, address


def test_the_next_boundary_is_the_first_of_all_kinds():
    kinds = {model: model._meta.label_lower for model in apps.get_models()}
    public = [model for model in kinds if issubclass(model, registry.Publishable)]
    assert len(registry.embargoes()) == len(public) >= 9

    make_speech(published_at=in_seconds(90))
    make_organization(published_at=in_seconds(60))

    assert 55 <= state.read().seconds_left <= 60


def test_a_new_day_makes_new_pages():
    held = state.Held("", 0, 7, timezone.now(), None, {})
    late = timezone.now().replace(hour=23, minute=59, second=59)

    today, tomorrow = state._state(held, late), state._state(held, late + timedelta(seconds=2))

    assert today.version != tomorrow.version
    assert today.seconds_left <= 1


@pytest.mark.parametrize("fails", [False, True])
def test_what_is_due_is_done_before_the_page_is_made(client, monkeypatch, fails):
    made = []

    def act():
        made.append(make_speech(title="Due now"))
        if fails:
            raise ValueError("It cannot be done.")

    people = make_person()._meta.model.objects
    monkeypatch.setattr(registry.registered, "due", [(lambda: people.filter(slug="due"), act)])
    monkeypatch.setattr(state, "long_statement", state.long_statement.__wrapped__)
    assert "Due now" not in page_at(client)
    make_person(slug="due")

    assert "Due now" in page_at(client)
    assert len(made) == 1


# -- Whose page ---------------------------------------------------------------------------


def test_staff_see_their_own_pages_and_leave_none_behind(client):
    draft = make_speech(title="A secret draft", status=Status.DRAFT)
    page_at(client)
    client.force_login(make_staff())

    response = client.get(draft.get_absolute_url())
    client.get(LIST)

    assert response.status_code == HTTPStatus.OK
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    client.logout()
    client.cookies.clear()
    assert client.get(draft.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


UNKEYED = {
    "X-Forwarded-Host": "canary.example", "X-Host": "canary.example", "Forwarded": "host=canary",
    "X-Original-URL": "/canary", "X-Rewrite-URL": "/canary", "X-Forwarded-Prefix": "/canary",
    "X-Forwarded-Scheme": "canary", "X-HTTP-Method-Override": "POST", "Origin": "https://canary",
    "Accept-Language": "ar", "User-Agent": "canary", "Referer": "https://canary.example/",
    "HX-Request": "true", "HX-Boosted": "true", "HX-Target": "canary", "Range": "bytes=0-9",
    "Accept": "application/canary", "X-Requested-With": "XMLHttpRequest",
    "Cookie": "django_language=ar; csrftoken=canary; messages=canary; other=canary",
    "Authorization": "Basic canary", "Prefer": "canary", "X-Forwarded-For": "canary",
}  # fmt: skip


@pytest.mark.parametrize("name", UNKEYED)
def test_nothing_a_visitor_sends_beside_the_address_gets_into_the_page(client, name):
    make_speech()
    before = page_at(client)
    make_person()  # from here on nothing is kept

    sent = client.get(LIST, headers={name: UNKEYED[name]})

    count, response = queries_of(client)
    assert (count, response.content.decode()) == (1, before)
    assert sent.content.decode() == before
    assert "canary" not in str(sent.headers)


def test_what_is_in_the_address_gets_into_its_page_only(client):
    """Guard the test above: a page that shows nothing of a request would pass it."""
    assert "canary" in page_at(client, "/en/search/?q=canary")
    assert "canary" not in page_at(client, "/en/search/")


@pytest.mark.parametrize("cookie", ["other=1", "csrftoken=abc", "django_language=ar"])
def test_a_cookie_of_no_session_changes_nothing(client, cookie):
    make_speech()

    assert is_kept(client, LIST, cookie=cookie)


@pytest.mark.parametrize(
    "address", ["/en/speeches/water/.css", "/en/speeches/water/x.css", "/en/speeches/water;.js",
                "/en/speeches/water/%2e%2e/x.png", "/en/speeches/water%00.css"]
)  # fmt: skip
def test_a_page_does_not_pass_for_a_file(client, address):
    make_speech(slug="water")

    response = client.get(address)

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "ETag" not in response
    assert response["Cache-Control"] == "public, no-cache"


def test_hosts_and_schemes_have_pages_of_their_own(client, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]

    assert 'href="http://one.example/fr/"' in page_at(client, "/en/", host="one.example")
    assert 'href="http://two.example/fr/"' in page_at(client, "/en/", host="two.example")
    refused = client.get("/en/", headers={"host": "evil.example"})
    assert refused.status_code == HTTPStatus.BAD_REQUEST


def shared(**headers):
    return answers.may_be_shared(RequestFactory().get(LIST), HttpResponse(headers=headers))


def test_what_is_one_persons_is_not_shared():
    with_cookie = HttpResponse()
    with_cookie.set_cookie("a", "b")
    with_nonce = RequestFactory().get(LIST)
    with_nonce._csp_nonce = "abc"

    assert shared()
    assert not shared(**{"Cache-Control": "private"})
    assert not shared(**{"Cache-Control": "max-age=0, no-store"})
    assert not shared(Vary="*")
    assert not answers.may_be_shared(RequestFactory().get(LIST), with_cookie)
    assert not answers.may_be_shared(with_nonce, HttpResponse())


def test_addresses_without_end_fill_no_cache(client):
    assert is_kept(client, f"{LIST}?x={'y' * 400}")
    assert not is_kept(client, f"{LIST}?x={'y' * 600}")


class Broken(BaseCache):
    """A cache server that is down."""

    def __init__(self, location, params):
        super().__init__(params)

    def get(self, *args, **kwargs):
        raise ConnectionError("There is nobody.")

    set = get


def test_a_cache_that_is_down_takes_no_page_with_it(client, settings):
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.Broken"}}
    found = answers.find("x")
    answers.keep("x", HttpResponse(), state.read())

    assert found is None
