"""Coming in as staff do, and the codes that an app would show."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

PASSWORD = "a long test password"
LOGIN = "/accounts/login/"


def sign_in(client, username, password=PASSWORD, *, address="192.0.2.1", **data):
    return client.post(LOGIN, {"login": username, "password": password} | data, REMOTE_ADDR=address)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def add_app(user):
    """Give a user an authenticator app and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert Authenticator.objects.filter(user=user).exists()
    return secret


def code_of(secret, *, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def send_code(client, code, address="192.0.2.1"):
    return client.post(reverse("mfa_authenticate"), {"code": code}, REMOTE_ADDR=address)


def confirm(client, password=PASSWORD):
    """Say the password again, as the pages that change something about an account ask."""
    return client.post(reverse("account_reauthenticate"), {"password": password})
