"""Stored files: where they lie, who gets them, under which address, how long they are kept."""

import hashlib
import stat
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from iomsite.publishing.models import Status
from speeches.models import Attachment
from tests.make import make_speech, make_staff

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7 slides"
CHECKSUM = hashlib.sha256(CONTENT).hexdigest()
HIDDEN = {
    "draft": {"status": Status.DRAFT},
    "in review": {"status": Status.IN_REVIEW},
    "embargoed": {"published_at": timezone.now() + timedelta(days=2)},
}


def attach(speech, content=CONTENT, name="slides.pdf"):
    return Attachment.objects.create(
        speech=speech, title="The slides", file=ContentFile(content, name=name)
    )


def what_is_told(response):
    """Return all of an answer that could tell one case from another."""
    return response.status_code, dict(response.headers), response.content


def test_a_file_lies_in_private_storage_under_a_name_that_nobody_can_guess(settings):
    attachment = attach(make_speech())
    stored = Path(settings.PRIVATE_ROOT) / attachment.file.name

    assert stored.read_bytes() == CONTENT
    assert not Path(settings.MEDIA_ROOT).exists()
    assert "slides" not in attachment.file.name
    assert len(stored.stem) == 32
    assert not stat.S_IMODE(stored.stat().st_mode) & 0o007
    with pytest.raises(ValueError, match="no address"):
        attachment.file.storage.url(attachment.file.name)


def test_a_row_knows_the_checksum_and_size_of_its_file():
    attachment = attach(make_speech())

    assert (attachment.checksum, attachment.size) == (CHECKSUM, len(CONTENT))
    attachment.file = ContentFile(b"%PDF-1.7 other", name="other.pdf")
    attachment.save()
    attachment.refresh_from_db()
    assert attachment.checksum == hashlib.sha256(b"%PDF-1.7 other").hexdigest()
    assert (attachment.size, attachment.file_name) == (14, "other.pdf")


def test_a_row_that_becomes_a_link_forgets_its_file_but_the_file_stays(settings):
    attachment = attach(make_speech())
    stored = Path(settings.PRIVATE_ROOT) / attachment.file.name

    attachment.file, attachment.url = "", "https://example.org/slides"
    attachment.save()

    assert (attachment.checksum, attachment.size, attachment.file_name) == ("", 0, "")
    attachment.delete()
    assert stored.exists()


def test_a_row_made_again_from_a_version_finds_its_file(client):
    first = attach(make_speech())
    kept = {name: getattr(first, name) for name in ("file_name", "checksum", "size")}
    stored = first.file.name
    first.delete()

    again = Attachment.objects.create(speech=make_speech(), title="Again", file=stored, **kept)

    assert (again.checksum, again.file_name) == (CHECKSUM, "slides.pdf")
    assert b"".join(client.get(again.get_absolute_url()).streaming_content) == CONTENT


def test_a_public_file_is_kept_for_ever_under_the_checksum_of_its_content(client):
    attachment = attach(make_speech())

    response = client.get(attachment.get_absolute_url(), headers={"accept-encoding": "gzip"})

    assert attachment.get_absolute_url() == f"/files/{CHECKSUM}/slides.pdf"
    assert b"".join(response.streaming_content) == CONTENT
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Disposition"] == 'attachment; filename="slides.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_who_has_the_file_already_is_not_sent_it_again(client):
    address = attach(make_speech()).get_absolute_url()

    response = client.get(address, headers={"if-none-match": f'"{CHECKSUM}"'})

    assert response.status_code == HTTPStatus.NOT_MODIFIED


def test_the_number_of_an_attachment_leads_to_its_file_in_one_step(client):
    attachment = attach(make_speech())

    response = client.get(f"/files/{attachment.pk}/slides.pdf")

    assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
    assert response["Location"] == attachment.get_absolute_url()


def addresses(attachment):
    return [attachment.get_absolute_url(), f"/files/{attachment.pk}/slides.pdf"]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_the_file_of_a_hidden_speech_answers_like_one_that_never_was(client, hidden):
    for address in addresses(attach(make_speech(**HIDDEN[hidden]))):
        unknown = address.replace(CHECKSUM, "0" * 64)
        unknown = "/files/999999/slides.pdf" if unknown == address else unknown

        told = what_is_told(client.get(address))

        assert told[0] == HTTPStatus.NOT_FOUND
        assert told == what_is_told(client.get(unknown))


@pytest.mark.parametrize("hidden", HIDDEN)
def test_staff_preview_the_file_of_a_hidden_speech_and_nobody_keeps_it(client, hidden):
    attachment = attach(make_speech(**HIDDEN[hidden]))
    client.force_login(make_staff("editor"))

    response = client.get(attachment.get_absolute_url())
    by_number = client.get(f"/files/{attachment.pk}/slides.pdf")

    assert b"".join(response.streaming_content) == CONTENT
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response
    assert by_number.status_code == HTTPStatus.FOUND
    assert by_number["Cache-Control"] == "private, no-store"


def test_an_account_without_the_right_to_see_drafts_gets_nothing(client):
    attachment = attach(make_speech(status=Status.DRAFT))
    client.force_login(make_staff("editor", is_active=True))
    allowed = client.get(attachment.get_absolute_url()).status_code
    someone = make_staff("editor")
    someone.groups.clear()
    client.force_login(someone)

    refused = client.get(attachment.get_absolute_url()).status_code

    assert (allowed, refused) == (HTTPStatus.OK, HTTPStatus.NOT_FOUND)


@pytest.mark.parametrize("status", [Status.REMOVED, Status.WITHDRAWN])
def test_the_file_of_a_speech_taken_back_is_gone_with_the_public_reason(client, status):
    for address in addresses(attach(make_speech(status=status))):
        response = client.get(address)

        assert response.status_code == HTTPStatus.GONE
        assert b"Taken back for a test." in response.content
        assert b"slides" not in response.content


def test_the_page_of_a_withdrawn_speech_offers_no_files_but_its_links(client):
    speech = make_speech(status=Status.WITHDRAWN)
    attachment = attach(speech)
    Attachment.objects.create(speech=speech, title="Film", url="https://example.org/film")

    page = client.get(speech.get_absolute_url()).content.decode()

    assert attachment.get_absolute_url() not in page
    assert "https://example.org/film" in page


def test_a_speech_taken_back_takes_its_file_along_at_once(client):
    speech = make_speech()
    address = attach(speech).get_absolute_url()
    assert client.get(address).status_code == HTTPStatus.OK

    speech.status, speech.public_notice = Status.REMOVED, "Rights."
    speech.save()

    assert client.get(address).status_code == HTTPStatus.GONE


def test_one_content_of_two_speeches_is_public_as_long_as_one_of_them_is(client):
    attach(make_speech(status=Status.DRAFT))
    attach(make_speech(status=Status.REMOVED))
    public = attach(make_speech())

    response = client.get(public.get_absolute_url())

    assert b"".join(response.streaming_content) == CONTENT
    assert response["Cache-Control"].startswith("public")


def test_the_right_content_under_another_name_is_not_found(client):
    attach(make_speech())

    assert client.get(f"/files/{CHECKSUM}/other.pdf").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "address",
    ["/files/99999999999999999999999/slides.pdf", "/files/-1/slides.pdf", "/files/1/../../x",
     f"/files/{CHECKSUM.upper()}/slides.pdf", f"/files/{CHECKSUM}/", f"/files/{CHECKSUM}/a/b",
     f"/files/{CHECKSUM}/%00", "/files/1/%00", "/media/images/%00",
     f"/files/{CHECKSUM}/" + "x" * 3000, "/files/", "/media/",
     "/media/attachments/x.pdf", "/media/images/../attachments/x.pdf", "/private-files/x.pdf"],
)  # fmt: skip
def test_addresses_that_lead_nowhere_are_not_found(client, address):
    attach(make_speech())

    assert client.get(address, follow=True).status_code == HTTPStatus.NOT_FOUND


def test_nothing_is_written_to_a_file_by_its_address(client):
    address = attach(make_speech()).get_absolute_url()

    for method in (client.post, client.put, client.delete, client.patch):
        assert method(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_file_that_the_disk_has_lost_is_not_found(client, settings):
    attachment = attach(make_speech())
    (Path(settings.PRIVATE_ROOT) / attachment.file.name).unlink()

    assert client.get(attachment.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND


def test_nginx_is_told_where_the_file_lies_and_sends_it_itself(client, settings):
    settings.FILES_HEADER = "X-Accel-Redirect"
    attachment = attach(make_speech())

    response = client.get(attachment.get_absolute_url())

    assert response["X-Accel-Redirect"] == f"/private-files/{attachment.file.name}"
    assert response.content == b""
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="slides.pdf"'


def test_apache_is_told_the_path_of_the_file(client, settings):
    settings.FILES_HEADER = "X-Sendfile"
    attachment = attach(make_speech())

    response = client.get(attachment.get_absolute_url())

    assert response["X-Sendfile"] == f"{settings.PRIVATE_ROOT}/{attachment.file.name}"


@pytest.mark.parametrize("header", ["X-Accel-Redirect", "X-Sendfile"])
def test_the_web_server_is_told_nothing_of_a_hidden_file(client, settings, header):
    settings.FILES_HEADER = header
    attachment = attach(make_speech(status=Status.DRAFT))

    response = client.get(attachment.get_absolute_url())

    assert header not in response
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_handing_out_a_public_file_costs_one_query(client, django_assert_num_queries):
    address = attach(make_speech()).get_absolute_url()

    with django_assert_num_queries(1):
        client.get(address)
