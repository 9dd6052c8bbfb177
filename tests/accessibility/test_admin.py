"""The pages of the admin that the project changed, by the rules of axe, in both directions."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from iomsite.publishing.workflow import perform
from speeches.models import Speech
from tests.accessibility.test_axe import ALL_RULES, COLOURS, readable
from tests.make import make_speech, make_staff
from tests.reading import Reader

pytestmark = pytest.mark.accessibility

# Django's tables of rows have a heading without words over the column of their names.
MINOR = {"empty-table-header"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_admin_breaks_no_rule_of_axe(reader: Reader, language: str) -> None:
    speech = Speech.objects.first()
    assert speech is not None
    draft = make_speech(
        status="draft", body='<p>More <a href="x">here</a> on it.</p>', speaker="Somebody"
    )
    make_speech(title="Embargoed", published_at=timezone.now() + timedelta(days=1))
    perform("submit", draft, make_staff())
    page = reader.page
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(f"{reader.site}/admin/login/")
    found = Axe().run(page, options=ALL_RULES).response["violations"]
    page.fill("#id_login", make_staff().username)
    page.fill("#id_password", "a long test password")
    page.click("main button[type=submit]")
    for address in (
        "",
        "speeches/speech/",
        f"speeches/speech/{speech.pk}/change/",
        "speeches/speech/add/",
        "initiatives/organization/",
        "initiatives/organization/add/",
        "initiatives/person/add/",
        "initiatives/meeting/add/",
        "initiatives/organization/import/",
        "initiatives/organization/export/",
        "pages/page/",
        f"speeches/speech/{draft.pk}/change/",
        f"speeches/speech/{draft.pk}/workflow/publish/",
        "embargoes/",
        f"speeches/speech/{speech.pk}/workflow/",
        f"speeches/speech/{speech.pk}/workflow/withdraw/",
    ):
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(f"{reader.site}/admin/{address}")
        page.wait_for_load_state("networkidle")
        found += Axe().run(page, options=ALL_RULES).response["violations"]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += Axe().run(page, options=COLOURS).response["violations"]

    broken = [violation for violation in found if violation["id"] not in MINOR]
    assert not broken, "\n".join(readable(violation) for violation in broken)
