"""Files and links that belong to a speech: slides, the delivered text, recordings."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iomsite.fields import LanguageField
from iomsite.files.fields import PrivateFileField
from speeches.models.speeches import Speech
from speeches.querysets import AttachmentQuerySet


class Attachment(models.Model):
    """A file kept here or a link to one kept elsewhere."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", _("Document")
        SLIDES = "slides", _("Slides")
        AUDIO = "audio", _("Audio recording")
        VIDEO = "video", _("Video recording")
        IMAGE = "image", _("Picture")
        LINK = "link", _("Link")

    speech = models.ForeignKey(Speech, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.DOCUMENT)
    title = models.CharField(_("title"), max_length=200)
    language = LanguageField(_("language"), blank=True)
    file = PrivateFileField(_("file"), blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    checksum = models.CharField("SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0, editable=False)
    url = models.URLField(_("link"), blank=True, max_length=500)
    transcript_language = LanguageField(
        _("language of the transcript"),
        blank=True,
        help_text=_("For recordings: the language in which the words can be read."),
    )

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") & Q(url="") | Q(file="") & ~Q(url=""),
                name="attachment_file_or_link",
                violation_error_message=_("Give either a file or a link, not both."),
            ),
            models.CheckConstraint(
                condition=Q(transcript_language="") | Q(kind__in=["audio", "video"]),
                name="attachment_transcript_of_recording",
                violation_error_message=_("Only a recording has a transcript language."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where a reader gets it: the link, or the gate under a name made from the content."""
        if self.url:
            return self.url
        if self.checksum:
            return reverse("stored_file", args=[self.checksum, self.file_name])
        return reverse("attachment", args=[self.pk, self.file_name or "file"]) if self.pk else ""

    @property
    def is_handed_out(self) -> bool:
        """Say whether the page of the speech may offer it: a file carries no notice."""
        return bool(self.url) or not self.speech.is_withdrawn
