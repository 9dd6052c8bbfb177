"""Notices on top of every page, for a stretch of time that the database's clock decides."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iomsite.fields import LanguageField
from iomsite.languages import DEFAULT_LANGUAGE, current_language
from iomsite.publishing.models import QueryTime


class SiteNotice(models.Model):
    """Something every reader must know for a while: the site closes, a list is wrong."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("Information")
        WARNING = "warning", _("Warning")

    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.INFORMATION)
    starts_at = models.DateTimeField(_("shown from"))
    ends_at = models.DateTimeField(
        _("shown until"),
        null=True,
        blank=True,
        help_text=_("Without a time it is shown until somebody takes it down."),
    )

    class Meta:
        verbose_name = _("notice on every page")
        verbose_name_plural = _("notices on every page")
        ordering = ["-starts_at", "-pk"]
        # Who may publish a page may publish this: see the admin.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="site_notice_in_order",
                violation_error_message=_("A notice has to end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        texts = list(self.texts.all()) if self.pk else []
        return texts[0].text[:80] if texts else str(self._meta.verbose_name)


class SiteNoticeText(models.Model):
    """The words of a notice in one language: plain text, no HTML."""

    notice = models.ForeignKey(SiteNotice, on_delete=models.CASCADE, related_name="texts")
    language = LanguageField(_("language"), default=DEFAULT_LANGUAGE)
    text = models.CharField(
        _("text"), max_length=400, help_text=_("One or two sentences, without HTML.")
    )

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "language"],
                name="site_notice_text_once",
                violation_error_message=_("The notice has a text in this language already."),
            ),
            models.CheckConstraint(condition=~Q(text=""), name="site_notice_text_says_something"),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if not self.text.strip():
            raise ValidationError({"text": _("Write what readers have to know.")})


@dataclass(frozen=True)
class ShownNotice:
    """A notice as one page shows it."""

    kind: str
    text: str
    language: str

    @property
    def is_warning(self) -> bool:
        return self.kind == SiteNotice.Kind.WARNING


def notice_rows() -> models.QuerySet:
    """Return the words, in every language, of the notices that are shown now."""
    now = QueryTime()
    return (
        SiteNoticeText.objects.filter(
            Q(notice__ends_at=None) | Q(notice__ends_at__gt=now), notice__starts_at__lte=now
        )
        .order_by()
        .values_list("notice_id", "notice__kind", "pk", "language", "text")
    )


def shown_notices(rows: list[list[Any]]) -> list[ShownNotice]:
    """Return the notices in the page's language or the nearest, warnings first, newest first."""
    preferred = [current_language(), DEFAULT_LANGUAGE]
    best: dict[int, tuple[int, int, ShownNotice]] = {}
    for key, kind, text_key, language, text in rows:
        rank = preferred.index(language) if language in preferred else len(preferred)
        if key not in best or (rank, text_key) < best[key][:2]:
            best[key] = rank, text_key, ShownNotice(kind, text, language)
    newest_first = [best[key][2] for key in sorted(best, reverse=True)]
    return sorted(newest_first, key=lambda notice: not notice.is_warning)
