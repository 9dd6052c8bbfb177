"""Who had which part in a speech, with name and office as they were on that day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.models import Office, Organization, Person
from iomsite.fields import CountryField
from speeches.models.speeches import Speech


class Contribution(models.Model):
    """One person's part in a speech, with name and office as they were on that day."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("Speaker")
        REPRESENTED = "represented", _("In the name of")
        READER = "reader", _("Read by")
        MODERATOR = "moderator", _("Moderator")

    speech = models.ForeignKey(Speech, on_delete=models.CASCADE, related_name="contributions")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.SPEAKER)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("person"),
        help_text=_("Leave empty when the directory does not know the person."),
    )
    name = models.CharField(
        _("name as delivered"),
        max_length=200,
        blank=True,
        help_text=_("As the source writes it. Empty: the person's name, or an unknown speaker."),
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("office"),
    )
    office_name = models.CharField(
        _("office as delivered"),
        max_length=200,
        blank=True,
        help_text=_("As the source writes it. Empty: the office's name."),
    )
    on_behalf_of = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("on behalf of the organization"),
    )
    on_behalf_of_country = CountryField(_("on behalf of the State"), db_index=True)

    # Set by querysets that ask it of the gate; nothing is shown of a row not asked about.
    person_is_public = False
    office_is_public = False
    on_behalf_of_is_public = False

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | Q(on_behalf_of_country=""),
                name="contribution_one_behalf",
                violation_error_message=_("Name either an organization or a State, not both."),
            ),
            models.UniqueConstraint(
                fields=["speech", "person", "role"],
                name="contribution_once",
                violation_error_message=_("This person has this role in the speech already."),
            ),
        ]
        indexes = [models.Index(fields=["name"], name="contribution_name")]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def public_person(self) -> Person | None:
        return self.person if self.person_is_public else None

    @property
    def public_office(self) -> Office | None:
        return self.office if self.office_is_public else None

    @property
    def public_behalf(self) -> Organization | None:
        return self.on_behalf_of if self.on_behalf_of_is_public else None

    @property
    def shown_name(self) -> str:
        """The name a reader sees: as delivered, else the directory's, else that it is unknown."""
        if self.name:
            return self.name
        if self.person:
            return self.person.local_name.text
        return str(_("Unknown speaker"))

    @property
    def name_for_public(self) -> str:
        """The name a visitor sees: as delivered, else that of a public entry."""
        if self.name or self.public_person is None:
            return self.name or str(_("Unknown speaker"))
        return self.public_person.local_name.text

    @property
    def office_for_public(self) -> str:
        """The office a visitor sees: as it was called then, else that of a public entry."""
        if self.office_name or self.public_office is None:
            return self.office_name
        return self.public_office.local_name.text

    @property
    def shown_office(self) -> str:
        """The office a reader sees, as it was called then."""
        if self.office_name:
            return self.office_name
        return self.office.local_name.text if self.office else ""
