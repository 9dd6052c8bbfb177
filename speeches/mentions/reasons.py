"""Why something was found, in a sentence for the editor who decides."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

Words = Mapping[str, str]

SENTENCES: Mapping[str, Callable[[], str]] = {
    "primary": lambda: _("The words are its name, “%(name)s”."),
    "other": lambda: _("The words are another of its names, “%(name)s”."),
    "former": lambda: _("The words are a name it had, “%(name)s”."),
    "acronym": lambda: _("“%(name)s” is its acronym."),
    "acronym-long": lambda: _("“%(name)s” is its acronym, and its full name stands in this text."),
    "acronym-list": lambda: _("“%(name)s” is its acronym, and other acronyms stand beside it."),
    "acronym-parent": lambda: _(
        "“%(name)s” is its acronym, and the organization above it is named in this text."
    ),
    "acronym-num": lambda: _("“%(name)s” is its acronym, and a number follows."),
    "short": lambda: _("“%(name)s” is short for it, and it was named before in this text."),
    "short-home": lambda: _("“%(name)s” is what the organization that speaks calls it."),
    "defined": lambda: _("The text says itself that “%(name)s” stands for it."),
    "edition-ordinal": lambda: _("The series is named with the number %(number)s."),
    "edition-year": lambda: _("The series is named with the year %(year)s."),
    "edition-place": lambda: _("The series is named with the place %(place)s."),
    "edition-named-before": lambda: _("This meeting of the series was named before in this text."),
    "edition-latest": lambda: _("It was the latest meeting of the series on that day."),
    "indirect": lambda: _(
        "The series is named in this text, and “%(meeting)s” was held at %(place)s."
    ),
    "nested": lambda: _("The words are its name, inside of “%(name)s”."),
    "hand": lambda: _("Somebody has marked the words."),
    "new-defined": lambda: _("The text gives it the short form “%(acronym)s”."),
    "new-alias": lambda: _(
        "The text gives it the short form “%(acronym)s”, which is that of a known entry."
    ),
    "new-headed": lambda: _("The words have capitals, and “%(word)s” among them."),
    "new-person": lambda: _("The title “%(title)s” stands before the name."),
    "quotation": lambda: _("%(number)s words stand in an earlier speech."),
    "statement": lambda: _("The text speaks of a speech at “%(meeting)s”."),
    "interval": lambda: _("The text says “%(phrase)s” of “%(meeting)s”."),
}


def sentence(code: str, words: Words) -> str:
    """Return the reason with a code, its words filled in. Raises KeyError for an unknown code."""
    return SENTENCES[code]() % dict(words)


def sentence_of(reason: Mapping[str, str]) -> str:
    """Return the reason as a mention keeps it; empty when it has none."""
    code = reason.get("code", "")
    return sentence(code, reason) if code in SENTENCES else ""
