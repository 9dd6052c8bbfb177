"""Pictures of entries and pages: judged by content, turned upright, stripped to their pixels."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from initiatives.models import Organization
from iomsite.images import LONGEST_SIDE, clean_image, read_image
from tests.hostile_files import animation, comment_bomb, picture, picture_bomb


def test_a_decompression_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(ValidationError, match="40 million pixels"):
        read_image(picture_bomb(60_000))


@pytest.mark.parametrize(
    "content",
    [b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>', b"<html>", b"%PDF-1.7",
     b"", b"\x89PNG\r\n\x1a\n broken", b"GIF89a" + b"\x00" * 20, comment_bomb()],
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
    content = picture("JPEG", exif=exif, comment=b"field office", icc_profile=b"field office")
    assert content.count(b"field office") == 3

    cleaned = clean_image(content).read()

    assert b"field office" not in cleaned
    assert not Image.open(io.BytesIO(cleaned)).getexif()


def test_a_photograph_that_lies_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    cleaned = Image.open(clean_image(picture("JPEG", (3000, 1500), exif=exif)))

    assert cleaned.size == (LONGEST_SIDE // 2, LONGEST_SIDE)


def test_a_large_picture_is_made_smaller():
    cleaned = Image.open(clean_image(picture(size=(3000, 1500))))

    assert max(cleaned.size) == LONGEST_SIDE


def test_an_animation_is_stored_as_its_first_picture():
    cleaned = Image.open(clean_image(animation(300)))

    assert getattr(cleaned, "n_frames", 1) == 1


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
