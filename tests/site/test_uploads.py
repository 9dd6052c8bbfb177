"""Files that are not what they say are refused, with the mend; honest ones come in clean."""

import io
import json
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from PIL import Image

from iomsite.files.examine import examine
from iomsite.files.fields import plain_name
from iomsite.files.kinds import KINDS, ending_of
from speeches.models import Attachment
from tests.forms import errors_of, submit
from tests.hostile_files import HONEST, HOSTILE, hostile, picture
from tests.make import make_speech, make_staff


@pytest.mark.parametrize("name", HONEST)
def test_a_file_that_is_what_it_says_is_accepted(name):
    examine(SimpleUploadedFile(name, HONEST[name]()))


def test_every_kind_that_is_accepted_has_an_honest_file_here():
    assert KINDS.keys() - {ending_of(name) for name in HONEST} == {".pptx", ".oga", ".ogv"}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_not_what_it_says_is_refused(what):
    name, _content, message = HOSTILE[what]
    upload = SimpleUploadedFile("x", hostile(what))
    upload._name = name

    with pytest.raises(ValidationError, match=message):
        examine(upload)


MEASURE = """
import json, resource, sys, time, django
django.setup()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from iomsite.files.examine import examine
from tests.hostile_files import HONEST
examine(SimpleUploadedFile("picture.png", HONEST["picture.png"]()))
content = sys.stdin.buffer.read()
upload = SimpleUploadedFile("x", content)
upload._name = sys.argv[1]
pages = int(open("/proc/self/statm").read().split()[0])
limit = pages * resource.getpagesize() + 256 * 1024**2
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
start, refused = time.perf_counter(), ""
try:
    examine(upload)
except ValidationError as error:
    refused = error.messages[0]
print(json.dumps([refused, time.perf_counter() - start]))
"""
"""Examines one file in a process that may take no more than 256 MB on top of what it has."""

HEAVIEST = [
    "a bomb of zeros", "a bomb of many parts", "a bomb of shared parts", "a bomb in archives",
    "sizes that lie", "a picture bomb below",
    "a picture bomb cut short", "a comment bomb", "PDF with a script behind",
]  # fmt: skip


@pytest.mark.parametrize("what", HEAVIEST)
def test_the_heaviest_are_refused_within_256_megabytes(what):
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, HOSTILE[what][0]],
        input=hostile(what), capture_output=True, timeout=60, check=True,
        env={"DJANGO_SETTINGS_MODULE": "iomsite.settings", "PYTHONPATH": "."},
    )  # fmt: skip

    refused, seconds = json.loads(measured.stdout)

    assert refused
    print(f"{what}: {seconds:.3f} s")


def test_the_measure_of_memory_notices_a_file_that_takes_more():
    code = MEASURE.replace("    examine(upload)\n", "    bytearray(300 * 1024**2)\n")

    measured = subprocess.run(
        [sys.executable, "-c", code, "x.pdf"],
        input=b"", capture_output=True, timeout=60, check=False,
        env={"DJANGO_SETTINGS_MODULE": "iomsite.settings", "PYTHONPATH": "."},
    )  # fmt: skip

    assert b"MemoryError" in measured.stderr


def test_a_file_over_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_BYTES = 10

    with pytest.raises(ValidationError, match="Link to it instead"):
        examine(SimpleUploadedFile("paper.pdf", b"%PDF-1.7 and more"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ada\\paper.pdf", "paper.pdf"),
        ("paper\u202efdp.exe.pdf", "paperfdp.exe.pdf"),
        ("two words.pdf", "two_words.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_x.pdf"),
        ('"; filename="x.html.pdf', "_filenamex.html.pdf"),
        ("..%2f..%2fx.pdf", "2f..2fx.pdf"),
        ("\x00.pdf", "file.pdf"),
        ("речь.PDF", "речь.pdf"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_keeps_no_way_out_and_nothing_that_deceives(given, kept):
    assert plain_name(given) == kept


def attach(name, content, **values):
    return Attachment.objects.create(
        speech=make_speech(), title="A file", file=ContentFile(content, name=name), **values
    )


@pytest.mark.django_db
def test_what_is_written_past_the_forms_is_examined_too():
    with pytest.raises(ValidationError, match="two kinds of file"), transaction.atomic():
        attach("paper.pdf", hostile("PDF and page"))

    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_a_form_says_why_a_file_is_refused_and_keeps_what_was_typed(client):
    client.force_login(make_staff())
    speech = make_speech(status="draft")
    address = reverse("admin:speeches_speech_change", args=[speech.pk])

    response = submit(
        client, address,
        **{"place": "Geneva", "attachments-TOTAL_FORMS": "1", "attachments-0-kind": "document",
           "attachments-0-title": "The paper", "attachments-0-position": "0",
           "attachments-0-file": SimpleUploadedFile("p.docx", hostile("a bomb of zeros"))},
    )  # fmt: skip

    assert "unpacks to more than 200 MB" in errors_of(response)
    assert b'value="The paper"' in response.content


@pytest.mark.django_db
def test_an_upload_without_end_is_cut_off_and_refused(client, settings):
    settings.MAX_UPLOAD_BYTES = 100_000
    client.force_login(make_staff())
    endless = SimpleUploadedFile("rows.jsonl", b"{}\n" * 2_000_000)

    response = client.post(
        reverse("admin:speeches_speech_import"), {"file": endless, "format": "auto"}
    )

    assert "The file is larger than" in errors_of(response)
    assert endless.size > 5_000_000 > response.wsgi_request.FILES["file"].size


def with_secrets(kind):
    """Return a picture whose metadata holds a place, a colour profile and comments."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 12.0, 34.0)})
    exif[0x010E] = "SECRET field office"
    extra = {"exif": exif, "icc_profile": b"SECRET profile" * 20}
    if kind == "JPEG":
        extra["comment"] = b"SECRET comment <script>alert(1)</script>"
    if kind != "PNG":
        extra["xmp"] = b"<x:xmpmeta>SECRET</x:xmpmeta>"
    content = picture(kind, **extra) + b"SECRET <?php trailer ?><script>alert(1)</script>"
    assert content.count(b"SECRET") >= 2
    return content


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_an_attached_picture_keeps_its_pixels_and_nothing_else(kind, ending):
    attachment = attach(f"field.{ending}", with_secrets(kind), kind="image")

    stored = attachment.file.read()

    assert b"SECRET" not in stored
    assert b"script" not in stored
    cleaned = Image.open(io.BytesIO(stored))
    assert (cleaned.format, cleaned.size) == (kind, (40, 30))
    assert not {"exif", "icc_profile", "xmp", "comment"} & cleaned.info.keys()
    assert not cleaned.getexif()
