"""Other names and identifiers of an entry, each belonging to exactly one."""

import functools
import operator
from typing import Any

from django.db import models, transaction
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from initiatives.models.entities import Entity
from iomsite.fields import LanguageField
from iomsite.languages import DEFAULT_LANGUAGE

OWNERS = ("organization", "person", "office", "initiative", "meeting_series", "meeting", "term")


def owned_by_one() -> Q:
    """Return the condition that exactly one owner is set."""
    return functools.reduce(
        operator.or_,
        (Q(**{f"{owner}__isnull": owner != chosen for owner in OWNERS}) for chosen in OWNERS),
    )


def owner_key(model: str, related_name: str) -> models.ForeignKey:
    """Return one of the nullable keys, of which each row sets one."""
    return models.ForeignKey(
        f"initiatives.{model}",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name=related_name,
    )


class OwnedQuerySet(models.QuerySet):
    def of(self, owner: Entity) -> "OwnedQuerySet":
        """Keep the rows of one entry."""
        return self.filter(**{owner_field(owner): owner})


def owner_field(owner: Entity) -> str:
    """Return the name of the key that points at this kind of entry."""
    name = str(owner._meta.model_name)
    return "meeting_series" if name == "meetingseries" else name


class Name(models.Model):
    """A name of an entry: in another language, earlier, shorter, or just another one."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", _("primary")
        OTHER = "other", _("other")
        FORMER = "former", _("former")
        ACRONYM = "acronym", _("acronym")
        SHORT = "short", _("short")

    class Policy(models.TextChoices):
        """When a name in a text may be taken for this entry."""

        FREE = "free", _("always")
        LONG = "long", _("when the full name stands in the same text")
        LIST = "list", _("in a list beside other acronyms")
        PARENT = "parent", _("when the parent is named")
        NUMBER = "num", _("before a number")
        DEFINITION = "def", _("when the text defines it")
        HOME = "home", _("in the organization's own texts")

    organization = owner_key("Organization", "names")
    person = owner_key("Person", "names")
    office = owner_key("Office", "names")
    initiative = owner_key("Initiative", "names")
    meeting_series = owner_key("MeetingSeries", "names")
    meeting = owner_key("Meeting", "names")
    term = owner_key("Term", "names")
    text = models.CharField(_("name"), max_length=300)
    language = LanguageField(_("language"), default=DEFAULT_LANGUAGE)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OTHER)
    policy = models.CharField(
        _("recognized"),
        max_length=6,
        choices=Policy,
        blank=True,
        help_text=_("When this name in a text may be taken for this entry."),
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["kind", "language", "text"]
        constraints = [
            models.CheckConstraint(condition=owned_by_one(), name="name_has_one_owner"),
            models.CheckConstraint(condition=~Q(text=""), name="name_has_text"),
            *(
                UniqueConstraint(
                    fields=[owner, "language"],
                    condition=Q(kind="primary"),
                    name=f"one_primary_name_{owner}",
                    violation_error_message=_("There is a primary name in this language already."),
                )
                for owner in OWNERS
            ),
            *(
                UniqueConstraint(fields=[owner, "text", "language", "kind"], name=f"name_{owner}")
                for owner in OWNERS
            ),
        ]
        indexes = [models.Index(fields=["text"], name="name_text")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and renew the copy of primary names on the owner in the same transaction."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.owner.copy_translated_names()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        owner = self.owner
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            owner.copy_translated_names()
        return deleted

    @property
    def owner(self) -> Entity:
        return next(owner for name in OWNERS if (owner := getattr(self, name)))


class Identifier(models.Model):
    """What another register calls an entry: a typed pair such as (Wikidata, Q315)."""

    class Scheme(models.TextChoices):
        WIKIDATA = "wikidata", "Wikidata"
        ISIL = "isil", "ISIL"
        VIAF = "viaf", "VIAF"
        ISNI = "isni", "ISNI"
        ROR = "ror", "ROR"
        UNBIS = "unbis", "UNBIS"
        SYMBOL = "symbol", _("document symbol")
        DIRECTORY = "directory", _("key in the imported directory")

    organization = owner_key("Organization", "identifiers")
    person = owner_key("Person", "identifiers")
    office = owner_key("Office", "identifiers")
    initiative = owner_key("Initiative", "identifiers")
    meeting_series = owner_key("MeetingSeries", "identifiers")
    meeting = owner_key("Meeting", "identifiers")
    term = owner_key("Term", "identifiers")
    scheme = models.CharField(_("register"), max_length=10, choices=Scheme)
    value = models.CharField(_("identifier"), max_length=200)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        ordering = ["scheme", "value"]
        constraints = [
            models.CheckConstraint(condition=owned_by_one(), name="identifier_has_one_owner"),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_has_value"),
            UniqueConstraint(
                fields=["scheme", "value"],
                name="identifier_is_one_entry",
                violation_error_message=_("Another entry carries this identifier already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()}: {self.value}"

    @property
    def url(self) -> str:
        """Where the register describes the entry; empty when it has no such page."""
        templates: dict[str, str] = {
            self.Scheme.WIKIDATA: "https://www.wikidata.org/wiki/{}",
            self.Scheme.VIAF: "https://viaf.org/viaf/{}",
            self.Scheme.ISNI: "https://isni.org/isni/{}",
            self.Scheme.ROR: "https://ror.org/{}",
            self.Scheme.SYMBOL: "https://undocs.org/{}",
        }
        return templates.get(self.scheme, "").format(self.value)
