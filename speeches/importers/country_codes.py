"""Country columns as sources fill them, brought to the codes the site keeps."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from babel.core import get_global

from iomsite import countries
from iomsite.languages import babel_locale

# The codes that former States had while they lived. CLDR points these at the successors,
# which would put words into the mouth of a State that never said them.
_FORMER_CODES = {
    **dict.fromkeys(("CSK", "CS"), "CSHH"),
    **dict.fromkeys(("DDR", "DD"), "DDDE"),
    **dict.fromkeys(("SUN", "SU"), "SUHH"),
    **dict.fromkeys(("YMD", "YD"), "YDYE"),
    **dict.fromkeys(("YUG", "YU"), "YUCS"),
}
_NAME_LANGUAGES = ("en", "fr", "es")


def country_code(words: str) -> str:
    """Give the code of a country written as alpha-2, alpha-3, former code or name, else ''."""
    words = words.strip()
    code = words.upper()
    code = _FORMER_CODES.get(code, code)
    if countries.is_country(code):
        return code
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    present = aliases.get(code, []) if len(code) == 3 else []
    if len(present) == 1 and countries.is_country(present[0]):
        return present[0]
    return _codes_by_name().get(_folded(words), "")


def country_name(words: str) -> str:
    """Name in English the country of a code; words that stand for no country stay."""
    code = country_code(words)
    return countries.country_name(code, "en") if code else words


@cache
def _codes_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in _NAME_LANGUAGES:
        for code in countries.country_codes():
            names.setdefault(_folded(countries.country_name(code, language)), code)
            cldr = babel_locale(language).territories.get(code)
            if cldr:
                names.setdefault(_folded(cldr), code)
    return names


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.strip().lower())
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return plain.removeprefix("the ").replace("’", "'")
