"""Whether a text is written in the script of its language: a wrong language is chosen easily."""

import re

_SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff\u0750-\u077f]"),
    "zh-hans": re.compile(r"[\u3400-\u9fff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_TAG = re.compile(r"<[^>]*>")
_LETTER = re.compile(r"[^\W\d_]")

FEWEST_LETTERS = 40
"""Fewer say nothing: a title may be a name in another script."""

LEAST_SHARE = 0.4
LONGEST_LOOKED_AT = 20_000


def is_written_otherwise(html: str, language: str) -> bool:
    """Say whether most letters of a text are not of the script its language is written in."""
    text = _TAG.sub(" ", html[:LONGEST_LOOKED_AT])
    letters = len(_LETTER.findall(text))
    if letters < FEWEST_LETTERS:
        return False
    script = _SCRIPTS.get(language, _LATIN)
    return len(script.findall(text)) < LEAST_SHARE * letters
