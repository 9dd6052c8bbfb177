"""Language codes as sources write them, brought to the tags the site keeps."""

from iomsite.languages import TEXT_LANGUAGES

_TRADITIONAL = ("hant", "tw", "hk", "mo")


def language_tag(words: str) -> str:
    """Give the site's tag for a language code (`EN`, `fr_FR`, `zh-TW`), or '' if it has none."""
    parts = words.strip().lower().replace("_", "-").split("-")
    tag = "-".join(parts[:2])
    if parts[0] == "zh":
        tag = "zh-hant" if any(part in _TRADITIONAL for part in parts[1:]) else "zh-hans"
    if parts[0] in ("nb", "nn"):
        return "no"
    return next((known for known in (tag, parts[0]) if known in TEXT_LANGUAGES), "")
