"""The one look at a file before it is stored: size, name, content, and viruses if asked for."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .kinds import KINDS, Kind, ending_of
from .refusals import NotWhatItSays, holds_something_else
from .scanning import scan


def examine(upload: Any) -> Kind:
    """Return the kind of an uploaded file.

    Raises ValidationError, which says what to do, for a file that is too large, of a kind not
    accepted, not what its name says, dangerous, or refused by the virus scanner.
    """
    if upload.size > settings.MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("The file is larger than %(size)s MB. Link to it instead."),
            code="too_large",
            params={"size": settings.MAX_UPLOAD_MB},
        )
    ending = ending_of(upload.name)
    kind = KINDS.get(ending)
    if kind is None:
        raise ValidationError(
            _("Files of the kind “%(ending)s” are not accepted. Accepted are: %(allowed)s."),
            code="kind",
            params={"ending": ending or "?", "allowed": ", ".join(KINDS)},
        )
    try:
        kind.check(upload, upload.size)
    except NotWhatItSays as error:
        raise holds_something_else(ending) from error
    upload.seek(0)
    scan(upload)
    upload.seek(0)
    return kind
