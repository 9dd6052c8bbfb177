"""The text of a speech in one of its versions, and what changed between two of them."""

from typing import Any, NamedTuple

from iomsite.languages import nearest_text
from iomsite.markup import sanitize
from iomsite.paragraph_diff import Fold, Part, folded, marked_text, paragraph_diff
from iomsite.publishing.snapshot import Content
from iomsite.word_diff import Stretch, is_changed, word_diff
from speeches import rendering
from speeches.models import SpeechText
from speeches.passages import elements, parse_body, split


class OldText(NamedTuple):
    """A text as it was: an unsaved row, and the anchors of its passages."""

    row: SpeechText
    anchors: list[str]

    @property
    def html(self) -> str:
        """The body with its anchors, cleaned by the rules of today."""
        return rendering.render(self.row.body, self.anchors, self.row.language)

    @property
    def parts(self) -> list[Part]:
        """The passages, as they are compared."""
        if not self.row.body:
            return []
        passages = elements(parse_body(self.row.body))
        return [
            Part(anchor, block.text, marked_text(element))
            for (element, block), anchor in zip(passages, self.anchors, strict=True)
        ]


class TextChanges(NamedTuple):
    """What changed in the text of one language."""

    language: str
    title: list[Stretch]
    summary: list[Stretch]
    folds: list[Fold]

    @property
    def has_changes(self) -> bool:
        changed = any(not fold.is_closed for fold in self.folds)
        return changed or is_changed(self.title) or is_changed(self.summary)


def texts_of(content: Content) -> dict[str, OldText]:
    """Return the texts of a version by language."""
    rows = content.get("parts", {}).get("texts", [])
    return {row["fields"]["language"]: _old_text(row) for row in rows}


def languages_of(content: Content) -> list[str]:
    """Return the languages of a version's texts, without looking into them."""
    return [row["fields"]["language"] for row in content.get("parts", {}).get("texts", [])]


def changed_languages(before: Content, after: Content) -> list[str]:
    """Return the languages in which the text of two versions is not the same."""
    old, new = (
        {row["fields"]["language"]: row["fields"] for row in content["parts"]["texts"]}
        for content in (before, after)
    )
    return [language for language in {**new, **old} if old.get(language) != new.get(language)]


def text_in(content: Content, wanted: str) -> OldText | None:
    """Return the text in a language, else the original, else any."""
    rows = content.get("parts", {}).get("texts", [])
    titles = [SpeechText(language=row["fields"]["language"]) for row in rows]
    nearest = nearest_text(titles, wanted, content["fields"]["original_language"])
    if nearest is None:
        return None
    return next(_old_text(row) for row in rows if row["fields"]["language"] == nearest.language)


def compare_texts(before: Content, after: Content, language: str) -> TextChanges:
    """Compare the texts of two versions in one language; one of them may be missing."""
    old, new = _in_language(before, language), _in_language(after, language)
    one, other = (text.row if text else SpeechText() for text in (old, new))
    return TextChanges(
        language,
        word_diff(one.title, other.title),
        word_diff(one.summary, other.summary),
        folded(paragraph_diff(old.parts if old else [], new.parts if new else [])),
    )


def _in_language(content: Content, language: str) -> OldText | None:
    rows = content.get("parts", {}).get("texts", [])
    found = (row for row in rows if row["fields"]["language"] == language)
    row = next(found, None)
    return _old_text(row) if row else None


def _old_text(row: dict[str, Any]) -> OldText:
    fields = {name: row["fields"][name] for name in ("language", "kind", "title", "summary")}
    text = SpeechText(**fields, body=sanitize(row["fields"]["body"]))
    anchors = list(row.get("derived", {}).get("anchors", []))
    blocks = split(text.body)
    text.word_count = rendering.count_words(" ".join(block.text for block in blocks))
    if len(anchors) != len(blocks):
        anchors = _made_up(len(blocks))
    return OldText(text, anchors)


def _made_up(count: int) -> list[str]:
    """Number the passages of a text whose anchors are not those of today's passages."""
    return [f"x{number}" for number in range(1, count + 1)]
