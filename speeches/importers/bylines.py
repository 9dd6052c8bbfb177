"""Who speaks, read from the lines around a title: names and offices as the source writes them."""

import re
from typing import NamedTuple

from .parsed import ParsedContribution

# Words that open a line about who speaks, in English, French and Spanish.
_SPEECH = (
    r"(?:opening |closing |introductory |welcoming |welcome |keynote |concluding |video |oral )*"
    r"(?:remarks|statement|address|speech|message|presentation|lecture|talk|intervention|report"
    r"|discours|allocution|déclaration|exposé|discurso|declaración|alocución|intervención"
    r"|palabras|mensaje)(?: d['’]ouverture| d['’]introduction| de apertura| liminaire)?"
)
_BY = r"(?:by|of|de|du|del|de la|de l['’]|par|prononcée? par|pronunciad[oa] por|por)"
_SPOKEN_BY = re.compile(
    rf"(?:(?:{_SPEECH}\s*,?\s+(?:delivered |given |made )?{_BY})|by|par|por)"
    r"\s+(?P<the>the\s+|el\s+)?"
    r"(?P<who>.+)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:speakers?|delivered by|given by|orateur|oratrice|intervenant|oradora?)\s*:\s*"
    r"(?P<who>.+)",
    re.IGNORECASE,
)
_READ_BY = re.compile(
    r"\(?(?:as )?(?:delivered|read|read out|presented|lu|leído) (?:on (?:his|her|their) behalf )?"
    r"(?:by|par|por)\s+(?P<who>[^()]+)\)?",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:director[- ]general|directora general|directrice générale|directeur général"
    r"|secretary[- ]general|secrétaire général|secretari[oa] general|high commissioner"
    r"|ambassador|president|prime minister|minister|chair(?:man|woman|person)?|director|directora"
    r"|chief of mission|head of|commissioner|permanent representative|special representative"
    r"|special envoy|coordinator|administrator|under-secretary|assistant secretary|rapporteur"
    r"|président|presidente|presidenta|ministre|ministr[oa]|ambassadeur|embajador|directeur"
    r"|directrice|chef de mission|jefe de misión)",
    re.IGNORECASE,
)
_HONORIFIC = (
    r"(?:H\.?\s?E\.?|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|M|Mme|Sr|Sra|Don|Doña|S\.E\.)\.?,?"
)
_NAME_WORD = r"(?:[^\W\d_]\.|(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*))"
_PARTICLE = r"(?:de|del|la|da|dos|von|van|der|den|bin|bint|al|el|y|e|ibn|ben|ter)"
_NAME = re.compile(
    rf"(?:{_HONORIFIC}\s+)*{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_NAME_WORD}){{1,5}}"
)
# Where a name and office end in a running title: the occasion follows.
_OCCASION = re.compile(
    r"\s*(?:,\s*)?\b(?:at|to|on|before|during|à l['’]|à la|lors|devant|ante|en)\s"
    r"|\s[–—|-]\s|:\s"
)
_EVENT = re.compile(r"\b(?:at|on|before|during|lors|devant|ante)\s", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\b(?:conference|meeting|session|council|forum|summit|seminar|workshop|organization|nations"
    r"|committee|commission|assembly|dialogue|process|group|office|mission|migration"
    r"|development|day|opening|remarks|statement|speech|address|high|level|ladies|gentlemen"
    r"|excellenc\w+|delegates|university|headquarters|government|international|global"
    r"|union|states|republic|kingdom|bank|fund|agency|ministry|delegation|department"
    r"|introduction|conclusion|background|overview|challenges|way)\b",
    re.IGNORECASE,
)


class Byline(NamedTuple):
    """A name and an office, either of them possibly empty, and how the line names them."""

    name: str
    office: str
    role: str


def read_byline(line: str) -> Byline | None:
    """Read a line that does nothing but say who speaks; any other line gives None."""
    line = line.strip().strip("*_").rstrip(".").strip()
    if len(line) > 160:
        return None
    if match := _READ_BY.fullmatch(line):
        return _who(match["who"], "reader")
    if match := _LABEL.fullmatch(line):
        return _who(match["who"], "speaker")
    if _EVENT.search(line):
        return None
    if match := _SPOKEN_BY.fullmatch(line):
        return _spoken_by(match, match["who"])
    byline = _who(line, "speaker")
    return byline if byline and byline.name and byline.office else None


def read_title_byline(title: str) -> Byline | None:
    """Read the speaker out of a title such as “Remarks by Ana Pérez, Director General, at …”."""
    match = _SPOKEN_BY.match(title)
    if match is None:
        return None
    return _spoken_by(match, _OCCASION.split(match["who"], maxsplit=1)[0].rstrip(" ,"))


def contributions(bylines: list[Byline]) -> tuple[ParsedContribution, ...]:
    """Turn bylines into contributions; with a reader, the one who was read is represented."""
    read_out = any(byline.role == "reader" for byline in bylines)
    others = [byline for byline in bylines if byline.role == "speaker"]
    if read_out and not others:
        return tuple(ParsedContribution(b.name, b.office, "speaker") for b in bylines)
    return tuple(
        ParsedContribution(
            byline.name,
            byline.office,
            "represented" if read_out and byline.role == "speaker" else byline.role,
        )
        for byline in bylines
    )


def _spoken_by(match: re.Match[str], words: str) -> Byline | None:
    """Read who “by …” names; “by the …” may name an office but no person."""
    byline = _who(words, "speaker")
    return byline if byline and (byline.office or not match["the"]) else None


def _who(words: str, role: str) -> Byline | None:
    """Part “Name, Office”, “Office, Name”, “Office Name” or either alone."""
    words = " ".join(words.split()).strip(" ,;")
    name, comma, rest = words.partition(", ")
    if comma and _is_name(name) and _OFFICE.search(rest):
        return Byline(name, rest, role)
    if comma and _is_name(rest) and _is_office(name):
        return Byline(rest, name, role)
    if _is_name(words) and not _OFFICE.search(words):
        return Byline(words, "", role)
    office = _OFFICE.match(words)
    if office is None or not words[0].isupper():
        return None
    after = words[office.end() :].strip()
    if _is_name(after):
        return Byline(after, words[: office.end()], role)
    return Byline("", words, role) if _is_office(words) else None


def _is_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words)) and not _NO_NAME.search(words)


def _is_office(words: str) -> bool:
    found = _OFFICE.search(words)
    return bool(found) and len(words.split()) <= 12 and not re.search(r"[.;:!?]", words)
