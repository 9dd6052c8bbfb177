"""The headers of every answer, over every address of the site, whatever is added to it."""

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django.utils.regex_helper import normalize
from django.utils.translation import override

from iomsite.security import STAFF_PLACES
from speeches.models import Attachment, Speech
from tests.hostile_files import picture
from tests.loaded import loaded_for_a_class
from tests.make import make_organization, make_speech, make_staff
from tests.world import PATHS, make_world, path_of

SAMPLES = {"checksum": "0" * 64, "content_type_id": "1", "token": "0" * 32}
"""Values for blanks that take no word; none of them leads anywhere."""


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Yield every address that the site knows, with something in each blank."""
    for pattern in resolver.url_patterns:
        route = prefix + pattern.pattern.regex.pattern.removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            blanks = getattr(pattern.pattern, "converters", {})
            words, names = normalize(route.replace(r"\Z", ""))[0]
            yield "/" + words % {
                name: SAMPLES.get(name, "1" if isinstance(blanks.get(name), IntConverter) else "x")
                for name in names
            }


def addresses() -> list[str]:
    with override("en"):
        return sorted(set(patterns(get_resolver())))


def public_addresses() -> list[str]:
    return [address for address in addresses() if not address.startswith(STAFF_PLACES)]


def test_the_list_of_addresses_is_the_sites_own():
    found = addresses()

    assert len(found) > 150
    for address in ("/en/", "/en/speeches/x/", "/files/" + "0" * 64 + "/x", "/healthz/"):
        assert address in found
    assert {path_of(kind).split("?")[0] for kind in ("home", "search", "glossary")} <= set(found)


def check_headers(response, *, is_staff_place: bool) -> None:
    policy = response["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "'none'"
    assert directives["base-uri"] == "'none'"
    assert "unsafe" not in directives["script-src"]
    if not is_staff_place:
        assert directives["script-src"] == "'self'"
        assert "unsafe" not in policy
        assert "nonce" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    private = {"same-origin", "no-referrer"}
    allowed = private if is_staff_place else private | {"strict-origin-when-cross-origin"}
    assert response["Referrer-Policy"] in allowed


@pytest.mark.django_db
class TestEveryAddress:
    """One world for all of them; nothing here changes it."""

    @pytest.fixture(scope="class", autouse=True)
    def world(self, django_db_setup, django_db_blocker):
        with loaded_for_a_class(django_db_blocker):
            yield make_world()

    @pytest.mark.parametrize("address", public_addresses())
    def test_a_visitor_gets_the_headers_and_no_cookie(self, client, address):
        response = client.get(address)

        assert not response.cookies
        check_headers(response, is_staff_place=False)

    @pytest.mark.parametrize("language", ["en", "ar"])
    @pytest.mark.parametrize("kind", PATHS)
    def test_a_page_of_every_kind_has_them_too(self, client, kind, language):
        response = client.get(path_of(kind, language))

        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        check_headers(response, is_staff_place=False)

    def test_so_has_every_address_of_the_staff_for_a_visitor(self, client):
        places = [address for address in addresses() if address.startswith(STAFF_PLACES)]
        assert len(places) > 100
        client.raise_request_exception = False

        for address in places:
            check_headers(client.get(address), is_staff_place=True)

    def test_and_for_staff(self, client):
        client.force_login(make_staff())
        names = ["index", "speeches_speech_changelist", "speeches_speech_add",
                 "initiatives_organization_changelist", "speeches_speech_import"]  # fmt: skip

        for name in names:
            response = client.get(reverse(f"admin:{name}"))

            assert response.status_code == HTTPStatus.OK
            check_headers(response, is_staff_place=True)
            assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_file_and_a_picture_have_them_too(client):
    organization = make_organization(
        logo=ContentFile(picture(), name="x.png"), logo_alternative="A square"
    )
    attachment = Attachment.objects.create(
        speech=make_speech(), title="File", file=ContentFile(b"%PDF-1.7", name="x.pdf")
    )

    for address in (attachment.get_absolute_url(), f"/media/{organization.logo.name}"):
        response = client.get(address)

        assert response.status_code == HTTPStatus.OK
        assert not response.cookies
        check_headers(response, is_staff_place=False)


ERRORS = {
    HTTPStatus.NOT_FOUND: {"path": "/en/nothing/here/"},
    HTTPStatus.BAD_REQUEST: {"path": "/en/", "headers": {"host": "evil.example"}},
    HTTPStatus.METHOD_NOT_ALLOWED: {"path": "/en/", "method": "POST"},
    HTTPStatus.MOVED_PERMANENTLY: {"path": "/en/about"},
    HTTPStatus.FOUND: {"path": "/"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("status", ERRORS)
def test_errors_and_redirects_have_the_headers_too(status):
    request = {"method": "GET", **ERRORS[status]}
    client = Client(enforce_csrf_checks=False)

    response = client.generic(request.pop("method"), request.pop("path"), **request)

    assert response.status_code == status
    assert not response.cookies
    check_headers(response, is_staff_place=False)


@pytest.mark.django_db
def test_a_page_that_breaks_has_the_headers_too(client, monkeypatch):
    monkeypatch.setattr("iomsite.views.count_everything", None)
    client.raise_request_exception = False

    response = client.get("/en/about/")

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    check_headers(response, is_staff_place=False)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["testserver", "evil.example"])
def test_a_request_that_is_refused_at_the_door_has_the_headers_too(client, settings, host):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/en/", headers={"host": host})

    assert response.status_code in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.BAD_REQUEST}
    check_headers(response, is_staff_place=False)


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_with_the_headers(settings):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/admin/login/", {"username": "x", "password": "x"})

    assert response.status_code == HTTPStatus.FORBIDDEN
    check_headers(response, is_staff_place=True)


@pytest.mark.django_db
def test_https_is_remembered_once_it_is_used(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True

    secured, plain = client.get("/en/", secure=True), client.get("/en/")

    assert secured["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "Strict-Transport-Security" not in plain


@pytest.mark.django_db
def test_a_page_is_the_same_bytes_each_time_so_that_it_can_be_kept(client):
    speech = make_speech()

    pages = {client.get(speech.get_absolute_url()).content for _time in range(2)}

    assert len(pages) == 1
    assert Speech.objects.count() == 1
