"""What the quote finder answers: word for word, altered or not found, and where it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import format_html
from django.utils.safestring import SafeString

from speeches.models import Speech, SpeechText
from speeches.search.answers.passages import passages_with
from speeches.search.answers.quotes import rarest
from speeches.search.quoting.quotation import Quotation
from speeches.search.quoting.standings import MOST_FOUND, Piece, Standing, find_standings
from speeches.search.quoting.word_diff import Difference, word_diff
from speeches.search.words.language import spans

EXACT, ALTERED, MISSING = "exact", "altered", "missing"
MOST_SHOWN = 20
MOST_ALTERED_SHOWN = 5
BESIDE = 400
"""Characters of a paragraph shown on either side of the words that were quoted."""
MOST_HINTS = 5
MOST_TRIED = 10


@dataclass(frozen=True)
class ShownPassage:
    """A paragraph with the quoted words marked, and the address that leads to it."""

    url: str
    number: str
    marked: SafeString


@dataclass(frozen=True)
class QuoteHit:
    """A speech with the quotation in it.

    `differences` holds, for each part of an altered quotation, the stretches of words that
    lead from what was quoted to what is on record; it is empty where both are the same.
    """

    speech: Speech
    text: SpeechText
    passages: Sequence[ShownPassage]
    differences: Sequence[Sequence[Difference]] = ()

    @property
    def url(self) -> str:
        return self.passages[0].url

    @property
    def is_split(self) -> bool:
        """Whether the words stand in several paragraphs."""
        return len(self.passages) > 1


@dataclass(frozen=True)
class QuoteAnswer:
    """The answer to one quotation.

    `total` counts the speeches that hold it; `is_least` says that there may be more of them.
    `hints` are words of a quotation that was not found, for a search of another kind.
    """

    kind: str
    hits: Sequence[QuoteHit] = ()
    total: int = 0
    is_least: bool = False
    is_cut: bool = False
    hints: Sequence[str] = ()


def answer_quotation(quotation: Quotation) -> QuoteAnswer:
    """Return the published speeches in which a quotation stands, the newest first.

    Speeches that hold it altered come in the order of their similarity, only the nearest.
    """
    found = find_standings(quotation)
    standings = _one_per_speech(found)
    exact = bool(standings) and standings[0].exact
    if not exact:
        standings = _nearest(standings)
    shown = standings[:MOST_SHOWN]
    hits = _hits(quotation, shown)
    if not hits:
        return QuoteAnswer(MISSING, hints=_hints(quotation))
    return QuoteAnswer(
        kind=EXACT if exact else ALTERED,
        hits=hits,
        total=len(standings) - (len(shown) - len(hits)),
        is_least=len(found) >= MOST_FOUND,
        is_cut=len(shown[0].parts) > 1,
    )


def _hints(quotation: Quotation) -> list[str]:
    """Return the rarest words of a quotation that the public can find."""
    said = (word for part in quotation.parts for word in part.words)
    # The index knows the words of embargoed speeches as well: a hint must not tell them.
    public = (word for word in rarest(said)[:MOST_TRIED] if passages_with([word], MOST_FOUND))
    return list(islice(public, MOST_HINTS))


def _one_per_speech(standings: Iterable[Standing]) -> list[Standing]:
    """Return the best standing in each speech, in whatever language it is."""
    best: dict[int, Standing] = {}
    for standing in standings:
        best.setdefault(standing.speech_id, standing)
    return list(best.values())


def _nearest(standings: list[Standing]) -> list[Standing]:
    """Return those that are as near to the quotation as the best one, or almost."""
    if not standings:
        return []
    least = standings[0].similarity - 0.05
    near = [standing for standing in standings if standing.similarity >= least]
    return near[:MOST_ALTERED_SHOWN]


def _hits(quotation: Quotation, standings: Sequence[Standing]) -> list[QuoteHit]:
    """Return the speeches behind the standings that the gate lets through."""
    keys = [standing.speech_id for standing in standings]
    rows = Speech.objects.published().for_listing().filter(pk__in=keys).order_by()
    speeches = {speech.pk: speech for speech in rows}
    hits = (
        _hit(quotation, standing, speeches[standing.speech_id])
        for standing in standings
        if standing.speech_id in speeches
    )
    return [hit for hit in hits if hit is not None]


def _hit(quotation: Quotation, standing: Standing, speech: Speech) -> QuoteHit | None:
    text = speech.text_in(standing.language)
    if text is None or text.language != standing.language:
        return None
    pieces: dict[int, list[Piece]] = {}
    for part in standing.parts:
        for piece in part:
            pieces.setdefault(piece.passage.passage_id, []).append(piece)
    passages = [
        ShownPassage(
            url=f"{text.address}#{together[0].passage.anchor}",
            number=together[0].passage.anchor.removeprefix("p"),
            marked=marked_passage(together),
        )
        for together in pieces.values()
    ]
    return QuoteHit(speech, text, passages, _differences(quotation, standing))


def _differences(quotation: Quotation, standing: Standing) -> list[list[Difference]]:
    if standing.exact:
        return []
    parts = quotation.parts if len(quotation.parts) == len(standing.parts) else [quotation.plain]
    return [
        word_diff(part.text, " ".join(_quoted(piece) for piece in pieces))
        for part, pieces in zip(parts, standing.parts, strict=True)
    ]


def _quoted(piece: Piece) -> str:
    start, end = _characters(piece)
    return piece.passage.text[start:end]


def _characters(piece: Piece) -> tuple[int, int]:
    """Return where the words of a piece begin and end in their paragraph."""
    places = spans(piece.passage.text)[piece.start_word : piece.end_word]
    return places[0][0], places[-1][1]


def marked_passage(pieces: Sequence[Piece]) -> SafeString:
    """Return a paragraph with some of its words marked, cut where it goes on for long."""
    text = pieces[0].passage.text
    html, end = SafeString(""), 0
    for piece in sorted(pieces, key=lambda piece: piece.start_word):
        start, after = _characters(piece)
        before = _shortened(text[end:start], end > 0, True)
        html += format_html("{}<mark>{}</mark>", before, text[start:after])
        end = after
    return html + format_html("{}", _shortened(text[end:], True, False))


def _shortened(text: str, goes_on_before: bool, goes_on_after: bool) -> str:
    """Return text beside marked words, its far end cut at a word and marked with `…`."""
    if goes_on_before and goes_on_after:
        if len(text) <= 2 * BESIDE:
            return text
        return f"{_shortened(text, True, False)} {_shortened(text, False, True)}"
    if len(text) <= BESIDE:
        return text
    if goes_on_after:
        return f"… {text[-BESIDE:].partition(' ')[2] or text[-BESIDE:]}"
    return f"{text[:BESIDE].rpartition(' ')[0] or text[:BESIDE]} …"
