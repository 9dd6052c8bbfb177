"""Pictures and files that are not what they say are refused, with the mend."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from initiatives.models import Organization
from iomsite.images import LONGEST_SIDE, clean_image, read_image
from speeches.files import validate_attachment


def picture(kind="PNG", size=(40, 30), **options):
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return content.getvalue()


def bomb(side):
    """Return a PNG of a few bytes that claims to be `side` × `side` pixels."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


def test_a_decompression_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(ValidationError, match="40 million pixels"):
        read_image(bomb(60_000))


@pytest.mark.parametrize(
    "content",
    [b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', b"<html>", b"%PDF-1.7",
     b"", b"\x89PNG\r\n\x1a\n broken", b"GIF89a" + b"\x00" * 20],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_the_mend(content):
    with pytest.raises(ValidationError, match="Save it as PNG or JPEG"):
        read_image(content)


def test_a_picture_over_eight_megabytes_is_refused():
    with pytest.raises(ValidationError, match="8 MB"):
        read_image(b"\x89PNG" + b"\x00" * (8 * 1024 * 1024))


def test_the_place_where_a_photograph_was_taken_is_not_kept():
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "field office"
    content = picture("JPEG", exif=exif)
    assert b"field office" in content

    cleaned = clean_image(content).read()

    assert b"field office" not in cleaned
    assert not Image.open(io.BytesIO(cleaned)).getexif()


def test_a_large_picture_is_made_smaller():
    cleaned = Image.open(clean_image(picture(size=(3000, 1500))))

    assert max(cleaned.size) == LONGEST_SIDE


def test_a_mislabelled_picture_is_judged_by_its_content():
    assert Image.open(clean_image(picture("GIF"))).format == "WEBP"


@pytest.mark.django_db
def test_a_logo_is_cleaned_on_every_write_and_named_after_its_pixels():
    upload = ContentFile(picture("JPEG"), name="my secret logo.jpg")

    body = Organization.objects.create(
        slug="body", name="Body", logo=upload, logo_alternative="A teal square"
    )

    assert body.logo.name.startswith("images/")
    assert body.logo.name.endswith(".webp")
    assert "secret" not in body.logo.name
    assert Image.open(body.logo).format == "WEBP"


@pytest.mark.django_db
def test_a_logo_of_another_kind_is_refused_on_validation():
    body = Organization(slug="body", name="Body", logo_alternative="A drawing")
    body.logo = SimpleUploadedFile("logo.png", b"<svg></svg>", "image/png")

    with pytest.raises(ValidationError) as refusal:
        body.full_clean()

    assert "logo" in refusal.value.message_dict


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("paper.svg", b"<svg></svg>", "not accepted"),
        ("paper.exe", b"MZ", "not accepted"),
        ("paper.pdf", b"MZ\x90", "holds something else"),
        ("paper.docx", b"<html>", "holds something else"),
        ("picture.png", b"GIF89a", "holds something else"),
        ("notes.txt", b"\x00\x01", "holds something else"),
        ("paper", b"%PDF-", "not accepted"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name, content, message):
    with pytest.raises(ValidationError, match=message):
        validate_attachment(SimpleUploadedFile(name, content))


def test_a_file_that_is_what_it_says_is_accepted():
    validate_attachment(SimpleUploadedFile("paper.pdf", b"%PDF-1.7"))


def test_a_file_over_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_BYTES = 10

    with pytest.raises(ValidationError, match="Link to it instead"):
        validate_attachment(SimpleUploadedFile("paper.pdf", b"%PDF-1.7 and more"))
