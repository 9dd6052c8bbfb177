"""A security key in a real browser: set up and used under the strict policy of scripts."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.accounts.entering import PASSWORD
from tests.make import make_staff
from tests.reading import Reader

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def site_by_name(reader: Reader) -> str:
    """Return the site's address by a name: keys are bound to names, not to numbers."""
    return reader.site.replace("127.0.0.1", "localhost")


def type_password(page: Any, name: str = "") -> None:
    if name:
        page.fill("#id_login", name)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")


def wait_for_key(user: Any) -> None:
    end = time.monotonic() + 10
    while not Authenticator.objects.filter(user=user, type="webauthn").exists():
        assert time.monotonic() < end, "The key was not stored."
        time.sleep(0.1)


def test_a_security_key_is_added_and_opens_the_admin(reader: Reader) -> None:
    user, page, site = make_staff("publisher"), reader.page, site_by_name(reader)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    page.goto(f"{site}/accounts/login/")
    type_password(page, user.username)
    page.goto(f"{site}/accounts/second-factor/webauthn/add/")
    type_password(page)
    page.click("#mfa_webauthn_add")
    wait_for_key(user)

    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/")
    type_password(page, user.username)
    page.wait_for_url("**/second-factor/authenticate/")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/admin/")

    assert reader.complaints == []


def test_signing_in_works_by_keyboard_and_without_scripts(reader: Reader, browser: Any) -> None:
    user = make_staff("editor")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{reader.site}/accounts/login/")
    page.focus("#id_login")
    page.keyboard.type(user.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
