"""Parsed speeches to write, and reading what the report says of them."""

from datetime import date
from typing import Any

from speeches.importers.parsed import (
    ParsedContribution,
    ParsedSource,
    ParsedSpeech,
    ParsedText,
    RowProblem,
)
from speeches.importers.report import ImportReport
from speeches.importers.save import SpeechWriter

TEXT = ParsedText("On shared waters", "<p>First words.</p><p>Second words.</p>", "en")


def a_source(uri: str = "speeches.csv#1", checksum: str = "a" * 64) -> ParsedSource:
    return ParsedSource(uri, "csv", checksum)


def parsed(**values: Any) -> ParsedSpeech:
    defaults = {"source": a_source(), "texts": (TEXT,), "delivered_on": date(2010, 5, 4)}
    return ParsedSpeech(**defaults | values)


def spoken_by(name: str = "", **values: Any) -> tuple[ParsedContribution, ...]:
    return (ParsedContribution(name=name, **values),)


def write(*items: ParsedSpeech | RowProblem, **options: Any) -> ImportReport:
    writer = SpeechWriter(**options)
    writer.write_all(items, "speeches.csv")
    return writer.report


def problems(report: ImportReport) -> list[tuple[str, str]]:
    return [(problem.where, problem.field) for problem in report.problems]


def messages(report: ImportReport) -> str:
    return "\n".join(report.lines())
