"""What every entry of the directory has: an address, names, a life in public, doubts."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from iomsite.addresses.ledger import refuse_taken_address
from iomsite.fields import LanguageField
from iomsite.languages import DEFAULT_LANGUAGE, current_language
from iomsite.markup import SanitizedHTMLField, strip_controls
from iomsite.publishing.models import Publishable

STRONGEST_NAMES = ("primary", "acronym")


class LocalName(NamedTuple):
    """A name and the language it is in, so that a page can mark a foreign one."""

    text: str
    language: str


class Entity(Publishable):
    """A named thing of the directory: organization, person, office, initiative, meeting …

    `name` is the name in `name_language`. Names in other languages are `Name` rows of kind
    primary; `translated_names` is their copy on this row, kept by `Name.save()`, so that a
    page with a hundred names reads them without a query for each.
    """

    slug = models.SlugField(
        _("address"), max_length=120, unique=True, help_text=_("Last part of the page's address.")
    )
    name = models.CharField(_("name"), max_length=300)
    name_language = LanguageField(_("language of the name"), default=DEFAULT_LANGUAGE)
    translated_names = models.JSONField(default=dict, editable=False)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    note = models.CharField(
        _("note"), max_length=500, blank=True, help_text=_("One fact in a line, shown publicly.")
    )
    description = SanitizedHTMLField(_("description"), blank=True)
    uncertain_fields = models.JSONField(
        _("uncertain fields"),
        default=list,
        blank=True,
        help_text=_("Facts to verify. The public page marks each of them as unconfirmed."),
    )
    staff_note = models.TextField(_("note for staff"), blank=True, help_text=_("Never public."))

    versioned_parts: tuple[str, ...] = ("names", "identifiers")
    computed_fields = frozenset({"translated_names"})

    class Meta(Publishable.Meta):
        abstract = True
        ordering = ["name"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="%(app_label)s_%(class)s_has_name",
                violation_error_message=_("A name is needed."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self.name = strip_controls(self.name).strip()
        refuse_taken_address(self)
        if not isinstance(self.uncertain_fields, list):
            raise ValidationError({"uncertain_fields": _("List the fields, as in [“founded”].")})

    def name_in(self, language: str = "") -> LocalName:
        """Return the name in a language, by default that of the page, else the main name."""
        language = language or current_language()
        if language != self.name_language and (translated := self.translated_names.get(language)):
            return LocalName(translated, language)
        return LocalName(self.name, self.name_language)

    @property
    def local_name(self) -> LocalName:
        return self.name_in()

    @property
    def kind_label(self) -> str:
        """The kind in words, with the entry's own word for it where that says more."""
        label: str = self.get_kind_display()  # type: ignore[attr-defined]
        own: str = self.kind_detail  # type: ignore[attr-defined]
        return label if not own or own.casefold() in label.casefold() else f"{label} · {own}"

    def is_uncertain(self, field: str) -> bool:
        """Say whether a fact still waits to be verified."""
        return field in self.uncertain_fields

    def copy_translated_names(self) -> None:
        """Renew the copy of the primary names that this row keeps."""
        names: Any = self.names.filter(kind="primary").exclude(language=self.name_language)  # type: ignore[attr-defined]
        self.translated_names = dict(names.values_list("language", "text"))
        type(self)._default_manager.filter(pk=self.pk).update(
            translated_names=self.translated_names
        )
