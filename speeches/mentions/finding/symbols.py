"""Documents of the United Nations, by their symbols and by the numbers of resolutions.

The series of symbols are those of ST/LIB/SER.B/5 and its successors: the organ's letters, then
parts between slashes, of which one at least is a number.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from speeches.mentions.finding.found import Symbol

_ORGANS = (
    "A|S|E|T|ST|DP|TD|HRI|CCPR|CEDAW|CRC|CERD|CAT|CMW|CRPD|CED|FCCC|CBD|NPT|ISBA|LOS|UNEP|ID|"
    "DC|AT|PCNICC|UNW|HSP|ECE|ESCWA"
)
_SYMBOL = re.compile(
    rf"(?<![\w/.:@-])(?:{_ORGANS})(?:/[A-Z0-9][A-Za-z0-9.\-]*)+(?:[ \u00a0]?\((?:19|20)\d\d\))?"
)
_COUNCIL = re.compile(
    r"(?i:resolutions?|résolutions?|resoluci[oó]n(?:es)?)[ \u00a0]+"
    r"(?P<number>\d{2,4})[ \u00a0]?\((?P<year>19[4-9]\d|20\d\d)\)"
)
_ASSEMBLY = re.compile(
    r"(?i:resolutions?|résolutions?|resoluci[oó]n(?:es)?)[ \u00a0]+"
    r"(?P<number>[1-9]\d/[1-9]\d{0,2})(?![\d/])"
)
LONGEST = 60


def symbols_in(text: str, passage: int = 0) -> Iterator[Symbol]:
    """Yield the documents that a passage refers to, in reading order."""
    found = [
        Symbol(passage, match.start(), match.start() + len(shown), _compact(shown))
        for match in _SYMBOL.finditer(text)
        if _is_symbol(shown := match.group().rstrip(".-"))
    ]
    if "esol" in text or "ésol" in text:
        for match in _COUNCIL.finditer(text):
            symbol = f"S/RES/{match['number']}({match['year']})"
            found.append(Symbol(passage, match.start("number"), match.end(), symbol))
        for match in _ASSEMBLY.finditer(text):
            symbol = f"A/RES/{match['number']}"
            found.append(Symbol(passage, match.start("number"), match.end("number"), symbol))
    yield from sorted(found, key=lambda one: one.start)


def address_of(symbol: str) -> str:
    """Return where the United Nations hand out a document."""
    return f"https://undocs.org/{quote(symbol, safe='/()')}"


def _is_symbol(shown: str) -> bool:
    """Say whether it is one, and no fraction, grade or pair of letters such as A/B."""
    parts = shown.split("/")[1:]
    if len(shown) > LONGEST or not all(parts) or not any(sign.isdigit() for sign in shown):
        return False
    # `A/810` and `S/26305` are symbols; `A/4` is a size of paper.
    return len(parts) > 1 or len(parts[0]) > 2


def _compact(shown: str) -> str:
    return shown.replace(" ", "").replace("\u00a0", "")
