"""What the checklist asks of any text in HTML: links that lead somewhere and say where."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import lxml.html
from django.utils.translation import gettext as _
from lxml.etree import ParserError

from iomsite.publishing.checklist import Finding

MOST_FINDINGS = 5
"""Of one sort in one text. Whoever mends these sees the others next."""

SAYS_NOTHING = frozenset(
    """click click¬here here link this¬link more read¬more learn¬more see¬more details this¬page
    this cliquez¬ici ici lire¬la¬suite en¬savoir¬plus aquí haga¬clic¬aquí leer¬más más
    здесь тут подробнее далее هنا اضغط¬هنا المزيد 点击这里 这里 更多""".replace("\n", " ").split()
)

_SPACES = re.compile(r"\s+")


def link_findings(html: str, field: str) -> Iterator[Finding]:
    """Yield what is wrong with the links of a text; `field` is where the text is written."""
    if "<a" not in html:
        return
    try:
        root = lxml.html.fragment_fromstring(html, create_parent="div")
    except ParserError:
        return
    found = [
        finding
        for link in root.iter("a")
        if (finding := _finding(link.get("href") or "", link.text_content(), field))
    ]
    yield from found[:MOST_FINDINGS]


def web_address_findings(address: str, field: str) -> Iterator[Finding]:
    """Yield what is wrong with the address of a website."""
    if address.startswith("http:"):
        message = _("The website’s address begins with http:// and not with https://.")
        yield Finding(False, message, field)


def _finding(address: str, words: str, field: str) -> Finding | None:
    words = _SPACES.sub(" ", words).strip()
    if not words:
        message = _("A link to %(address)s has no words, so nobody can see or hear it.")
        return Finding(False, message % {"address": address[:100] or "–"}, field)
    if not address:
        message = _("The link “%(words)s” leads nowhere.")
        return Finding(False, message % {"words": words[:100]}, field)
    if not _is_complete(address):
        message = _("The link “%(words)s” leads to “%(address)s”, which is no whole web address.")
        values = {"words": words[:100], "address": address[:100]}
        return Finding(False, message % values, field)
    if words.casefold().rstrip(".…»>: ").replace(" ", "¬") in SAYS_NOTHING:
        message = _("The link “%(words)s” does not say where it leads.")
        return Finding(False, message % {"words": words[:100]}, field)
    return None


def _is_complete(address: str) -> bool:
    """Say whether an address stands by itself: of the web, of mail, or a paragraph here."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme in {"http", "https"}:
        return bool(parts.netloc)
    if parts.scheme == "mailto":
        return "@" in parts.path
    return address.startswith("#") and len(address) > 1
