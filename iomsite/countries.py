"""Countries by ISO code, named in every language of the site.

Names come from CLDR through Babel. Where an intergovernmental organization must use
another name than CLDR's, `OFFICIAL_NAMES` says so. Former States, which CLDR no longer
names, carry their ISO 3166-3 code: they still spoke, and their speeches stay theirs.
"""

from collections.abc import Mapping
from functools import cache

from iomsite.languages import DEFAULT_LANGUAGE, babel_locale, current_language

NOT_COUNTRIES = frozenset(
    "AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ AQ BV HM IO TF UM SJ".split()  # noqa: SIM905
)

OFFICIAL_NAMES: Mapping[str, Mapping[str, str]] = {
    "PS": {
        "ar": "دولة فلسطين", "en": "State of Palestine", "es": "Estado de Palestina",
        "fr": "État de Palestine", "ru": "Государство Палестина", "zh-hans": "巴勒斯坦国",
    },
    "VA": {
        "ar": "الكرسي الرسولي", "en": "Holy See", "es": "Santa Sede",
        "fr": "Saint-Siège", "ru": "Святой Престол", "zh-hans": "教廷",
    },
}  # fmt: skip

FORMER_STATES: Mapping[str, Mapping[str, str]] = {
    "CSHH": {
        "ar": "تشيكوسلوفاكيا", "en": "Czechoslovakia", "es": "Checoslovaquia",
        "fr": "Tchécoslovaquie", "ru": "Чехословакия", "zh-hans": "捷克斯洛伐克",
    },
    "DDDE": {
        "ar": "الجمهورية الديمقراطية الألمانية", "en": "German Democratic Republic",
        "es": "República Democrática Alemana", "fr": "République démocratique allemande",
        "ru": "Германская Демократическая Республика", "zh-hans": "德意志民主共和国",
    },
    "SUHH": {
        "ar": "الاتحاد السوفياتي", "en": "Soviet Union", "es": "Unión Soviética",
        "fr": "Union soviétique", "ru": "Советский Союз", "zh-hans": "苏联",
    },
    "YDYE": {
        "ar": "اليمن الديمقراطية", "en": "Democratic Yemen", "es": "Yemen Democrático",
        "fr": "Yémen démocratique", "ru": "Демократический Йемен", "zh-hans": "民主也门",
    },
    "YUCS": {
        "ar": "يوغوسلافيا", "en": "Yugoslavia", "es": "Yugoslavia",
        "fr": "Yougoslavie", "ru": "Югославия", "zh-hans": "南斯拉夫",
    },
}  # fmt: skip


@cache
def country_codes() -> tuple[str, ...]:
    """Return every code a record may carry: ISO 3166-1 alpha-2, then former States."""
    territories: Mapping[str, str] = babel_locale(DEFAULT_LANGUAGE).territories
    current = sorted(
        code
        for code in territories
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    )
    return (*current, *FORMER_STATES)


def is_country(code: str) -> bool:
    """Say whether a code stands for a country or former State."""
    return code in country_codes()


def country_name(code: str, language: str = "") -> str:
    """Return a country's name, by default in the language of the page; the code if unknown."""
    language = language or current_language()
    for names in (OFFICIAL_NAMES, FORMER_STATES):
        if code in names:
            return names[code].get(language) or names[code][DEFAULT_LANGUAGE]
    territories: Mapping[str, str] = babel_locale(language).territories
    return territories.get(code) or code


@cache
def _choices(language: str) -> tuple[tuple[str, str], ...]:
    named = [(code, country_name(code, language)) for code in country_codes()]
    return tuple(sorted(named, key=lambda choice: choice[1]))


def country_choices(language: str = "") -> tuple[tuple[str, str], ...]:
    """Return (code, name) pairs in the order of their names, for a form's select."""
    return _choices(language or current_language())
