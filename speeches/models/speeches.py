"""The speech as a work: who gave it, in what office, where, when, at what meeting."""

import zoneinfo
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from initiatives.models import (
    AgendaItem,
    Initiative,
    Meeting,
    MeetingSeries,
    Organization,
)
from iomsite.addresses.ledger import refuse_taken_address
from iomsite.addresses.paths import without_language
from iomsite.dates import Precision, precision_field, show_partial_date
from iomsite.fields import CountryField, LanguageField
from iomsite.languages import DEFAULT_LANGUAGE, current_language, nearest_text
from iomsite.publishing.models import OUT, Publishable
from speeches.models.references import ReferenceSequence
from speeches.querysets import SpeechQuerySet
from speeches.validators import validate_time_zone

if TYPE_CHECKING:
    from speeches.models.texts import SpeechText


class Speech(Publishable):
    """One speech, whatever the number of languages its text exists in."""

    class DeliveryStatus(models.TextChoices):
        AS_PREPARED = "as_prepared", _("As prepared for delivery")
        CHECK_AGAINST_DELIVERY = "check_against_delivery", _("Check against delivery")
        AS_DELIVERED = "as_delivered", _("As delivered")
        TRANSCRIPT = "transcript", _("Transcript")
        SPEAKING_NOTES = "speaking_notes", _("Speaking notes")
        WRITTEN_STATEMENT = "written_statement", _("Written statement")
        SUMMARY = "summary", _("Summary")

        @property
        def explanation(self) -> str:
            """What the status means for somebody who wants to quote the text."""
            return str(EXPLANATIONS[self])

    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_("Last part of the page's address. Left empty, it is made from the title."),
    )
    reference = models.CharField(
        _("reference number"),
        max_length=60,
        unique=True,
        blank=True,
        help_text=_("Minted when the speech is first saved, and then the same for ever."),
        validators=[
            RegexValidator(r"^[\w/.-]+$", _("A reference has letters, digits and / . - only."))
        ],
    )
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    delivered_precision = precision_field()
    delivered_time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Where the day was counted, such as Europe/Zurich."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = CountryField(_("country"))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="speeches",
        verbose_name=_("meeting"),
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="speeches",
        verbose_name=_("agenda item"),
    )
    position = models.PositiveIntegerField(
        _("place in the meeting"),
        default=0,
        help_text=_("Speeches of one agenda item are in this order."),
    )
    delivery_status = models.CharField(
        _("delivery status"),
        max_length=25,
        choices=DeliveryStatus,
        default=DeliveryStatus.CHECK_AGAINST_DELIVERY,
    )
    delivery_note = models.CharField(
        _("note on the delivery"),
        max_length=300,
        blank=True,
        help_text=_("Public. For example: delivered by video message."),
    )
    original_language = LanguageField(_("language spoken"), default=DEFAULT_LANGUAGE)
    organizations = models.ManyToManyField(
        Organization, blank=True, related_name="speeches", verbose_name=_("about organizations")
    )
    initiatives = models.ManyToManyField(
        Initiative, blank=True, related_name="speeches", verbose_name=_("about initiatives")
    )
    is_sample = models.BooleanField(
        _("sample text"),
        default=False,
        help_text=_("Invented for demonstration; the page says so above the text."),
    )
    staff_note = models.TextField(_("note for staff"), blank=True, help_text=_("Never public."))

    # Set by querysets that join only public items; nothing is shown of one not fetched so.
    public_meeting: Meeting | None = None
    public_series: MeetingSeries | None = None

    # Set by `with_last_version`.
    last_version_number: int | None = None
    last_version_made_at: datetime | None = None
    last_version_note = ""

    objects = SpeechQuerySet.as_manager()

    versioned_parts = ("contributions", "texts", "attachments")

    class Meta(Publishable.Meta):
        verbose_name = _("speech")
        verbose_name_plural = _("speeches")
        ordering = ["-delivered_on", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status__in=OUT) | Q(delivered_on__isnull=False),
                name="speech_public_has_date",
                violation_error_message=_(
                    "Say when the speech was delivered, at least the year, before publishing it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(agenda_item__isnull=True) | Q(meeting__isnull=False),
                name="speech_agenda_item_in_meeting",
                violation_error_message=_("Choose the meeting that the agenda item belongs to."),
            ),
        ]
        indexes = [
            models.Index(fields=["-delivered_on", "-id"], name="speech_newest"),
            # Not the gate of other items: with it, SQLite sorts all speeches to show twenty.
            # This one is in the order of lists, and counts without looking at a row.
            models.Index(
                fields=["status", "-delivered_on", "-id", "published_at"],
                name="speech_status_newest",
            ),
        ]

    def __str__(self) -> str:
        text = self.text_in(self.original_language)
        return text.title if text else self.reference or str(_("New speech"))

    def clean(self) -> None:
        super().clean()
        refuse_taken_address(self)
        if self.agenda_item and self.meeting and self.agenda_item.meeting_id != self.meeting_id:
            raise ValidationError(
                {"agenda_item": _("This item is on the agenda of another meeting.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, minting the reference and the address once, on whatever path a speech comes."""
        with transaction.atomic():
            if not self.reference:
                year = self.delivered_on.year if self.delivered_on else timezone.now().year
                self.reference = ReferenceSequence.mint(year)
            if not self.slug:
                self.slug = slugify(self.reference.replace("/", "-"))
            super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("speeches:speech", args=[self.slug])

    def text_in(self, language: str = "") -> "SpeechText | None":
        """Return the text in a language, by default the page's, else the original, else any."""
        if self.pk is None:
            return None
        wanted = language or current_language()
        found: SpeechText | None = nearest_text(self.texts.all(), wanted, self.original_language)
        return found

    @property
    def text(self) -> "SpeechText | None":
        return self.text_in()

    def subjects(self) -> list[Organization | Initiative]:
        """Return the public organizations and initiatives the speech is about, in one query."""
        shown = ("slug", "name", "name_language", "translated_names")
        bodies = self.organizations.published().order_by().annotate(kind_=Value(0))
        undertakings = self.initiatives.published().order_by().annotate(kind_=Value(1))
        rows = bodies.values_list("kind_", *shown).union(
            undertakings.values_list("kind_", *shown), all=True
        )
        models_ = (Organization, Initiative)
        found = [models_[kind](**dict(zip(shown, row, strict=True))) for kind, *row in rows]
        return sorted(found, key=lambda entry: entry.local_name.text.casefold())

    @cached_property
    def citation(self) -> str:
        """The speech in one line, as a reader would cite it, without its address."""
        text = self.text
        names = ", ".join(part.name_for_public for part in list(self.contributions.all())[:3])
        when = (
            show_partial_date(self.delivered_on, self.delivered_precision)
            if self.delivered_on
            else ""
        )
        where = ", ".join(filter(None, [self.place, when]))
        title = f"“{text.title}”" if text else ""
        return ". ".join(filter(None, [names, title, where, self.reference])) + "."

    def public_paths(self) -> list[str]:
        """Return every address of the speech for the ledger, its page first."""
        languages = self.texts.order_by("language").values_list("language", flat=True)
        files = self.attachments.exclude(file="").order_by("pk")
        return [
            without_language(address)
            for address in (
                self.get_absolute_url(),
                reverse("speeches:history", args=[self.slug]),
                *(reverse("speeches:speech_text", args=[self.slug, code]) for code in languages),
                *(
                    reverse("attachment", args=[pk, name])
                    for pk, name in files.values_list("pk", "file_name")
                ),
            )
        ]

    def earliest_publication(self) -> datetime | None:
        """Return when the day of delivery begins where it is delivered.

        Nothing is known of the hour: an embargo to the hour is the publisher's to set.
        """
        if self.delivered_on is None or self.delivered_precision != Precision.DAY:
            return None
        zone = zoneinfo.ZoneInfo(self.delivered_time_zone or settings.TIME_ZONE)
        return datetime.combine(self.delivered_on, time.min, tzinfo=zone)

    @property
    def changed_at(self) -> datetime | None:
        """When it was changed since readers first saw it, if it was."""
        made, seen = self.last_version_made_at, self.published_at
        is_first = (self.last_version_number or 1) == 1
        return made if made and seen and made > seen and not is_first else None

    @property
    def delivery_explanation(self) -> str:
        return self.DeliveryStatus(self.delivery_status).explanation

    @property
    def delivered_day(self) -> date | None:
        """The day of delivery, where it is known to the day."""
        return self.delivered_on if self.delivered_precision == Precision.DAY else None


EXPLANATIONS = {
    Speech.DeliveryStatus.AS_PREPARED: _(
        "The text as it was written before the speech. The speaker may have said it differently."
    ),
    Speech.DeliveryStatus.CHECK_AGAINST_DELIVERY: _(
        "The text was handed out before the speech. Compare it with a recording before quoting."
    ),
    Speech.DeliveryStatus.AS_DELIVERED: _(
        "The text has been checked against what the speaker said."
    ),
    Speech.DeliveryStatus.TRANSCRIPT: _("Written down from what the speaker said."),
    Speech.DeliveryStatus.SPEAKING_NOTES: _(
        "The points the speaker had at hand, not a full text of what was said."
    ),
    Speech.DeliveryStatus.WRITTEN_STATEMENT: _(
        "Handed in for the record of the meeting and not read out."
    ),
    Speech.DeliveryStatus.SUMMARY: _("A summary by others of what the speaker said."),
}
