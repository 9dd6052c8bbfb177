"""Importing by upload: the preview, the decision, and who may take it."""

import json
import os
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from iomsite.publishing.models import Status
from speeches.admin import importing
from speeches.models import Speech, SpeechText
from tests.make import make_staff

pytestmark = pytest.mark.django_db

WORDS = "We are grateful to the Government for its welcome, and to all of you for coming here."


def rows(*titles: str, **values: Any) -> bytes:
    defaults = {"text": WORDS, "language": "en", "delivered_on": "2010-05-04"}
    lines = (json.dumps({"title": title, **defaults, **values}) for title in titles)
    return "\n".join(lines).encode()


@pytest.fixture(autouse=True)
def data_dir(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data"


@pytest.fixture
def url() -> str:
    return reverse("admin:speeches_speech_import")


@pytest.fixture
def editor(client: Client) -> User:
    user = make_staff("editor")
    client.force_login(user)
    return user


@pytest.fixture
def publisher(client: Client) -> User:
    user = make_staff("publisher")
    client.force_login(user)
    return user


def upload(client: Client, content: bytes, name: str = "speeches.jsonl", **values: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("admin:speeches_speech_import"), {"file": file, "format": "auto", **values}
    )


def confirm(client: Client, preview: Any, **values: str) -> Any:
    token = preview.context["confirm"].initial["token"]
    return client.post(
        reverse("admin:speeches_speech_import"), {"token": token, **values}, follow=True
    )


@pytest.mark.usefixtures("editor")
class TestThePreview:
    def test_is_found_from_the_list_of_speeches(self, client: Client, url: str) -> None:
        page = client.get(reverse("admin:speeches_speech_changelist"))
        assert f'href="{url}"' in page.content.decode()
        assert client.get(url).status_code == HTTPStatus.OK

    def test_shows_what_was_found_and_saves_nothing(self, client: Client) -> None:
        page = upload(client, rows("On waters", speaker="Ada Sample", place="Oslo"))
        shown = page.content.decode()
        for words in ("On waters", "Ada Sample", "Oslo", WORDS, "4 May 2010", "Import 1 speech"):
            assert words in shown
        assert not Speech.objects.exists()

    def test_shows_problems_and_remarks_beside_what_can_be_imported(self, client: Client) -> None:
        content = rows("Good", organizations="Nobody") + b"\n" + rows("Bad", delivered_on="soon")
        shown = upload(client, content).content.decode()
        assert "speeches.jsonl, row 2, delivered_on" in shown
        assert "“Nobody” is not in the directory" in shown
        assert "Import 1 speech" in shown

    def test_shows_no_markup_of_the_source(self, client: Client) -> None:
        evil = {"text": "", "html": f"<p>{WORDS}</p><script>alert(1)</script>"}
        page = upload(client, rows("<script>alert(2)</script>", **evil)).content.decode()
        assert "alert(1)" not in page
        assert "<script>alert(2)" not in page

    def test_runs_under_the_strict_policy(self, client: Client) -> None:
        page = upload(client, rows("On waters"))
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"].split("style-src")[0]
        assert " onclick=" not in page.content.decode()

    def test_takes_the_language_somebody_chose_where_the_source_has_none(
        self, client: Client
    ) -> None:
        content = rows("Без перевода", language="", text="1 2 3 4 5.")
        confirm(client, upload(client, content, language="ru"))
        assert SpeechText.objects.get().language == "ru"

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("speech.docx", b"%PDF-1.7 no Word file"),
            ("speeches.jsonl", b" "),
            ("page.html", b"\x89PNG\r\n\x1a\n" + bytes(40)),
        ],
    )
    def test_a_file_that_cannot_be_read_is_an_error_of_the_form(
        self, client: Client, name: str, content: bytes
    ) -> None:
        page = upload(client, content, name)
        assert page.context["form"].errors["file"]

    def test_a_file_that_is_too_large_is_refused(
        self, client: Client, settings: LazySettings
    ) -> None:
        settings.MAX_UPLOAD_BYTES = 10
        assert upload(client, rows("On waters")).context["form"].errors["file"]

    def test_a_file_with_too_many_speeches_is_refused(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "MOST_SPEECHES", 1)
        page = upload(client, rows("One", "Two"))
        assert "import_speeches" in str(page.context["form"].errors["file"])


class TestTheDecision:
    def test_imports_drafts_and_writes_who_did_it(
        self, client: Client, editor: User, data_dir: Path
    ) -> None:
        answer = confirm(client, upload(client, rows("On waters", "On shores")))
        assert "2 speeches imported." in answer.content.decode()
        assert Speech.objects.filter(status=Status.DRAFT).count() == 2
        assert LogEntry.objects.filter(user=editor).count() == 2
        assert not list((data_dir / "imports").iterdir()), "the upload is deleted"

    @pytest.mark.usefixtures("editor")
    def test_does_not_publish_for_an_editor(self, client: Client) -> None:
        preview = upload(client, rows("On waters"))
        assert 'name="publish"' not in preview.content.decode()
        confirm(client, preview, publish="on")
        assert Speech.objects.get().status == Status.DRAFT

    @pytest.mark.usefixtures("publisher")
    def test_publishes_for_a_publisher_who_asks(self, client: Client) -> None:
        confirm(client, upload(client, rows("On waters")), publish="on")
        assert Speech.objects.published().count() == 1

    @pytest.mark.usefixtures("editor")
    def test_the_upload_waits_where_nobody_else_reads(self, client: Client, data_dir: Path) -> None:
        upload(client, rows("On waters"))
        (waiting,) = (data_dir / "imports").iterdir()
        assert waiting.stat().st_mode & 0o077 == 0
        assert (data_dir / "imports").stat().st_mode & 0o077 == 0
        assert "speeches" not in waiting.name

    @pytest.mark.usefixtures("editor")
    def test_an_upload_of_yesterday_is_deleted_by_the_next(
        self, client: Client, data_dir: Path
    ) -> None:
        upload(client, rows("On waters"))
        (old,) = (data_dir / "imports").iterdir()
        two_days_ago = time.time() - 2 * 24 * 60 * 60
        os.utime(old, (two_days_ago, two_days_ago))
        upload(client, rows("On shores"))
        assert not old.exists()

    @pytest.mark.usefixtures("editor")
    def test_a_token_of_another_user_or_a_forged_one_opens_nothing(self, client: Client) -> None:
        preview = upload(client, rows("On waters"))
        client.force_login(make_staff("editor"))
        assert "no longer here" in confirm(client, preview).content.decode()
        forged = client.post(
            reverse("admin:speeches_speech_import"), {"token": "../../etc/passwd"}, follow=True
        )
        assert "no longer here" in forged.content.decode()
        assert not Speech.objects.exists()


class TestWhoMayImport:
    def test_not_a_reviewer(self, client: Client, url: str) -> None:
        client.force_login(make_staff("reviewer"))
        assert client.get(url).status_code == HTTPStatus.FORBIDDEN
        page = client.get(reverse("admin:speeches_speech_changelist"))
        assert url not in page.content.decode()

    def test_not_the_public(self, client: Client, url: str) -> None:
        assert client.get(url).status_code == HTTPStatus.FOUND

    def test_not_without_the_token_of_the_form(self, url: str) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(make_staff("editor"))
        assert strict.post(url, {"token": "x"}).status_code == HTTPStatus.FORBIDDEN
