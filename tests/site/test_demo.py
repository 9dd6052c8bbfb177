"""The demonstration: what it loads, that it loads once, and where it refuses to."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import override_settings

from initiatives.models import Appointment, Organization, Person
from iomsite.pages.models import Page
from iomsite.publishing.models import Status, Version
from iomsite.publishing.verifying import broken_links
from speeches.models import Contribution, Speech, SpeechText
from tests.loaded import loaded_for_a_class
from tests.make import make_speech

pytestmark = pytest.mark.django_db

LABELS = ("pages", "initiatives", "speeches", "publishing", "addresses", "auth")


@pytest.fixture(scope="class")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("data")
    with override_settings(DATA_DIR=folder, MEDIA_ROOT=folder / "media"):
        yield folder


@pytest.fixture(scope="class")
def demo(data_dir: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with loaded_for_a_class(django_db_blocker):
        call_command("load_demo", verbosity=0)
        yield


def everything() -> dict[str, list[Any]]:
    """Return every row there is, times of change included."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for label in LABELS
        for model in apps.get_app_config(label).get_models()
    }


@pytest.mark.usefixtures("demo")
class TestWhatItLoads:
    def test_the_facts_and_the_invented_organization_are_public(self) -> None:
        slugs = set(Organization.objects.published().values_list("slug", flat=True))
        assert {"iom", "un", "osws"} <= slugs
        assert Organization.objects.get(slug="osws").name_in("fr").language == "fr"

    def test_the_speeches_are_marked_as_samples_in_six_languages(self) -> None:
        assert Speech.objects.published().count() >= 20
        assert not Speech.objects.filter(is_sample=False).exists()
        languages = set(SpeechText.objects.values_list("language", flat=True))
        assert languages == {"ar", "en", "es", "fr", "ru", "zh-hans"}

    def test_some_wait_for_staff(self) -> None:
        waiting = Speech.objects.exclude(status=Status.PUBLISHED).order_by("status")
        assert [speech.status for speech in waiting] == ["draft", "in_review", "in_review"]

    def test_everything_public_has_a_history_and_one_speech_was_corrected(self) -> None:
        assert not any(broken_links())
        corrected = Speech.objects.get(slug="room-for-the-shore")
        first, second = Version.objects.of(corrected).order_by("number")
        assert first.content["fields"]["delivery_status"] == "as_prepared"
        assert (second.change_note != "", corrected.delivery_status) == (True, "as_delivered")
        assert [text.retired_anchors for text in corrected.texts.all()] == [[]]

    def test_speakers_are_people_of_the_directory_in_the_offices_they_held(self) -> None:
        assert Contribution.objects.filter(person__isnull=False).count() >= 20
        held = Contribution.objects.exclude(office=None).select_related("speech")
        assert held.count() >= 12
        for contribution in held:
            on_the_day = Appointment.objects.held_on(contribution.speech.delivered_on)
            assert on_the_day.filter(
                person=contribution.person, office=contribution.office
            ).exists()

    def test_pictures_are_described(self) -> None:
        assert Organization.objects.get(slug="osws").logo_alternative
        assert not Person.objects.exclude(portrait="").filter(portrait_alternative="").exists()
        assert not Organization.objects.exclude(logo="").filter(slug="iom").exists()

    def test_the_sections_make_a_menu_in_six_languages(self) -> None:
        page = Page.objects.published().get(path="our-work/what-we-do")
        assert page.texts.count() == 6

    def test_staff_can_sign_in_with_passwords_that_only_the_owner_reads(
        self, data_dir: Path
    ) -> None:
        file = data_dir / "demo-accounts.txt"
        assert file.stat().st_mode & 0o077 == 0
        accounts = dict(line.split() for line in file.read_text().splitlines())
        assert list(accounts) == ["admin", "editor", "reviewer", "publisher"]
        for username, password in accounts.items():
            user = User.objects.get(username=username)
            assert user.is_staff
            assert user.check_password(password)
            assert user.is_superuser == (username == "admin")

    def test_loading_again_changes_nothing_and_prints_the_same(
        self, data_dir: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = everything()
        accounts = (data_dir / "demo-accounts.txt").read_text()
        call_command("load_demo")
        assert everything() == before
        printed = capsys.readouterr().out
        assert all(line.split()[1] in printed for line in accounts.splitlines())

    def test_loading_again_keeps_what_staff_did(self) -> None:
        speech = Speech.objects.filter(status=Status.PUBLISHED).latest("pk")
        speech.place = "A place that staff corrected"
        speech.save()
        User.objects.get(username="editor").delete()
        call_command("load_demo", verbosity=0)
        speech.refresh_from_db()
        assert speech.place == "A place that staff corrected"
        assert User.objects.filter(username="editor").exists()


@pytest.mark.usefixtures("data_dir")
class TestWhereItRefuses:
    def test_a_database_with_real_speeches_is_left_alone(self, data_dir: Path) -> None:
        make_speech(is_sample=False)
        with pytest.raises(CommandError, match="real speeches"):
            call_command("load_demo")
        assert not Organization.objects.exists()
        assert not (data_dir / "demo-accounts.txt").exists()

    def test_unless_somebody_insists(self) -> None:
        real = make_speech(is_sample=False)
        call_command("load_demo", "--force", verbosity=0)
        real.refresh_from_db()
        assert not real.is_sample
        assert Speech.objects.filter(is_sample=True).exists()
