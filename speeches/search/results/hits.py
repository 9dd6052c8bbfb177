"""From what a search found to what its page shows of each speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from iomsite.languages import current_language, nearest_text
from speeches.models import Speech, SpeechText
from speeches.search.answers.found import Found, Match
from speeches.search.words.highlight import mark, snippet

SNIPPET_LENGTH = 300
FOLDED_LENGTH = 200


@dataclass(frozen=True)
class PassageHit:
    """A matching paragraph: where it is read, and its words around the ones looked for."""

    url: str
    anchor: str
    snippet: SafeString
    language: str

    @property
    def number(self) -> str:
        """The number that stands beside the paragraph on the speech's page."""
        return self.anchor.removeprefix("p")


@dataclass(frozen=True)
class Hit:
    """One speech that answers the query.

    `url` leads to the speech with the words marked; `passages` are its best matching
    paragraphs, `passage_count` says how many match in all.
    """

    speech: Speech
    text: SpeechText
    title: SafeString
    url: str
    passages: Sequence[PassageHit]
    passage_count: int

    @property
    def best(self) -> PassageHit | None:
        return self.passages[0] if self.passages else None

    @property
    def folded(self) -> Sequence[PassageHit]:
        """The matching paragraphs that are shown when a reader asks for more."""
        return self.passages[1:]


def hits_of(found: Found) -> list[Hit]:
    """Return what the page shows of each match, in the same order, in three queries.

    A speech that the gate lets through no longer is left out, whatever the index says.
    """
    keys = [match.speech_id for match in found.matches]
    rows = Speech.objects.published().for_listing().filter(pk__in=keys).order_by()
    speeches = {speech.pk: speech for speech in rows}
    return [
        hit
        for match in found.matches
        if (speech := speeches.get(match.speech_id)) and (hit := _hit(found, match, speech))
    ]


def _hit(found: Found, match: Match, speech: Speech) -> Hit | None:
    best = match.passages[0].language if match.passages else current_language()
    texts: list[Any] = list(speech.texts.all())
    text = nearest_text(texts, best, current_language(), speech.original_language)
    if text is None:
        return None
    marked = f"?{urlencode({'highlight': found.query.text})}" if found.query.has_words else ""
    languages = {text.language, *(passage.language for passage in match.passages)}
    urls = {language: f"{path_of(speech, language)}{marked}" for language in languages}
    return Hit(
        speech=speech,
        text=text,
        title=mark(text.title, text.language, found.matcher),
        url=urls[text.language],
        passages=[
            PassageHit(
                url=f"{urls[passage.language]}#{passage.anchor}",
                anchor=passage.anchor,
                snippet=snippet(
                    passage.text,
                    passage.language,
                    found.matcher,
                    FOLDED_LENGTH if place else SNIPPET_LENGTH,
                ),
                language=passage.language,
            )
            for place, passage in enumerate(match.passages)
        ],
        passage_count=max(match.passage_count, len(match.passages)),
    )


def path_of(speech: Speech, language: str) -> str:
    """Return where a speech is read in a language, inside the pages of the current one.

    Whoever searches in Arabic goes on reading in an Arabic frame, whatever the language of
    the speech.
    """
    shown = speech.text_in(current_language())
    if shown is not None and shown.language == language:
        return speech.get_absolute_url()
    return reverse("speeches:speech_text", args=[speech.slug, language])
