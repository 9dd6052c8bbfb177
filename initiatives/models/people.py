"""People, the offices they hold, and when they held them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models.entities import Entity
from initiatives.models.organizations import Organization
from initiatives.querysets import AppointmentQuerySet, OfficeQuerySet
from iomsite.dates import check_order, in_order, latest_day, precision_field
from iomsite.fields import CountryField
from iomsite.images import ImageField


class Person(Entity):
    """A human being. Speaker is a role in a speech, not a kind of person."""

    family_name = models.CharField(
        _("name to sort by"),
        max_length=120,
        blank=True,
        help_text=_("Usually the family name; lists of people are in its order."),
    )
    nationality = CountryField(_("nationality"))
    born_on = models.DateField(_("born"), null=True, blank=True)
    born_precision = precision_field()
    died_on = models.DateField(_("died"), null=True, blank=True)
    died_precision = precision_field()
    website = models.URLField(_("website"), blank=True)
    portrait = ImageField(_("portrait"), blank=True)
    portrait_alternative = models.CharField(
        _("alternative text of the portrait"), max_length=200, blank=True
    )

    versioned_parts = (*Entity.versioned_parts, "appointments")

    class Meta(Entity.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["family_name", "name"]
        constraints = [
            *Entity.Meta.constraints,
            models.CheckConstraint(
                condition=in_order("born_on", "died_on"), name="person_in_order"
            ),
            models.CheckConstraint(
                condition=Q(portrait="") | ~Q(portrait_alternative=""),
                name="person_portrait_described",
                violation_error_message=_("Describe the portrait in its alternative text."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        check_order(self.born_on, self.died_on, self.died_precision, "died_on")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:person", args=[self.slug])


class Office(Entity):
    """A post that people hold one after another: Director General, Chair."""

    organization = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="offices",
        verbose_name=_("organization"),
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=100, help_text=_("Offices are listed by rank, lowest number first.")
    )
    has_one_holder = models.BooleanField(
        _("one holder at a time"),
        default=True,
        help_text=_("Then two appointments may not overlap."),
    )

    # Set by querysets that join only public items.
    holder: Person | None = None
    holders: "list[Office]"

    objects = OfficeQuerySet.as_manager()

    class Meta(Entity.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["organization", "rank", "name"]

    def get_absolute_url(self) -> str:
        page = reverse("initiatives:organization", args=[self.organization.slug])
        return f"{page}#office-{self.slug}"


class Appointment(models.Model):
    """A person in an office, from a day to a day, as far as the days are known."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("person")
    )
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="appointments", verbose_name=_("office")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = precision_field()
    ends_on = models.DateField(_("until"), null=True, blank=True)
    ends_precision = precision_field()
    acting = models.BooleanField(_("acting"), default=False)
    uncertain_fields = models.JSONField(_("uncertain fields"), default=list, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=in_order("starts_on", "ends_on"),
                name="appointment_in_order",
                violation_error_message=_("The end lies before the start. Correct one of the two."),
            ),
            models.UniqueConstraint(
                fields=["person", "office", "starts_on"],
                name="appointment_once",
                violation_error_message=_("This appointment is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}"

    def clean(self) -> None:
        super().clean()
        check_order(self.starts_on, self.ends_on, self.ends_precision, "ends_on")
        if self.office_id and self.office.has_one_holder and (other := self._overlapping()):
            raise ValidationError(
                _(
                    "%(person)s holds this office in the same time. Correct the dates, or mark"
                    " the office as one with several holders."
                ),
                params={"person": other.person},
            )

    def _overlapping(self) -> "Appointment | None":
        others = self.office.appointments.exclude(pk=self.pk).select_related("person")
        return next((other for other in others if self._certainly_overlaps(other)), None)

    def _certainly_overlaps(self, other: "Appointment") -> bool:
        """Say whether two terms share a day on every reading of their partial dates."""
        if not (self.starts_on and other.starts_on) or self.acting or other.acting:
            return False
        first, second = (self, other) if self.starts_on <= other.starts_on else (other, self)
        second_began = latest_day(second.starts_on, second.starts_precision)  # type: ignore[arg-type]
        return first.ends_on is None or first.ends_on > second_began

    @property
    def is_uncertain(self) -> bool:
        return bool(self.uncertain_fields)
