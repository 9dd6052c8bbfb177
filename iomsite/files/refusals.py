"""Why a file is refused, in words that say what to do instead."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotWhatItSays(Exception):
    """The content is of another kind than the name says."""


def holds_something_else(ending: str) -> ValidationError:
    return ValidationError(
        _("The file is named “%(ending)s” but holds something else. Save it again as that."),
        code="mislabelled",
        params={"ending": ending},
    )


def two_files_in_one() -> ValidationError:
    return ValidationError(
        _(
            "The file can be read as two kinds of file at once, which attacks use. Open it in the"
            " program it was made with and save it again."
        ),
        code="polyglot",
    )


def damaged() -> ValidationError:
    return ValidationError(
        _("The file is damaged or cut off. Open it in its program and save it again."),
        code="damaged",
    )


def unpacks_too_large(megabytes: int) -> ValidationError:
    return ValidationError(
        _("The file unpacks to more than %(size)s MB. Make its pictures smaller, or save a PDF."),
        code="bomb",
        params={"size": megabytes},
    )


def holds_programs() -> ValidationError:
    return ValidationError(
        _("The file holds macros or programs. Save it without them, or save a PDF."),
        code="programs",
    )
