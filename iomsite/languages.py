"""The languages of the site and of its texts: codes, names, direction, fallback.

Site languages are the six that the interface and the directory speak. A text may be in
any language of `TEXT_LANGUAGES`: people also deliver speeches in Portuguese or Swahili.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.translation import get_language, to_locale

DEFAULT_LANGUAGE = "en"

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv"})

TEXT_LANGUAGES = (
    "ar", "en", "es", "fr", "ru", "zh-hans",
    "am", "bn", "bs", "ca", "cs", "da", "de", "el", "et", "fa", "fi", "he", "hi", "hr",
    "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "ko", "ku", "ky", "lo", "lt",
    "lv", "mk", "mn", "ms", "my", "ne", "nl", "no", "pl", "ps", "pt", "ro", "si", "sk",
    "sl", "so", "sq", "sr", "sv", "sw", "ta", "tg", "th", "ti", "tk", "tl", "tr", "uk",
    "ur", "uz", "vi", "zh-hant",
)  # fmt: skip


@cache
def babel_locale(language: str) -> Locale:
    """Return the CLDR locale of a language tag, English where CLDR has none."""
    try:
        # World English, where the day comes before the month.
        return Locale.parse("en_001" if language == "en" else to_locale(language))
    except (ValueError, LookupError):
        return Locale.parse(DEFAULT_LANGUAGE)


def current_language() -> str:
    """Return the language of the page being made."""
    return get_language() or DEFAULT_LANGUAGE


def direction(language: str) -> str:
    """Return `rtl` or `ltr`, as HTML's dir attribute takes it."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"


def html_language(language: str) -> str:
    """Return the tag as BCP 47 writes it: `zh-hans` becomes `zh-Hans`."""
    head, _, script = language.partition("-")
    return f"{head}-{script.title()}" if script else head


def native_name(language: str) -> str:
    """Return what a language calls itself, as a language switch shows it."""
    locale = babel_locale(language)
    name = locale.get_language_name(locale.language) or language
    if language == "zh-hans":
        return "中文"
    return name[:1].upper() + name[1:]


def language_name(language: str, in_language: str = "") -> str:
    """Return the name of a language in another one, by default that of the page."""
    locale = babel_locale(in_language or current_language())
    names: Mapping[str, str] = locale.languages
    return (
        names.get(to_locale(language)) or names.get(language.split("-", maxsplit=1)[0]) or language
    )


def text_language_choices() -> list[tuple[str, str]]:
    """Return choices for a text's language: the site's own first, each by its English name."""
    return [(code, language_name(code, DEFAULT_LANGUAGE)) for code in TEXT_LANGUAGES]


def nearest_text(texts: Iterable[Any], *preferred: str) -> Any:
    """Return the text in the first preferred language there is one in, else any, else None."""
    by_language = {text.language: text for text in texts}
    found = (by_language[language] for language in preferred if language in by_language)
    return next(found, None) or next(iter(by_language.values()), None)


def site_languages() -> list[str]:
    """Return the codes of the languages the interface speaks."""
    return [code for code, _ in settings.LANGUAGES]
