"""Sessions end: unused, after a day's work, at a new password, when the account is closed."""

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from iomsite.audit.models import AuditEntry
from tests.accounts.entering import PASSWORD, confirm, is_signed_in, sign_in
from tests.make import make_staff

pytestmark = pytest.mark.django_db


def opens(client):
    return client.get("/admin/").status_code == HTTPStatus.OK


@pytest.fixture
def limits(settings):
    settings.SESSION_IDLE_SECONDS, settings.SESSION_COOKIE_AGE = 3600, 10 * 3600


def test_a_session_ends_when_it_is_not_used(client, limits):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, make_staff().username)
        clock.shift(timedelta(minutes=59))
        assert opens(client)
        clock.shift(timedelta(minutes=61))
        assert not opens(client)

    entry = AuditEntry.objects.filter(action="account.signed_out").get()
    assert entry.data["reason"] == "unused"


def test_a_session_ends_after_a_day_s_work_however_much_it_is_used(client, limits):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, make_staff().username)
        for _ in range(20):
            clock.shift(timedelta(minutes=30))
            assert opens(client)
        clock.shift(timedelta(minutes=1))
        assert not opens(client)


def test_who_was_signed_out_is_told_why(client, limits):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, make_staff().username)
        clock.shift(timedelta(hours=2))
        page = client.get("/admin/", follow=True).content.decode()

    assert "You were signed out to keep your account safe." in page


def test_use_is_noted_once_a_minute_and_not_with_every_page(client, limits):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, make_staff().username)
        before = client.session["seen_at"]
        clock.shift(timedelta(seconds=50))
        client.get("/admin/")
        assert client.session["seen_at"] == before
        clock.shift(timedelta(seconds=50))
        client.get("/admin/")
        assert client.session["seen_at"] == before + 100


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(client):
    user, other = make_staff(), Client()
    for visitor in (client, other):
        sign_in(visitor, user.username)
    confirm(client)

    new = "quite another long password"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )

    assert opens(client)
    assert not opens(other)
    entry = AuditEntry.objects.filter(action="account.password_changed").first()
    assert (entry.actor, entry.item) == (user.pk, user.pk)


def test_a_password_set_by_an_administrator_ends_all_sessions_of_the_account(client):
    user, admin = make_staff("editor"), Client()
    sign_in(client, user.username)
    sign_in(admin, make_staff().username)

    new = "quite another long password"
    admin.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {"password1": new, "password2": new, "usable_password": "true"},
    )

    assert not opens(client)
    assert AuditEntry.objects.filter(action="account.password_changed", item=user.pk).exists()


def test_a_closed_account_is_out_at_once(client):
    user = make_staff()
    sign_in(client, user.username)

    user.is_active = False
    user.save()

    assert not opens(client)
    assert not is_signed_in(Client())


def test_the_cookie_is_for_this_site_only_and_no_script_reads_it(client):
    sign_in(client, make_staff().username)

    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]
