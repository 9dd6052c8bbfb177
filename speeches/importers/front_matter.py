"""What stands around a title: date, place, speaker and how final the words are."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from . import dates
from .bylines import Byline, contributions, read_byline, read_title_byline
from .country_codes import country_code
from .parsed import ParsedContribution

_STATUSES = (
    ("check_against_delivery", r"(?:please )?check against delivery"),
    ("check_against_delivery", r"seul le (?:texte|discours) prononcé fait foi"),
    (
        "check_against_delivery",
        r"vérifier à l['’]audition|cotejar con (?:el )?(?:texto|discurso) .*",
    ),
    ("as_prepared", r"(?:remarks |statement |text )?as prepared(?: for delivery)?"),
    ("as_delivered", r"(?:remarks |statement |text )?as delivered|tel que prononcé"),
    ("transcript", r"(?:unofficial |verbatim )?transcript"),
    ("speaking_notes", r"speaking notes|talking points"),
    ("written_statement", r"written statement"),
)
_STATUS = tuple(
    (status, re.compile(rf"[\s*\[(_–—-]*(?:{words})[\s*\])_.!–—-]*", re.IGNORECASE))
    for status, words in _STATUSES
)
_DATE_LABEL = re.compile(
    r"(?:date|delivered(?: on)?|speech date|fecha|prononcé le|le|el)\s*:?\s*", re.IGNORECASE
)
_PUBLISHED_LABEL = re.compile(
    r"(?:published|posted|release date|publié|publicado)(?: on| le| el)?\s*:?\s*", re.IGNORECASE
)
_CHANGED_LABEL = re.compile(
    r"(?:last )?(?:updated|modified|reviewed)\b|mis à jour|actualizado|©|copyright", re.IGNORECASE
)
_DATE_PREPOSITION = re.compile(r"[,\s]+(?:le|el|on|the)\s+$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*(?:[\s,]+(?:(?:de|del|la|le|of|and|d['’])\s+)*[A-ZÀ-Þ][\w.'’-]*){0,5}"
)
_SPEECH_KIND = re.compile(
    r"(?:speech(?:es)?|statements?|remarks|news|talks?|discours|discursos?)"
    r"(?: and (?:talks|statements|remarks|speeches))?",
    re.IGNORECASE,
)


def is_fact(line: str) -> bool:
    """Tell whether a line does nothing but give a date, a speaker or a delivery status."""
    return FrontMatter().take(line)


@dataclass
class FrontMatter:
    """Facts gathered line by line; a line that was understood need not stay in the text."""

    delivered_on: date | None = None
    precision: str = "day"
    place: str = ""
    country: str = ""
    status: str = ""
    bylines: list[Byline] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def take(self, line: str) -> bool:
        """Learn what a line says; True when it says nothing else and can leave the body."""
        line = " ".join(line.split())
        return self._take_status(line) or self._take_date(line) or self._take_byline(line)

    def take_lines(self, lines: list[str]) -> set[int]:
        """Learn from lines in a row and give the indexes of those that can leave the body.

        A name and the office on the line under it are one byline.
        """
        taken: set[int] = set()
        for index, line in enumerate(lines):
            if index in taken:
                continue
            if self.take(line):
                taken.add(index)
            elif index + 1 < len(lines) and self._take_byline(f"{line}, {lines[index + 1]}"):
                taken |= {index, index + 1}
        return taken

    def take_title(self, title: str) -> None:
        """Learn from the title what no line of its own has said; the title stays whole."""
        if not self.bylines and (byline := read_title_byline(title)):
            self.bylines.append(byline)
        if self.delivered_on is None:
            found = self._found_date(title)
            if found and found.precision == "day":
                self.delivered_on = found.day
                self.warnings.append(_("The date was read from the title; check it."))

    def contributions(self) -> tuple[ParsedContribution, ...]:
        """Give the people found, each with a part in the speech."""
        return contributions(self.bylines)

    def set_date(self, day: date, precision: str, publication: bool) -> None:
        """Keep the first date found; a date of publication is kept with a remark."""
        if self.delivered_on is not None:
            return
        self.delivered_on, self.precision = day, precision
        if publication:
            self.warnings.append(
                _("The date is when the page was published; check the day of delivery.")
            )

    def _take_status(self, line: str) -> bool:
        for status, words in _STATUS:
            if words.fullmatch(line):
                warning = _("The line “%(line)s” was read as the delivery status and left out.")
                if not self.status:
                    self.status = status
                    self.warnings.append(warning % {"line": line})
                return True
        return False

    def _take_date(self, line: str) -> bool:
        if len(line) > 100 or _CHANGED_LABEL.match(line):
            return False
        found = self._found_date(line)
        if found is None:
            return False
        before, after = line[: found.start], line[found.end :]
        published = _PUBLISHED_LABEL.match(before)
        label = published or _DATE_LABEL.match(before)
        before = before[label.end() :] if label else before
        rest = f"{_DATE_PREPOSITION.sub('', before)} {after}"
        rest = _SPEECH_KIND.sub("", _WEEKDAY.sub("", rest)).strip(" ,.;:|()[]–—-/")
        if rest and not _PLACE.fullmatch(rest):
            return False
        self.set_date(found.day, found.precision, bool(published))
        if rest and not self.place:
            self._set_place(rest)
        return True

    def _take_byline(self, line: str) -> bool:
        byline = read_byline(line)
        if byline is None:
            return False
        if not byline.name and self.bylines and not self.bylines[-1].office:
            self.bylines[-1] = self.bylines[-1]._replace(office=byline.office)
        elif byline not in self.bylines:
            self.bylines.append(byline)
        return True

    def _set_place(self, words: str) -> None:
        place, comma, last = words.rpartition(",")
        code = country_code(last) if comma and len(last.strip()) > 3 else ""
        self.place, self.country = (place.strip(" ,"), code) if code else (words, "")

    def _found_date(self, text: str) -> dates.FoundDate | None:
        try:
            return dates.find(text)
        except dates.DateError as error:
            self.warnings.append(
                _("“%(date)s” near the title is no single date; write the day of delivery.")
                % {"date": error}
            )
            return None
