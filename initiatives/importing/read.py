"""Stage one: the bytes of a directory file become entries in our words, and problems.

Pure: nothing here asks the database. Every problem is collected, so that one run tells all.
"""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from initiatives.importing.entries import (
    MODELS,
    AgendaEntry,
    Entry,
    EntryName,
    EntryTerm,
    Problem,
)
from initiatives.importing.kinds import HAS_KIND, NAME_KINDS, kind_of
from initiatives.importing.values import FieldError, Values
from initiatives.models import MeetingSeries, Name
from iomsite.languages import DEFAULT_LANGUAGE, TEXT_LANGUAGES
from iomsite.markup import sanitize

_KEY = re.compile(r"(?P<type>[a-z]+):(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")
_EVERY_TYPE = ["id", "type", "name", "names", "note", "description", "staff_note", "uncertain"]
_FIELDS = {
    "org": "kind founded dissolved hq country website parent successor members",
    "init": "kind adopted founded dissolved place country website parent successor",
    "series": "kind founded dissolved website parent default idby rule chairs members",
    "meet": "series ordinal place country start end website agenda",
    "office": "of rank several_holders",
    "person": "terms nationality born died website sort",
    "term": "kind",
}
_DATES = {
    "org": {"founded": "founded_on", "dissolved": "dissolved_on"},
    "init": {"adopted": "starts_on", "founded": "starts_on", "dissolved": "ends_on"},
    "series": {"founded": "starts_on", "dissolved": "ends_on"},
    "meet": {"start": "starts_on", "end": "ends_on"},
    "person": {"born": "born_on", "died": "died_on", "from": "starts_on", "to": "ends_on"},
}
_SPANS = {
    "org": ("founded_on", "dissolved_on"),
    "init": ("starts_on", "ends_on"),
    "series": ("starts_on", "ends_on"),
    "meet": ("starts_on", "ends_on"),
    "person": ("born_on", "died_on"),
}
_COPIED = {
    "note": "note",
    "description": "description",
    "staff_note": "staff_note",
    "website": "website",
    "hq": "headquarters",
    "place": "place",
    "rank": "rank",
    "ordinal": "ordinal",
    "chairs": "staff_note",
}
_PARENTS = {
    ("org", "org"): "parent",
    ("org", "series"): "supports",
    ("init", "series"): "series",
    ("init", "init"): "parent",
    ("series", "org"): "organizer",
    ("series", "init"): "initiative",
}


def read_directory(data: bytes) -> tuple[list[Entry], list[Problem]]:
    """Return the entries of a file that can be read, and what is wrong with the others."""
    try:
        rows = _rows(data)
    except FieldError as error:
        return [], [Problem(_("the file"), error.field, str(error))]
    entries, problems = [], []
    for place, row in enumerate(rows, start=1):
        key = str(row.get("id") or "") if isinstance(row, dict) else ""
        reader = _EntryReader(row if isinstance(row, dict) else {})
        entry = reader.read()
        if entry:
            entries.append(entry)
        label = key or _("entry %(place)d") % {"place": place}
        problems += [Problem(label, error.field, str(error)) for error in reader.errors]
    return entries, problems


def _rows(data: bytes) -> list[Any]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FieldError(
            "", _("The file is not in UTF-8. Save it again in the encoding UTF-8.")
        ) from error
    except (json.JSONDecodeError, RecursionError) as error:
        message = _("The file is no JSON (%(error)s). Choose another or mend it there.")
        raise FieldError("", message % {"error": error}) from error
    rows = document.get("entities") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not rows:
        raise FieldError("entities", _("The file has no list “entities”. Put the entries there."))
    return rows


class _EntryReader:
    """Reads one entry, collecting an error for each field that cannot be taken."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.values = Values(row)
        self.errors = self.values.errors
        self.row = row
        self.type = ""

    def read(self) -> Entry | None:
        key = self.values.text("id")
        self.type = self.values.text("type")
        match = _KEY.fullmatch(key)
        if self.type not in MODELS:
            self.values.refuse("type", _("Write one of: %(types)s.") % {"types": ", ".join(MODELS)})
        elif not match or match["type"] != self.type:
            message = _("Write “%(type)s:” and a name of small letters, digits and hyphens.")
            self.values.refuse("id", message % {"type": self.type})
        else:
            self._refuse_unknown_fields()
            entry = self._entry(key)
            return None if self.errors else entry
        return None

    def _refuse_unknown_fields(self) -> None:
        known = [*_EVERY_TYPE, *_FIELDS[self.type].split()]
        for name in self.row:
            if name not in known:
                self.values.refuse(
                    name,
                    _("This field is not known. The fields of this type are: %(fields)s.")
                    % {"fields": ", ".join(known)},
                )

    def _entry(self, key: str) -> Entry:
        facts = self._facts()
        names = self._names(facts["name"])
        facts["acronym"] = _acronym(names)
        links, leads = self._links()
        return Entry(
            key=key,
            type=self.type,
            facts=facts,
            links=links,
            names=names,
            leads=leads,
            terms=tuple(self._terms(facts)),
            members=tuple(self.values.country_codes("members")),
            agenda=tuple(self._agenda()),
        )

    def _facts(self) -> dict[str, Any]:
        values = self.values
        name = values.text("name")
        if not name:
            values.refuse("name", _("A name is needed."))
        facts: dict[str, Any] = {"name": name, "name_language": DEFAULT_LANGUAGE}
        for source, field in _COPIED.items():
            if self.row.get(source) not in (None, ""):
                number = source in {"rank", "ordinal"}
                facts[field] = values.number(source) if number else values.text(source)
        if "description" in facts:
            facts["description"] = sanitize(facts["description"])
        for source, field in _DATES.get(self.type, {}).items():
            if self.row.get(source):
                facts |= values.partial_date(source, field)
        if self.type in _SPANS:
            values.check_order(facts, *_SPANS[self.type])
        for source, field in (("country", "country"), ("nationality", "nationality")):
            if self.row.get(source):
                facts[field] = values.country(source)
        if self.type in HAS_KIND:
            word = values.text("kind")
            facts |= {"kind": kind_of(self.type, word, name), "kind_detail": word}
        self._add_facts_of_type(facts)
        facts["uncertain_fields"] = self._uncertain()
        return facts

    def _add_facts_of_type(self, facts: dict[str, Any]) -> None:
        values = self.values
        if self.type == "person":
            facts["family_name"] = values.text("sort") or facts["name"].rpartition(" ")[2]
        elif self.type == "office":
            facts["has_one_holder"] = not self.row.get("several_holders", False)
        elif self.type == "series":
            by_year = values.choice("idby", {"year", "ordinal"}) == "year"
            facts["editions"] = MeetingSeries.Edition("year" if by_year else "ordinal")
            means = values.choice("default", {"series", "latest"}) or "series"
            facts["bare_name_means"] = MeetingSeries.BareName(means)
            if rule := values.mapping("rule"):
                facts["base_year"] = rule.number("ordinal_to_year")
                facts["first_ordinal"] = rule.number("from_ordinal")

    def _uncertain(self) -> list[str]:
        """Name the doubtful facts by our own fields; a term carries its own doubts."""
        dates = _DATES.get(self.type, {})
        words = self.values.words("uncertain")
        if self.type == "person":
            words = [word for word in words if word not in {"from", "to"}]
        return [dates.get(word, word) for word in words]

    def _links(self) -> tuple[dict[str, str], str]:
        """Return the links by our fields, and the lead organization of an initiative."""
        links, leads = {}, ""
        for source, field in (("successor", "successor"), ("series", "series")):
            if target := self.values.text(source):
                links[field] = target
        if self.type == "office":
            links["organization"] = self.values.text("of")
            if not links["organization"]:
                self.values.refuse("of", _("Name the organization that the office belongs to."))
        if parent := self.values.text("parent"):
            kind = parent.partition(":")[0]
            if (self.type, kind) == ("init", "org"):
                leads = parent
            elif field := _PARENTS.get((self.type, kind), ""):
                links[field] = parent
            else:
                self.values.refuse(
                    "parent", _("“%(key)s” cannot be the parent of this.") % {"key": parent}
                )
        return links, leads

    def _names(self, name: str) -> tuple[EntryName, ...]:
        """Return the names other than the entry's own, each once."""
        found: dict[tuple[str, str, str], EntryName] = {}
        primary: set[str] = set()
        for values in self.values.rows("names"):
            kind = NAME_KINDS.get(values.choice("k", set(NAME_KINDS)), "")
            language = values.choice("lang", set(TEXT_LANGUAGES)) or DEFAULT_LANGUAGE
            policy = values.choice("policy", set(Name.Policy.values))
            text = values.text("t")
            if not text:
                values.refuse("t", _("A name is needed."))
            if kind == Name.Kind.PRIMARY:
                if language in primary:
                    values.refuse("lang", _("Give one primary name for each language."))
                primary.add(language)
                if language == DEFAULT_LANGUAGE:
                    if text != name:
                        values.refuse("t", _("The primary name and “name” differ. Make them one."))
                    continue
            found.setdefault((text, kind, language), EntryName(text, kind, language, policy))
        return tuple(found.values())

    def _terms(self, facts: dict[str, Any]) -> list[EntryTerm]:
        doubts = [word for word in self.values.words("uncertain") if word in {"from", "to"}]
        terms = []
        for values in self.values.rows("terms"):
            span: dict[str, Any] = {}
            for source, field in (("from", "starts_on"), ("to", "ends_on")):
                span |= values.partial_date(source, field)
            values.check_order(span, "starts_on", "ends_on")
            words = {*doubts, *values.words("uncertain")}
            uncertain = tuple(_DATES["person"].get(word, word) for word in sorted(words))
            office = values.text("office")
            if not office:
                values.refuse("office", _("Name the office by its id."))
            acting = bool(values.row.get("acting", False))
            terms.append(EntryTerm(office, **span, uncertain_fields=uncertain, acting=acting))
        return terms

    def _agenda(self) -> list[AgendaEntry]:
        items = [
            AgendaEntry(values.text("number"), values.text("title"))
            for values in self.values.rows("agenda")
        ]
        numbers = [item.number for item in items if item.number]
        if len(set(numbers)) < len(numbers):
            self.values.refuse("agenda", _("Two items have the same number. Number them apart."))
        if any(not item.title for item in items):
            self.values.refuse("agenda", _("Each item of the agenda needs a title."))
        return items


def _acronym(names: tuple[EntryName, ...]) -> str:
    """Return the acronym that stands for the entry: one used freely, else the first."""
    acronyms = [name for name in names if name.kind == Name.Kind.ACRONYM]
    acronyms.sort(key=lambda name: name.policy != Name.Policy.FREE)
    return acronyms[0].text if acronyms else ""
