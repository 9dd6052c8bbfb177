"""What an import would do, shown before anything is saved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.text import Truncator

from iomsite.dates import show_partial_date
from iomsite.languages import DEFAULT_LANGUAGE, direction, html_language, language_name
from iomsite.markup import sanitize
from speeches.passages import split

from .parsed import ParsedSpeech, RowProblem
from .report import ImportReport
from .save import SpeechWriter

PASSAGES_SHOWN = 3
SIGNS_SHOWN = 500
SPEECHES_SHOWN = 50


@dataclass(frozen=True)
class SpeechPreview:
    """One speech as it would be imported, in plain words."""

    uri: str
    title: str
    language: str
    direction: str
    languages: tuple[str, ...]
    delivered: str
    """As the record shows dates; empty when the source tells none."""
    place: str
    speakers: tuple[str, ...]
    passages: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass
class Preview:
    """The first speeches of an input, and the report of a trial run over all of it."""

    report: ImportReport
    speeches: list[SpeechPreview] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many speeches would be written."""
        return self.report.created + self.report.updated

    @property
    def hidden(self) -> int:
        """How many of them are not shown one by one."""
        return max(0, self.count + self.report.skipped - len(self.speeches))


def preview(items: Iterable[ParsedSpeech | RowProblem], name: str, *, publish: bool) -> Preview:
    """Try an import on all its speeches, save nothing, and return what a person should see."""
    writer = SpeechWriter(publish=publish, dry_run=True)
    result = Preview(writer.report)

    def seen() -> Iterator[ParsedSpeech | RowProblem]:
        for item in items:
            if isinstance(item, ParsedSpeech) and len(result.speeches) < SPEECHES_SHOWN:
                result.speeches.append(describe(item))
            yield item

    writer.write_all(seen(), name)
    remarks: dict[str, list[str]] = {}
    for remark in writer.report.remarks:
        remarks.setdefault(remark.where, []).append(remark.message)
    result.speeches = [
        replace(speech, remarks=tuple(remarks.get(speech.uri, ()))) for speech in result.speeches
    ]
    return result


def describe(item: ParsedSpeech) -> SpeechPreview:
    """Return what a person needs to recognize a speech: title, date, speakers, first words."""
    text = item.texts[0] if item.texts else None
    language = (text.language if text else "") or DEFAULT_LANGUAGE
    blocks = split(sanitize(text.html)) if text else []
    return SpeechPreview(
        uri=item.source.uri,
        title=text.title if text else "",
        language=html_language(language),
        direction=direction(language),
        languages=tuple(language_name(text.language) for text in item.texts if text.language),
        delivered=(
            show_partial_date(item.delivered_on, item.delivered_precision)
            if item.delivered_on
            else ""
        ),
        place=item.place,
        speakers=tuple(
            ", ".join(filter(None, (part.name or part.person, part.office)))
            for part in item.contributions
        ),
        passages=tuple(
            Truncator(block.text).chars(SIGNS_SHOWN) for block in blocks[:PASSAGES_SHOWN]
        ),
    )


def in_language(
    items: Iterable[ParsedSpeech | RowProblem], language: str
) -> Iterator[ParsedSpeech | RowProblem]:
    """Give texts whose source does not name their language the one that somebody chose."""
    for item in items:
        if language and isinstance(item, ParsedSpeech):
            texts = tuple(
                text if text.language else replace(text, language=language) for text in item.texts
            )
            item = replace(item, texts=texts)
        yield item
