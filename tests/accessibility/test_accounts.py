"""The pages about accounts, by the rules of axe, in both directions and in both colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.accessibility.test_axe import ALL_RULES, COLOURS, readable
from tests.accounts.entering import PASSWORD
from tests.make import make_staff
from tests.reading import Reader

pytestmark = pytest.mark.accessibility

OPEN = ["login/", "password/reset/", "password/reset/sent/", "inactive/"]
CLOSED = [
    "second-factor/",
    "second-factor/totp/activate/",
    "second-factor/webauthn/",
    "second-factor/webauthn/add/",
    "password/change/",
    "reauthenticate/",
    "logout/",
]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_accounts_break_no_rule_of_axe(reader: Reader, language: str) -> None:
    page, found = reader.page, []
    page.set_extra_http_headers({"Accept-Language": language})

    def look(address: str) -> None:
        page.emulate_media(color_scheme="light")
        page.goto(f"{reader.site}/accounts/{address}")
        found.extend(Axe().run(page, options=ALL_RULES).response["violations"])
        page.emulate_media(color_scheme="dark")
        found.extend(Axe().run(page, options=COLOURS).response["violations"])

    for address in OPEN:
        look(address)
    page.goto(f"{reader.site}/accounts/login/?next=/accounts/reauthenticate/")
    page.fill("#id_login", make_staff("publisher").username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    for address in CLOSED:
        look(address)

    assert not found, "\n".join(readable(violation) for violation in found)
