"""Signing in: one door, the same answers for everybody, and only so many tries."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iomsite.audit.models import AuditEntry
from tests.accounts.entering import LOGIN, PASSWORD, is_signed_in, sign_in
from tests.make import make_staff

pytestmark = pytest.mark.django_db


def last(action):
    return AuditEntry.objects.filter(action=action).first()


def normal(response, *names):
    """Return a page without what may differ from one request to the next."""
    text = response.content.decode()
    for name in (*names, response.wsgi_request.META.get("CSRF_COOKIE", "-")):
        text = text.replace(name, "…")
    start = text.find('name="csrfmiddlewaretoken" value="')
    return text if start < 0 else text[:start] + text[start + 110 :]


def test_staff_come_in_and_land_where_they_wanted_to_go(client):
    user = make_staff()

    response = sign_in(client, user.username, next="/admin/speeches/speech/")

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"] == "/admin/speeches/speech/"
    assert is_signed_in(client)
    assert last("account.signed_in").actor == user.pk


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"],
)
def test_nobody_is_led_to_another_site_after_signing_in(client, target):
    response = sign_in(client, make_staff().username, next=target)

    assert response["Location"] == "/admin/"


def test_the_admin_s_own_door_leads_to_the_one_door(client):
    for ask in (client.get, client.post):
        response = ask("/admin/login/?next=/admin/auth/user/")
        assert response["Location"] == f"{LOGIN}?next=/admin/auth/user/"

    response = client.get("/admin/speeches/speech/")
    assert client.get(response["Location"])["Location"].startswith(LOGIN)


def test_who_is_in_and_no_staff_is_told_so_and_not_led_in_circles(client):
    user = User.objects.create_user("reader", password=PASSWORD)
    client.force_login(user)

    response = client.get("/admin/", follow=True)

    assert response.status_code == HTTPStatus.FORBIDDEN


def test_nobody_can_sign_up(client):
    for path in ("signup/", "email/", "confirm-email/", "login/code/", "signup/passkey/"):
        for ask in (client.get, client.post):
            assert ask(f"/accounts/{path}", follow=True).status_code == HTTPStatus.NOT_FOUND


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(client):
    make_staff(username="known")
    make_staff(username="closed", is_active=False)

    pages = {
        normal(sign_in(Client(), name, "wrong"), name)
        for name in ("known", "closed", "no-such-name")
    }

    assert len(pages) == 1
    assert "known" not in pages.pop()


def test_the_right_password_of_a_closed_account_gets_that_page_too(client):
    make_staff(username="closed", is_active=False)

    assert normal(sign_in(Client(), "closed"), "closed") == normal(
        sign_in(Client(), "no-such-name"), "no-such-name"
    )


def test_ten_wrong_passwords_close_an_account_even_to_the_right_one():
    user = make_staff()
    for number in range(9):
        answer = sign_in(Client(), user.username, "wrong", address=f"192.0.2.{number}")
        assert answer.status_code == HTTPStatus.OK

    closing = sign_in(Client(), user.username, "wrong", address="192.0.2.50")
    after = sign_in(Client(), user.username, address="192.0.2.51")

    assert closing.status_code == after.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert after["Retry-After"] == "900"
    assert "Wait for 15 minutes" in after.content.decode()


def test_nine_wrong_passwords_do_not():
    user, client = make_staff(), Client()
    for number in range(9):
        sign_in(Client(), user.username, "wrong", address=f"192.0.2.{number}")

    sign_in(client, user.username, address="192.0.2.51")

    assert is_signed_in(client)


def test_a_name_that_nobody_has_closes_in_the_same_way():
    make_staff(username="known")
    answers = {}
    for name in ("known", "no-such-name"):
        tries = [sign_in(Client(), name, "wrong", address=f"192.0.2.{n}") for n in range(11)]
        answers[name] = [(answer.status_code, normal(answer, name)) for answer in tries]

    assert answers["known"] == answers["no-such-name"]


@pytest.mark.parametrize("other", ["ADA", " ada", "Ada "])
def test_writing_the_name_otherwise_gives_no_more_tries(other):
    make_staff(username="ada")
    for number in range(10):
        sign_in(Client(), other if number % 2 else "ada", "wrong", address=f"192.0.2.{number}")

    assert sign_in(Client(), "ada").status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_the_owner_gets_in_again_after_a_quarter_of_an_hour_even_if_others_go_on():
    user, client, start = make_staff(), Client(), timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(10):
            sign_in(Client(), user.username, "wrong")
        clock.shift(timedelta(minutes=14))
        answer = sign_in(Client(), user.username, "wrong", address="192.0.2.9")
        assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
        clock.shift(timedelta(minutes=1, seconds=1))
        sign_in(client, user.username, address="192.0.2.77")

    assert is_signed_in(client)


def test_fifty_wrong_passwords_close_an_address_and_no_other():
    user = make_staff()
    for number in range(50):
        answer = sign_in(Client(), f"name-{number}", "wrong", address="198.51.100.7")
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS

    there, elsewhere = Client(), Client()
    sign_in(there, user.username, address="198.51.100.7")
    sign_in(elsewhere, user.username, address="198.51.100.8")

    assert not is_signed_in(there)
    assert is_signed_in(elsewhere)


def test_an_ipv6_household_counts_as_one_address():
    for number in range(50):
        sign_in(Client(), f"name-{number}", "wrong", address=f"2001:db8::{number:x}")

    answer = sign_in(Client(), "another", "wrong", address="2001:db8::ffff")
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "nonsense", "192.0.2.1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_only_what_our_own_proxies_say_of_the_address_is_believed(
    client, settings, proxies, forwarded, seen
):
    settings.PROXY_COUNT = proxies
    client.post(LOGIN, {"login": "ada", "password": "wrong"}, REMOTE_ADDR="192.0.2.1",
                HTTP_X_FORWARDED_FOR=forwarded)  # fmt: skip

    assert last("account.sign_in_failed").data["address"] == seen


def test_failed_tries_and_the_closing_are_in_the_log_and_tries_at_a_closed_door_are_not():
    user = make_staff()
    for _ in range(14):
        sign_in(Client(), user.username, "wrong")

    assert AuditEntry.objects.filter(action="account.sign_in_failed").count() == 10
    assert AuditEntry.objects.filter(action="account.locked_out").count() == 1
    assert "wrong" not in str(list(AuditEntry.objects.values_list("data", flat=True)))


def test_no_password_is_kept_of_a_failed_try():
    from axes.models import AccessAttempt  # noqa: PLC0415

    sign_in(Client(), "ada", "my secret password")

    attempt = AccessAttempt.objects.get()
    assert "secret" not in f"{attempt.post_data}{attempt.get_data}"


@pytest.mark.parametrize(
    "name",
    [
        "x" * 10_000,
        "nul\x00",
        "\ud800".encode("utf-8", "surrogatepass"),
        "’; DROP TABLE auth_user",
        "\u200e\u200f",
        "",
    ],
)
def test_any_name_is_answered(client, name):
    response = client.post(LOGIN, {"login": name, "password": "wrong"})

    assert response.status_code == HTTPStatus.OK


def test_the_session_gets_a_new_name_at_sign_in(client):
    client.get(LOGIN)
    user = make_staff()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    sign_in(client, user.username)

    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_is_in_the_log(client):
    user = make_staff()
    sign_in(client, user.username)

    client.post(reverse("account_logout"))

    assert not is_signed_in(client)
    assert last("account.signed_out").actor == user.pk


def test_a_visitor_gets_no_cookie_on_public_pages(client):
    for path in ("/", "/en/", "/en/search/", "/en/speeches/", "/en/nothing/"):
        assert not client.get(path).cookies
