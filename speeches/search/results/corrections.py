"""Telling the reader what was searched in place of a word that the archive does not know."""

from django.utils.translation import gettext as _

from speeches.search.answers.found import Correction, Found


def correction_sentences(found: Found) -> list[str]:
    """Return one sentence for each word that was replaced or left out."""
    return [_sentence(correction) for correction in found.corrections]


def _sentence(correction: Correction) -> str:
    words = {"word": correction.word, "replacement": correction.replacement}
    if correction.replacement:
        return _("Nothing in the archive says “%(word)s”. Showing “%(replacement)s”.") % words
    return _("Nothing in the archive says “%(word)s”, so it was left out.") % words
