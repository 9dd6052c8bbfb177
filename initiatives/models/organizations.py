"""Organizations and their membership in one another."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models.entities import Entity
from iomsite.dates import check_order, in_order, precision_field
from iomsite.fields import CountryField
from iomsite.images import ImageField


class Organization(Entity):
    """A body that can act: convene, speak, sign, belong."""

    class Kind(models.TextChoices):
        INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organization")
        REGIONAL = "regional", _("Regional organization")
        SPECIALIZED_AGENCY = "specialized_agency", _("Specialized agency")
        FUND_OR_PROGRAMME = "fund_or_programme", _("Fund or programme")
        ORGAN = "organ", _("Organ, committee or commission")
        OFFICE = "office", _("Secretariat or department")
        GROUP = "group", _("Inter-agency group or network")
        FINANCIAL = "financial", _("International financial institution")
        GOVERNMENT = "government", _("Government body")
        NON_GOVERNMENTAL = "non_governmental", _("Non-governmental organization")
        RESEARCH = "research", _("Research institute or data centre")
        OTHER = "other", _("Other body")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    kind_detail = models.CharField(
        _("kind in its own words"),
        max_length=80,
        blank=True,
        help_text=_("For example: treaty body."),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )
    supports = models.ForeignKey(
        "initiatives.MeetingSeries",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="supporting_bodies",
        verbose_name=_("supports the meeting series"),
    )
    founded_on = models.DateField(_("founded"), null=True, blank=True)
    founded_precision = precision_field()
    dissolved_on = models.DateField(_("dissolved"), null=True, blank=True)
    dissolved_precision = precision_field()
    headquarters = models.CharField(_("headquarters"), max_length=120, blank=True)
    country = CountryField(_("country of the headquarters"))
    website = models.URLField(_("website"), blank=True)
    logo = ImageField(_("logo"), blank=True)
    logo_alternative = models.CharField(
        _("alternative text of the logo"), max_length=200, blank=True
    )

    # Set by querysets that join only public items.
    public_parent: "Organization | None" = None
    public_successor: "Organization | None" = None
    public_supports: models.Model | None = None

    versioned_parts = (*Entity.versioned_parts, "memberships")

    class Meta(Entity.Meta):
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            *Entity.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="organization_not_own_parent",
                violation_error_message=_("An organization cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("id")),
                name="organization_not_own_successor",
                violation_error_message=_("An organization cannot succeed itself."),
            ),
            models.CheckConstraint(
                condition=in_order("founded_on", "dissolved_on"), name="organization_in_order"
            ),
            models.CheckConstraint(
                condition=Q(logo="") | ~Q(logo_alternative=""),
                name="organization_logo_described",
                violation_error_message=_("Describe the logo in its alternative text."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        check_order(self.founded_on, self.dissolved_on, self.dissolved_precision, "dissolved_on")
        check_no_loop(self, "parent")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:organization", args=[self.slug])


class Membership(models.Model):
    """An organization or State that belongs to an organization or a meeting series."""

    member = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("member organization"),
    )
    member_country = CountryField(_("member State"))
    group = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("organization"),
    )
    series = models.ForeignKey(
        "initiatives.MeetingSeries",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("meeting series"),
    )
    role = models.CharField(_("role"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(_("until"), null=True, blank=True)
    ends_precision = precision_field()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, member_country="")
                | Q(member__isnull=True) & ~Q(member_country=""),
                name="membership_one_member",
                violation_error_message=_("Name either a member organization or a member State."),
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=False, series__isnull=True)
                | Q(group__isnull=True, series__isnull=False),
                name="membership_one_group",
                violation_error_message=_("Name either an organization or a meeting series."),
            ),
            models.CheckConstraint(
                condition=~Q(member=F("group")),
                name="membership_not_in_itself",
                violation_error_message=_("An organization cannot be a member of itself."),
            ),
            models.CheckConstraint(
                condition=in_order("starts_on", "ends_on"), name="membership_in_order"
            ),
            models.UniqueConstraint(
                Coalesce("member", Value(0)),
                "member_country",
                Coalesce("group", Value(0)),
                Coalesce("series", Value(0)),
                Coalesce("starts_on", Value(date.min)),
                name="membership_once",
                violation_error_message=_("This membership is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.member_country} – {self.group or self.series}"

    def clean(self) -> None:
        check_order(self.starts_on, self.ends_on, self.ends_precision, "ends_on")


def check_no_loop(entry: models.Model, field: str) -> None:
    """Refuse a parent that is, at any distance, the entry's own part."""
    seen = {entry.pk}
    above = getattr(entry, field)
    while above is not None:
        if above.pk in seen and entry.pk is not None:
            raise ValidationError({field: _("This would make the entry a part of itself.")})
        seen.add(above.pk)
        above = getattr(above, field)
