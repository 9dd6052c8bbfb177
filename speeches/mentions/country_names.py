"""How States are called in the United Nations where CLDR calls them otherwise.

Names as in the United Nations terminology database UNTERM, short and formal.
"""

from collections.abc import Iterator

from iomsite.countries import country_codes, country_name
from speeches.mentions.finding.found import NameRow
from speeches.targets import Target

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh-hans")

OTHER_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "BN": ("Brunei Darussalam",),
        "BO": ("Plurinational State of Bolivia",),
        "CD": ("Democratic Republic of the Congo", "DR Congo"),
        "CG": ("Republic of the Congo", "Congo"),
        "CI": ("Côte d'Ivoire", "Ivory Coast"),
        "CV": ("Cabo Verde", "Cape Verde"),
        "CZ": ("Czech Republic", "Czechia"),
        "FM": ("Federated States of Micronesia",),
        "GB": ("United Kingdom of Great Britain and Northern Ireland", "Great Britain"),
        "HK": ("Hong Kong",),
        "IR": ("Islamic Republic of Iran",),
        "KN": ("Saint Kitts and Nevis",),
        "KP": ("Democratic People's Republic of Korea",),
        "KR": ("Republic of Korea",),
        "LA": ("Lao People's Democratic Republic", "Lao PDR"),
        "LC": ("Saint Lucia",),
        "LY": ("Libyan Arab Jamahiriya",),
        "MD": ("Republic of Moldova",),
        "MK": ("the former Yugoslav Republic of Macedonia",),
        "MM": ("Myanmar",),
        "MO": ("Macao", "Macau"),
        "NL": ("Kingdom of the Netherlands",),
        "RU": ("Russian Federation",),
        "ST": ("Sao Tome and Principe",),
        "SY": ("Syrian Arab Republic",),
        "SZ": ("Swaziland",),
        "TR": ("Turkey",),
        "TT": ("Trinidad and Tobago",),
        "TZ": ("United Republic of Tanzania",),
        "US": ("United States of America", "USA"),
        "VC": ("Saint Vincent and the Grenadines",),
        "VE": ("Bolivarian Republic of Venezuela",),
        "VN": ("Viet Nam",),
        "AG": ("Antigua and Barbuda",),
        "BA": ("Bosnia and Herzegovina",),
        "CN": ("People's Republic of China",),
        "PS": ("Palestine",),
    },
    "fr": {
        "CD": ("République démocratique du Congo",),
        "GB": ("Royaume-Uni de Grande-Bretagne et d'Irlande du Nord",),
        "KP": ("République populaire démocratique de Corée",),
        "KR": ("République de Corée",),
        "LA": ("République démocratique populaire lao",),
        "MD": ("République de Moldova",),
        "RU": ("Fédération de Russie",),
        "SY": ("République arabe syrienne",),
        "TR": ("Turquie",),
        "TZ": ("République-Unie de Tanzanie",),
        "US": ("États-Unis d'Amérique",),
        "VN": ("Viet Nam",),
    },
    "es": {
        "CD": ("República Democrática del Congo",),
        "GB": ("Reino Unido de Gran Bretaña e Irlanda del Norte",),
        "KP": ("República Popular Democrática de Corea",),
        "KR": ("República de Corea",),
        "LA": ("República Democrática Popular Lao",),
        "RU": ("Federación de Rusia",),
        "SY": ("República Árabe Siria",),
        "TZ": ("República Unida de Tanzanía",),
        "US": ("Estados Unidos de América",),
        "VN": ("Viet Nam",),
    },
    "ru": {"RU": ("Российская Федерация",), "US": ("Соединенные Штаты Америки",)},
    "ar": {"RU": ("الاتحاد الروسي",), "US": ("الولايات المتحدة الأمريكية",)},
    "zh-hans": {"RU": ("俄罗斯联邦",), "US": ("美利坚合众国",)},
}


def country_rows() -> Iterator[NameRow]:
    """Yield the names of all States in the six languages."""
    for code in country_codes():
        target = Target("country", code)
        for language in LANGUAGES:
            yield NameRow(target, country_name(code, language), language, "primary")
            for name in OTHER_NAMES.get(language, {}).get(code, ()):
                yield NameRow(target, name, language, "other")
