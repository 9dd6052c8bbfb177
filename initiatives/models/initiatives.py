"""Initiatives and who takes part in them."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models.entities import Entity
from initiatives.models.organizations import Organization, check_no_loop
from iomsite.dates import check_order, in_order, precision_field
from iomsite.fields import CountryField


class Initiative(Entity):
    """A common undertaking: process, forum, fund, programme, compact, treaty, publication."""

    class Kind(models.TextChoices):
        PROCESS = "process", _("Process or forum")
        FRAMEWORK = "framework", _("Framework, compact or declaration")
        TREATY = "treaty", _("Treaty or agreement")
        FUND = "fund", _("Fund")
        PROGRAMME = "programme", _("Programme or operation")
        PARTNERSHIP = "partnership", _("Partnership or platform")
        PUBLICATION = "publication", _("Publication, index or data system")
        CAMPAIGN = "campaign", _("Campaign or observance")
        OTHER = "other", _("Other initiative")

    class Stage(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACTIVE = "active", _("Active")
        COMPLETED = "completed", _("Completed")
        UNKNOWN = "unknown", _("Not recorded")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    kind_detail = models.CharField(_("kind in its own words"), max_length=80, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.UNKNOWN)
    starts_on = models.DateField(_("adopted or begun"), null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(_("ended"), null=True, blank=True)
    ends_precision = precision_field()
    place = models.CharField(_("place of adoption"), max_length=120, blank=True)
    country = CountryField(_("country of adoption"))
    website = models.URLField(_("website"), blank=True)
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
    series = models.ForeignKey(
        "initiatives.MeetingSeries",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("grown from the meeting series"),
    )
    organizations = models.ManyToManyField(
        Organization, through="Participation", related_name="initiatives"
    )

    # Set by querysets that join only public items.
    public_parent: "Initiative | None" = None
    public_successor: "Initiative | None" = None
    public_series: models.Model | None = None

    versioned_parts = (*Entity.versioned_parts, "participations")

    class Meta(Entity.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        constraints = [
            *Entity.Meta.constraints,
            models.CheckConstraint(
                condition=in_order("starts_on", "ends_on"), name="initiative_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="initiative_not_own_parent",
                violation_error_message=_("An initiative cannot be part of itself."),
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("id")),
                name="initiative_not_own_successor",
                violation_error_message=_("An initiative cannot succeed itself."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        check_order(self.starts_on, self.ends_on, self.ends_precision, "ends_on")
        check_no_loop(self, "parent")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.slug])


class Participation(models.Model):
    """The part an organization or State has in an initiative (roles after IATI)."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead")
        PARTNER = "partner", _("Partner")
        FUNDER = "funder", _("Funder")
        HOST = "host", _("Host")
        OBSERVER = "observer", _("Observer")

    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("organization"),
    )
    country = CountryField(_("State"))
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        related_name="participations",
        verbose_name=_("initiative"),
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.PARTNER)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["role", "organization__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, country="")
                | Q(organization__isnull=True) & ~Q(country=""),
                name="participation_one_participant",
                violation_error_message=_("Name either an organization or a State."),
            ),
            models.UniqueConstraint(
                Coalesce("organization", Value(0)),
                "country",
                "initiative",
                "role",
                name="participation_once",
                violation_error_message=_("This participation is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization or self.country}: {self.get_role_display()}"
