"""Meeting series, meetings, agenda items and the documents of a meeting."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models.entities import Entity
from initiatives.models.organizations import Organization
from initiatives.querysets import MeetingQuerySet
from iomsite.dates import check_order, in_order, precision_field
from iomsite.fields import CountryField, LanguageField
from iomsite.languages import DEFAULT_LANGUAGE


class MeetingSeries(Entity):
    """Meetings that come again: a council's sessions, a yearly forum."""

    class Kind(models.TextChoices):
        SESSION = "session", _("Sessions of a governing body")
        CONSULTATIVE_PROCESS = "consultative_process", _("Consultative process")
        CONFERENCE = "conference", _("Conference")
        SUMMIT = "summit", _("Summit")
        FORUM = "forum", _("Forum or dialogue")
        OTHER = "other", _("Other series")

    class Edition(models.TextChoices):
        ORDINAL = "ordinal", _("by number")
        YEAR = "year", _("by year")

    class BareName(models.TextChoices):
        SERIES = "series", _("the series")
        LATEST = "latest", _("its latest meeting")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    kind_detail = models.CharField(_("kind in its own words"), max_length=80, blank=True)
    organizer = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meeting_series",
        verbose_name=_("convened by"),
    )
    initiative = models.ForeignKey(
        "initiatives.Initiative",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meeting_series",
        verbose_name=_("serves the initiative"),
    )
    starts_on = models.DateField(_("founded"), null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(_("ended"), null=True, blank=True)
    ends_precision = precision_field()
    website = models.URLField(_("website"), blank=True)
    editions = models.CharField(
        _("meetings are told apart"), max_length=7, choices=Edition, default=Edition.ORDINAL
    )
    bare_name_means = models.CharField(
        _("its name alone means"), max_length=6, choices=BareName, default=BareName.SERIES
    )
    base_year = models.PositiveSmallIntegerField(
        _("year of session zero"),
        null=True,
        blank=True,
        help_text=_(
            "For yearly sessions: session n opens in this year plus n. Then a session can be"
            " recorded when a speech first needs it."
        ),
    )
    first_ordinal = models.PositiveSmallIntegerField(
        _("first session the rule holds for"), null=True, blank=True
    )

    # Set by querysets that join only public items.
    public_organizer: Organization | None = None
    public_initiative: models.Model | None = None

    class Meta(Entity.Meta):
        verbose_name = _("meeting series")
        verbose_name_plural = _("meeting series")
        constraints = [
            *Entity.Meta.constraints,
            models.CheckConstraint(
                condition=in_order("starts_on", "ends_on"), name="series_in_order"
            ),
        ]

    def clean(self) -> None:
        super().clean()
        check_order(self.starts_on, self.ends_on, self.ends_precision, "ends_on")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:meeting_series", args=[self.slug])


class Meeting(Entity):
    """One meeting: who convened it, when and where, on what agenda."""

    series = models.ForeignKey(
        MeetingSeries,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("series"),
    )
    ordinal = models.PositiveSmallIntegerField(_("number in the series"), null=True, blank=True)
    starts_on = models.DateField(_("opens"), null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(_("closes"), null=True, blank=True)
    ends_precision = precision_field()
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = CountryField(_("country"))
    host = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_meetings",
        verbose_name=_("host organization"),
    )
    host_country = CountryField(_("host State"))
    organizers = models.ManyToManyField(
        Organization, blank=True, related_name="organized_meetings", verbose_name=_("organizers")
    )
    website = models.URLField(_("website"), blank=True)

    # Set by querysets that join only public items.
    public_series: MeetingSeries | None = None
    public_host: Organization | None = None

    objects = MeetingQuerySet.as_manager()

    versioned_parts = (*Entity.versioned_parts, "agenda_items", "documents")

    class Meta(Entity.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_on", "name"]
        constraints = [
            *Entity.Meta.constraints,
            models.CheckConstraint(
                condition=in_order("starts_on", "ends_on"),
                name="meeting_in_order",
                violation_error_message=_("The end lies before the start. Correct one of the two."),
            ),
            models.CheckConstraint(
                condition=Q(ordinal__isnull=True) | Q(ordinal__gt=0, series__isnull=False),
                name="meeting_ordinal_in_series",
                violation_error_message=_("A number counts within a series: choose the series."),
            ),
            models.UniqueConstraint(
                fields=["series", "ordinal"],
                name="meeting_once_in_series",
                violation_error_message=_("The series has a meeting of this number already."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        check_order(self.starts_on, self.ends_on, self.ends_precision, "ends_on")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:meeting", args=[self.slug])


class AgendaItem(models.Model):
    """One item of a meeting's agenda, in its place."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="agenda_items", verbose_name=_("meeting")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    language = LanguageField(_("language"), default=DEFAULT_LANGUAGE)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "number"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_has_title"),
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=~Q(number=""),
                name="agenda_number_once",
                violation_error_message=_("The agenda has an item of this number already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class MeetingDocument(models.Model):
    """A document before or from a meeting, kept by its address and symbol."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="documents", verbose_name=_("meeting")
    )
    title = models.CharField(_("title"), max_length=300)
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    language = LanguageField(_("language"), default=DEFAULT_LANGUAGE)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("meeting document")
        verbose_name_plural = _("meeting documents")
        ordering = ["symbol", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "url"],
                name="meeting_document_once",
                violation_error_message=_("This document is listed already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()
