"""Pictures that staff upload: checked by content, re-encoded, stripped of metadata.

A field photograph carries its place in its metadata; what is stored here is only pixels,
under a name made from them, so that it can be cached for ever and guessed by nobody.
"""

import hashlib
import io
import warnings
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 960


def read_image(
    content: bytes, *, longest: int = LONGEST_SIDE, most_bytes: int = MAX_BYTES
) -> Image.Image:
    """Return the picture, upright, at most `longest` pixels long, with nothing but its pixels.

    Its `info` says under `kind` what it was: what the file calls itself plays no part. Raises
    ValidationError when it is too large, damaged or of another kind.
    """
    if len(content) > most_bytes:
        raise ValidationError(
            _("The picture is larger than %(size)d MB. Save a smaller copy."),
            params={"size": most_bytes // 1024**2},
        )
    try:
        with warnings.catch_warnings():
            # Pillow warns of a bomb where we refuse: the size is checked before decoding.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MAX_PIXELS:
                    raise Image.DecompressionBombError
                # Made small first: turning a large picture would hold it in memory twice.
                opened.thumbnail((longest, longest))
                upright = ImageOps.exif_transpose(opened)
                pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
                # Comments, colour profiles and the like travel in `info`, into some formats.
                pixels.info = {"kind": opened.format}
                return pixels
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("The picture has more than 40 million pixels. Save a smaller copy.")
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(
            _("This is no whole PNG, JPEG, WebP or GIF picture. Save it as PNG or JPEG.")
        ) from error


def clean_image(content: bytes) -> ContentFile:
    """Return the picture as a WebP file without metadata, named after its pixels."""
    encoded = io.BytesIO()
    read_image(content).save(encoded, "WEBP", quality=86, method=4)
    name = hashlib.sha256(encoded.getvalue()).hexdigest()[:32]
    return ContentFile(encoded.getvalue(), name=f"{name}.webp")


class ImageField(models.ImageField):
    """A picture that is cleaned on every write; a new upload replaces the file name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("upload_to", "images")
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: Any) -> Any:
        upload = getattr(value, "file", None) if value and not value._committed else None
        if upload is not None:
            read_image(_content(upload))
        return super().clean(value, model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        picture = getattr(model_instance, self.attname)
        if picture and not picture._committed:
            cleaned = clean_image(_content(picture.file))
            path = PurePosixPath(str(self.upload_to)) / str(cleaned.name)
            if picture.storage.exists(str(path)):
                setattr(model_instance, self.attname, str(path))
            else:
                picture.save(cleaned.name, cleaned, save=False)
            picture = getattr(model_instance, self.attname)
        return picture


def _content(upload: UploadedFile | Any) -> bytes:
    upload.seek(0)
    content: bytes = upload.read(MAX_BYTES + 1)
    upload.seek(0)
    return content
