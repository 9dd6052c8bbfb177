"""Mappings from a source's columns to our fields.

A mapping is a JSON object {field: template}. In a template `{column}` stands for the value
of a column; `{one or other}` for the first of them that is filled; `{column|filter}` for
the value put through a filter; `{{` and `}}` for braces. A missing or empty column renders
empty, and a template whose columns are all empty renders empty as a whole, so that
`Minister {name}` never leaves a lone “Minister”.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .country_codes import country_code, country_name
from .encodings import mended
from .parsed import UnreadableInput

CONTRIBUTION_FIELDS = (
    *("speaker", "office", "role", "person"),
    *("on_behalf_of_organization", "on_behalf_of_country"),
)
TEXT_FIELDS = ("title", "language", "text", "html", "summary", "kind")
LIST_FIELDS = ("texts", "contributions", "organizations", "initiatives")
FIELDS = (
    *("slug", "reference", *TEXT_FIELDS, *CONTRIBUTION_FIELDS, *LIST_FIELDS),
    *("delivered_on", "time_zone", "place", "country", "delivery_status"),
    *("meeting", "meeting_series", "meeting_ordinal", "agenda_item"),
    *("source_url", "locator"),
)
"""Every field of a row. `locator` names the row within its file and goes no further."""

_TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_FILTERS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "country_name": country_name,
    "country_code": country_code,
    "mended": mended,
}
_IDENTITY = {field: f"{{{field}}}" for field in FIELDS}
_SHIPPED = Path(__file__).parent / "mappings"


@dataclass(frozen=True)
class Placeholder:
    """One `{…}` of a template: columns in order of preference, and what to do to the value."""

    columns: tuple[str, ...]
    convert: Callable[[str], str] | None = None

    def value(self, row: Mapping[str, Any]) -> Any:
        """Give the first filled column's value, filtered; lists pass as they are."""
        for column in self.columns:
            value = row.get(column)
            if value is None or value == "" or value == []:
                continue
            return self.convert(as_words(value)) if self.convert else value
        return ""


Template = tuple[str | Placeholder, ...]


class RowMapping:
    """A checked mapping, ready to render rows; without templates every field is its own column."""

    def __init__(self, templates: Mapping[str, str] | None = None) -> None:
        self.identity = templates is None
        chosen = _IDENTITY if templates is None else templates
        for field, template in chosen.items():
            if field not in FIELDS or not isinstance(template, str):
                raise UnreadableInput(
                    _(
                        "The mapping names “%(field)s”, which is no field with a template. "
                        "The fields are: %(fields)s."
                    )
                    % {"field": field, "fields": ", ".join(FIELDS)}
                )
        self.templates = {field: parse_template(words) for field, words in chosen.items()}

    def columns(self) -> list[str]:
        """Name the columns that must stand in a header: those that have no alternative."""
        return [
            part.columns[0]
            for template in self.templates.values()
            for part in template
            if isinstance(part, Placeholder) and len(part.columns) == 1
        ]

    def render(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give our fields of a row, empty ones left out."""
        rendered = {field: render(template, row) for field, template in self.templates.items()}
        return {field: value for field, value in rendered.items() if value not in ("", [])}


def parse_template(words: str) -> Template:
    """Read a template; braces that do not match or an unknown filter are refused."""
    parts: list[str | Placeholder] = []
    last = 0
    for token in _TOKEN.finditer(words):
        parts.append(words[last : token.start()])
        last = token.end()
        if token[0] in ("{{", "}}"):
            parts.append(token[0][0])
        elif token[1] is None or not token[1].strip():
            raise UnreadableInput(
                _("The template “%(template)s” has a brace without its partner or name.")
                % {"template": words}
            )
        else:
            parts.append(_placeholder(token[1], words))
    parts.append(words[last:])
    return tuple(part for part in parts if part != "")


def render(template: Template, row: Mapping[str, Any]) -> Any:
    """Fill a template; one placeholder alone passes on lists as lists."""
    if len(template) == 1 and isinstance(template[0], Placeholder):
        value = template[0].value(row)
        return value if isinstance(value, list) else as_words(value)
    values = [part if isinstance(part, str) else as_words(part.value(row)) for part in template]
    columns = [
        value for value, part in zip(values, template, strict=True) if isinstance(part, Placeholder)
    ]
    return "" if columns and not any(columns) else "".join(values).strip()


def as_words(value: Any) -> str:
    """Write a value of JSON as the words of a cell."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(as_words, value))
    return json.dumps(value, ensure_ascii=False)


def shipped_mapping(name: str) -> dict[str, str]:
    """Load a mapping that comes with the site, such as `un_general_debate`."""
    known = sorted(path.stem for path in _SHIPPED.glob("*.json"))
    if name not in known:
        raise UnreadableInput(
            _("There is no mapping “%(name)s”. There are: %(known)s.")
            % {"name": name, "known": ", ".join(known)}
        )
    templates: dict[str, str] = json.loads((_SHIPPED / f"{name}.json").read_text("utf-8"))
    return templates


def _placeholder(inner: str, template: str) -> Placeholder:
    columns, bar, name = inner.partition("|")
    convert = _filter(name.strip(), template) if bar else None
    return Placeholder(tuple(column.strip() for column in columns.split(" or ")), convert)


def _filter(name: str, template: str) -> Callable[[str], str]:
    if name.startswith("choose:"):
        pairs = [pair.partition("=") for pair in name.removeprefix("choose:").split(",")]
        choices = {value.strip(): result.strip() for value, _equals, result in pairs}
        return lambda value: choices.get(value, choices.get("*", ""))
    if name not in _FILTERS:
        raise UnreadableInput(
            _("The template “%(template)s” uses the filter “%(name)s”. There are: %(known)s.")
            % {"template": template, "name": name, "known": ", ".join([*_FILTERS, "choose:…"])}
        )
    return _FILTERS[name]
