"""What every answer carries: headers, no cookies, no trace of the inside."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.make import make_page, make_speech, make_staff

pytestmark = pytest.mark.django_db


def test_no_script_may_run_that_the_site_did_not_send(client):
    policy = client.get("/en/")["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == "'none'"


def test_the_admin_runs_scripts_by_nonce_only(client):
    client.force_login(make_staff())

    policy = client.get(reverse("admin:speeches_speech_add"))["Content-Security-Policy"]

    scripts = next(part for part in policy.split(";") if "script-src" in part)
    assert "unsafe" not in scripts
    assert "'nonce-" in scripts


@pytest.mark.parametrize("address", ["/en/", "/en/speeches/", "/en/nothing/here/", "/healthz/"])
def test_a_visitor_gets_no_cookie_and_the_whole_set_of_headers(client, address):
    response = client.get(address)

    assert not response.cookies
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_second_request_for_an_unchanged_page_is_answered_without_it(client):
    make_speech()
    first = client.get("/en/speeches/")

    second = client.get("/en/speeches/", headers={"if-none-match": first["ETag"]})

    assert second.status_code == HTTPStatus.NOT_MODIFIED
    assert second.content == b""


def test_an_error_page_tells_nothing_of_the_inside(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("secret inside")

    monkeypatch.setattr("iomsite.views.count_everything", fail)
    client.raise_request_exception = False

    response = client.get("/en/")

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"secret" not in response.content
    assert b"Something broke" in response.content


def test_health_says_only_that_the_site_answers(client):
    assert client.get("/healthz/").json() == {"status": "ok"}


def test_the_style_guide_is_for_staff(client):
    make_page(title="Who we are")
    assert client.get("/en/styleguide/").status_code == HTTPStatus.FOUND

    client.force_login(make_staff())

    assert client.get("/en/styleguide/").status_code == HTTPStatus.OK


def test_an_unknown_host_is_refused(client):
    assert (
        client.get("/en/", headers={"host": "evil.example"}).status_code == HTTPStatus.BAD_REQUEST
    )


def test_the_box_in_the_header_leads_to_the_search(client):
    page = client.get("/en/about/").content.decode()

    assert 'action="/en/search/"' in page
    assert 'name="q"' in page
