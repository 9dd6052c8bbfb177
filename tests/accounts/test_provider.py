"""Coming from the organization's sign-in service: to accounts that are there, and no others.

The service is a small server of our own that speaks as one of theirs would.
"""

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.test import Client
from django.urls import clear_url_caches, reverse

from iomsite.accounts.options import Provider, providers
from iomsite.audit.models import AuditEntry
from tests.accounts.entering import add_app, is_signed_in
from tests.make import make_staff

pytestmark = pytest.mark.django_db


class Service(BaseHTTPRequestHandler):
    """Answers what a sign-in service answers; `person` is who signs in there."""

    person: dict = {}
    asked: dict = {}

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.path.endswith("openid-configuration"):
            names = {"issuer": "", "authorization_endpoint": "/authorize", "jwks_uri": "/keys",
                     "token_endpoint": "/token", "userinfo_endpoint": "/me"}  # fmt: skip
            return self.say({name: here + path for name, path in names.items()})
        return self.say(self.person)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).asked = parse_qs(body)
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        claims = self.person | {"iss": here, "aud": "record", "exp": 4_000_000_000}
        token = jwt.encode(claims, "a key of the service that is long enough", headers={"kid": "1"})
        return self.say({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def say(self, value):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def service(settings):
    server = HTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    settings.SOCIALACCOUNT_PROVIDERS = providers(Provider(address, "record", "secret", "Our login"))
    settings.ROOT_URLCONF = "tests.accounts.provider_site"
    clear_url_caches()
    yield Service
    server.shutdown()
    thread.join()
    server.server_close()
    clear_url_caches()


def come(client, service, **person):
    """Go to the service, be recognized there as somebody, and come back."""
    service.person = {"sub": "77", "email_verified": True} | person
    start = client.get("/accounts/oidc/staff/login/")
    state = parse_qs(urlparse(start["Location"]).query)["state"][0]
    return client.get("/accounts/oidc/staff/login/callback/", {"code": "c", "state": state})


def test_somebody_known_by_a_verified_address_comes_in(client, service):
    user = make_staff("editor", email="Ada@example.org")

    response = come(client, service, email="ada@example.org")

    assert response["Location"] == "/admin/"
    assert is_signed_in(client)
    entry = AuditEntry.objects.filter(action="account.signed_in").get()
    assert (entry.actor, entry.data["by"]) == (user.pk, ["socialaccount"])


def test_the_two_stay_bound_when_the_address_changes_there(client, service):
    user = make_staff("editor", email="ada@example.org")
    come(Client(), service, email="ada@example.org")

    come(client, service, email="ada.new@example.org")

    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    "person",
    [
        {"email": "stranger@example.org"},
        {"email": "ada@example.org", "email_verified": False},
        {"email": "closed@example.org"},
        {"email": "twice@example.org"},
        {"email": ""},
        {},
    ],
)
def test_nobody_else_does_and_no_account_is_made(client, service, person):
    make_staff("editor", email="ada@example.org")
    make_staff("editor", email="closed@example.org", is_active=False)
    make_staff("editor", email="twice@example.org")
    make_staff("editor", email="TWICE@example.org")
    before = User.objects.count()

    response = come(client, service, **person)

    assert response["Location"] == reverse("account_login")
    assert "Ask an administrator" in client.get(response["Location"]).content.decode()
    assert not is_signed_in(client)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()
    assert AuditEntry.objects.filter(action="account.sign_in_failed").count() == 1


def test_nothing_the_service_says_gives_rights(client, service):
    user = User.objects.create_user("ada", "ada@example.org")

    come(client, service, email="ada@example.org", groups=["admin"], is_staff=True,
         is_superuser=True, preferred_username="root")  # fmt: skip

    user.refresh_from_db()
    assert (user.username, user.is_staff, user.is_superuser) == ("ada", False, False)


def test_the_second_factor_of_this_site_is_asked_for_as_well(client, service):
    add_app(make_staff("editor", email="ada@example.org"))

    response = come(client, service, email="ada@example.org")

    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_a_closed_account_that_is_bound_stays_out(client, service):
    user = make_staff("editor", email="ada@example.org")
    come(Client(), service, email="ada@example.org")
    User.objects.filter(pk=user.pk).update(is_active=False)

    come(client, service, email="ada@example.org")

    assert not is_signed_in(client)


def test_an_answer_that_nobody_asked_for_is_refused(client, service):
    make_staff("editor", email="ada@example.org")
    service.person = {"sub": "77", "email": "ada@example.org", "email_verified": True}

    answer = client.get("/accounts/oidc/staff/login/callback/", {"code": "c", "state": "made up"})

    assert answer.status_code in {HTTPStatus.FOUND, HTTPStatus.OK}
    assert not is_signed_in(client)


def test_the_code_is_bound_to_the_browser_that_asked_for_it(client, service):
    make_staff("editor", email="ada@example.org")

    come(client, service, email="ada@example.org")

    assert service.asked["code_verifier"]


def test_the_door_shows_the_service_only_where_there_is_one(client, service):
    assert "Log in with Our login" in client.get(reverse("account_login")).content.decode()


def test_without_a_service_there_is_no_such_door(client):
    assert "Log in with" not in client.get(reverse("account_login")).content.decode()
    answer = client.get("/accounts/oidc/staff/login/", follow=True)
    assert answer.status_code == HTTPStatus.NOT_FOUND
