"""Second factors: asked for when there are some, guessed no more often than passwords."""

from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from iomsite.audit.models import AuditEntry
from tests.accounts.entering import (
    add_app,
    code_of,
    confirm,
    is_signed_in,
    send_code,
    sign_in,
)
from tests.make import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def last(action):
    return AuditEntry.objects.filter(action=action).first()


def test_the_password_alone_opens_nothing_where_there_is_a_second_factor(client):
    user = make_staff()
    add_app(user)

    response = sign_in(client, user.username)

    assert response["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get("/admin/").status_code == HTTPStatus.FOUND
    assert last("account.signed_in") is None


def test_the_code_of_the_app_opens_it(client):
    user = make_staff()
    secret = add_app(user)
    sign_in(client, user.username, next="/admin/speeches/speech/")

    response = send_code(client, code_of(secret))

    assert response["Location"] == "/admin/speeches/speech/"
    assert is_signed_in(client)
    assert last("account.signed_in").data["by"] == ["password", "mfa"]


def test_a_code_works_once(client):
    user = make_staff()
    secret = add_app(user)
    code = code_of(secret)
    for visitor in (client, other := Client()):
        sign_in(visitor, user.username)
        send_code(visitor, code)

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_a_recovery_code_works_once(client):
    user = make_staff()
    add_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for visitor in (client, other := Client()):
        sign_in(visitor, user.username)
        send_code(visitor, code)

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_ten_wrong_codes_close_the_door_to_the_right_one_and_to_the_password(client):
    user = make_staff()
    secret = add_app(user)
    sign_in(client, user.username)
    for number in range(10):
        send_code(client, "000000", address=f"192.0.2.{number}")

    right = send_code(client, code_of(secret), address="192.0.2.99")

    assert right.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert not is_signed_in(client)
    assert sign_in(Client(), user.username).status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert last("account.sign_in_failed").data["second_factor"] is True


def test_wrong_codes_and_wrong_passwords_count_together(client):
    user = make_staff()
    add_app(user)
    for _ in range(5):
        sign_in(Client(), user.username, "wrong")
    sign_in(client, user.username)
    for _ in range(4):
        answer = send_code(client, "000000")
        assert answer.status_code == HTTPStatus.OK

    assert send_code(client, "000000").status_code == HTTPStatus.TOO_MANY_REQUESTS


def test_an_app_is_set_up_on_the_account_s_own_page_and_noted(client):
    user = make_staff()
    sign_in(client, user.username)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert Authenticator.objects.filter(user=user, type="totp").exists()
    entry = AuditEntry.objects.filter(action="account.second_factor_added", data__type="totp").get()
    assert (entry.actor, entry.item) == (user.pk, user.pk)


def test_taking_an_app_away_is_noted(client):
    user = make_staff()
    sign_in(client, user.username)
    confirm(client)
    add_app(user)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=user).exists()
    assert last("account.second_factor_removed").item == user.pk


def test_changing_factors_needs_the_password_again(client):
    sign_in(client, make_staff().username)

    response = client.get(reverse("mfa_activate_totp"))

    assert response["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("role", ["publisher", ""])
@pytest.mark.parametrize("path", ["/admin/", "/admin/speeches/speech/", "/en/", "/en/styleguide/"])
def test_who_may_publish_is_led_to_set_one_up_first(client, required, role, path):
    client.force_login(make_staff(role))

    assert client.get(path)["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_who_may_not_publish_needs_none(client, required, role):
    client.force_login(make_staff(role))

    assert client.get("/admin/").status_code == HTTPStatus.OK


def test_the_admin_opens_once_there_is_one(client, required):
    user = make_staff("publisher")
    secret = add_app(user)
    sign_in(client, user.username)
    send_code(client, code_of(secret))

    assert client.get("/admin/").status_code == HTTPStatus.OK


def test_recovery_codes_alone_are_no_second_factor(client, required):
    user = make_staff("publisher")
    RecoveryCodes.activate(user)
    client.force_login(user)

    assert client.get("/admin/")["Location"] == reverse("mfa_index")


def test_the_page_where_it_is_set_up_says_why(client, required):
    client.force_login(make_staff("publisher"))

    page = client.get("/admin/", follow=True).content.decode()

    assert "Set one up, an app or a security key" in page


def test_without_the_setting_nobody_needs_one(client):
    client.force_login(make_staff("publisher"))

    assert client.get("/admin/").status_code == HTTPStatus.OK


def test_visitors_see_the_site_as_ever_and_get_no_cookie(client, required):
    response = client.get("/en/")

    assert response.status_code == HTTPStatus.OK
    assert not response.cookies


def test_an_administrator_removes_the_factors_of_who_lost_the_telephone(client):
    user = make_staff("editor")
    add_app(user)
    admin = make_staff()
    client.force_login(admin)

    client.post(
        reverse("admin:auth_user_changelist"),
        {"action": "remove_second_factors", "_selected_action": [user.pk]},
    )

    assert not Authenticator.objects.filter(user=user).exists()
    entry = last("account.second_factor_removed")
    assert entry is not None
    assert (entry.actor, entry.item) == (admin.pk, user.pk)


def test_the_secrets_of_factors_stand_nowhere_in_the_admin(client):
    user = make_staff("editor")
    secret = add_app(user)
    client.force_login(make_staff())

    answer = client.get("/admin/mfa/authenticator/", follow=True)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    page = client.get(reverse("admin:auth_user_change", args=[user.pk])).content.decode()
    assert secret not in page


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn",
     "mfa_generate_recovery_codes", "account_change_password", "account_logout"],
)  # fmt: skip
def test_every_page_of_the_account_opens_and_is_kept_nowhere(client, name):
    user = make_staff(email="ada@example.org")
    sign_in(client, user.username)
    confirm(client)
    add_app(user) if name == "mfa_generate_recovery_codes" else None

    page = client.get(reverse(name))

    assert page.status_code == HTTPStatus.OK
    assert "<script>" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_role_of_the_second_factor_is_asked_for_by_permission_not_by_name(client, required):
    user = make_staff("editor")
    user.groups.add(Group.objects.get(name="publisher"))
    client.force_login(user)

    assert client.get("/admin/")["Location"] == reverse("mfa_index")
