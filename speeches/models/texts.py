"""The text of a speech in one language, its passages, and where it came from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from iomsite.fields import LanguageField
from iomsite.languages import DEFAULT_LANGUAGE, direction, html_language, site_languages
from iomsite.markup import SanitizedHTMLField, sanitize, strip_controls
from speeches import rendering
from speeches.models.speeches import Speech
from speeches.passages import Block, align, split
from speeches.querysets import SpeechTextQuerySet

LONGEST_BODY = 4_000_000
"""Characters of HTML. The longest of 10,952 speeches in the UN General Debate has 127,000."""


passages_written = Signal()
"""Sent inside the transaction that saves a text, when its passages are written: `text`."""


class SpeechText(models.Model):
    """The words of a speech in one language.

    Saving is writing: the body is sanitized and split into passages, passages that are the
    same as before keep their anchors, and everything a page shows of the text is computed.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("Original")
        OFFICIAL = "official", _("Official translation")
        COURTESY = "courtesy", _("Courtesy translation")
        MACHINE = "machine", _("Machine translation")

    speech = models.ForeignKey(Speech, on_delete=models.CASCADE, related_name="texts")
    language = LanguageField(_("language"), default=DEFAULT_LANGUAGE)
    kind = models.CharField(_("kind of text"), max_length=8, choices=Kind, default=Kind.ORIGINAL)
    title = models.CharField(_("title"), max_length=400)
    summary = models.TextField(
        _("summary"), max_length=1200, blank=True, help_text=_("Plain text, above the speech.")
    )
    body = SanitizedHTMLField(_("text"), blank=True)
    html = models.TextField(editable=False, blank=True)
    teaser = models.CharField(max_length=300, editable=False, blank=True)
    contents = models.JSONField(default=list, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    last_anchor = models.PositiveIntegerField(default=0, editable=False)
    retired_anchors = models.JSONField(default=list, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SpeechTextQuerySet.as_manager()

    versioned_parts = ("sources",)
    computed_fields = frozenset(
        {"html", "teaser", "contents", "word_count", "last_anchor", "retired_anchors"}
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["speech", "language"],
                name="speech_text_once",
                violation_error_message=_("The speech has a text in this language already."),
            ),
            models.UniqueConstraint(
                fields=["speech"],
                condition=Q(kind="original"),
                name="speech_text_one_original",
                violation_error_message=_("Only one text of a speech can be the original."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="speech_text_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the text with its passages, all or nothing."""
        with transaction.atomic():
            self.body = sanitize(self.body)
            blocks = split(self.body)
            existing = self._existing_passages()
            self.last_anchor = max(self.last_anchor, *(_number(a) for a in existing), 0)
            before = [(a, p.text) for a, p in existing.items() if p.retired_at is None]
            anchors = align(before, [block.text for block in blocks], self._mint_anchor)
            self.retired_anchors = sorted(existing.keys() - set(anchors), key=_number)
            self._compute(blocks, anchors)
            super().save(*args, **kwargs)
            self._write_passages(existing, blocks, anchors)
            passages_written.send(SpeechText, text=self)

    def get_absolute_url(self) -> str:
        return self.address

    def clean(self) -> None:
        super().clean()
        self.title = " ".join(strip_controls(self.title).split())
        if len(self.body) > LONGEST_BODY:
            raise ValidationError(
                {"body": _("The text is longer than 4 million characters. Split it.")}
            )

    def derived_content(self) -> dict[str, Any]:
        """Return what a version keeps of the text beyond its words: where its anchors stand."""
        here = self.passages.filter(retired_at=None).order_by("position")
        return {"anchors": list(here.values_list("anchor", flat=True))}

    def _existing_passages(self) -> "dict[str, Passage]":
        if self.pk is None:
            return {}
        rows = self.passages.order_by("position")
        return {passage.anchor: passage for passage in rows}

    def _mint_anchor(self) -> str:
        self.last_anchor += 1
        return f"p{self.last_anchor}"

    def _compute(self, blocks: list[Block], anchors: list[str]) -> None:
        self.title = " ".join(strip_controls(self.title).split())
        self.summary = strip_controls(self.summary).strip()
        self.html = rendering.render(self.body, anchors, self.language)
        self.contents = rendering.contents(blocks, anchors)
        self.teaser = rendering.teaser(blocks)
        self.word_count = rendering.count_words(" ".join(block.text for block in blocks))

    def _write_passages(
        self, existing: "dict[str, Passage]", blocks: list[Block], anchors: list[str]
    ) -> None:
        """Write the passages that are new or changed, and retire those that are gone."""
        new, changed = [], []
        for position, (block, anchor) in enumerate(zip(blocks, anchors, strict=True), start=1):
            passage = existing.pop(anchor, None)
            values = (block.kind, block.text, position, None)
            if passage is None:
                passage = Passage(speech_text=self, anchor=anchor)
                new.append(passage)
            elif values != (passage.kind, passage.text, passage.position, passage.retired_at):
                changed.append(passage)
            passage.kind, passage.text, passage.position, passage.retired_at = values
        for passage in existing.values():
            if passage.retired_at is None:
                passage.retired_at = timezone.now()
                changed.append(passage)
        Passage.objects.bulk_create(new, batch_size=500)
        Passage.objects.bulk_update(
            changed, ["kind", "text", "position", "retired_at"], batch_size=200
        )

    @cached_property
    def address(self) -> str:
        """Where this text is read: under its own language, or inside the current one's pages.

        A language that the site does not speak has no pages of its own.
        """
        if self.language in site_languages():
            with override(self.language):
                return reverse("speeches:speech", args=[self.speech.slug])
        return reverse("speeches:speech_text", args=[self.speech.slug, self.language])

    @property
    def source_url(self) -> str:
        """The web address the text was taken from, if it was, fetched with the text."""
        uri = self.__dict__.get("source_uri") or ""
        return uri if uri.startswith(("https://", "http://")) else ""

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def html_language(self) -> str:
        return html_language(self.language)

    @property
    def reading_minutes(self) -> int:
        return rendering.reading_minutes(self.word_count)

    @property
    def is_translation(self) -> bool:
        return self.kind != self.Kind.ORIGINAL

    @property
    def short_description(self) -> str:
        """What a list shows below the title."""
        return self.summary or self.teaser


def _number(anchor: str) -> int:
    return int(anchor.removeprefix("p"))


class Passage(models.Model):
    """One paragraph, heading, list item, quotation or table, at an anchor kept for ever.

    A passage that an edit took out is retired, not deleted: its anchor is never reused, and
    what points at it can be told where it went.
    """

    class Kind(models.TextChoices):
        PARAGRAPH = "paragraph", _("Paragraph")
        HEADING = "heading", _("Heading")
        ITEM = "item", _("List item")
        QUOTE = "quote", _("Quotation")
        TABLE = "table", _("Table")

    speech_text = models.ForeignKey(SpeechText, on_delete=models.CASCADE, related_name="passages")
    anchor = models.CharField(_("anchor"), max_length=12)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    position = models.PositiveIntegerField(_("position"))
    text = models.TextField(_("words"))
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["speech_text", "position"]
        constraints = [
            models.UniqueConstraint(fields=["speech_text", "anchor"], name="passage_anchor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.anchor}: {self.text[:60]}"


class Source(models.Model):
    """Where a text came from, so that it can be checked and is never imported twice."""

    class Format(models.TextChoices):
        LEGACY = "legacy", _("crawled page, as plain text")
        HTML = "html", _("web page")
        DOCX = "docx", _("Word document")
        JSONL = "jsonl", _("JSON Lines")
        CSV = "csv", _("CSV table")

    speech_text = models.ForeignKey(SpeechText, on_delete=models.CASCADE, related_name="sources")
    uri = models.CharField(
        _("address or file"), max_length=500, help_text=_("A web address, or a file and its row.")
    )
    format = models.CharField(_("format"), max_length=6, choices=Format)
    checksum = models.CharField(_("SHA-256"), max_length=64)
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    imported_at = models.DateTimeField(_("imported at"), auto_now_add=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["uri"]
        constraints = [
            models.UniqueConstraint(fields=["speech_text", "uri"], name="source_once"),
            models.CheckConstraint(
                condition=~Q(uri="") & ~Q(checksum=""), name="source_has_uri_and_checksum"
            ),
        ]
        indexes = [models.Index(fields=["uri"], name="source_uri")]

    def __str__(self) -> str:
        return self.uri

    @property
    def url(self) -> str:
        """The web address, when the source has one that a reader may open."""
        return self.uri if self.uri.startswith(("https://", "http://")) else ""
