"""The ledger of public addresses, what has moved where, and the links that lead out."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from iomsite.addresses.paths import LONGEST_PATH
from iomsite.publishing.models import QueryTime

LONGEST_URL = 2000


class PublicAddressQuerySet(models.QuerySet):
    def binding(self) -> "PublicAddressQuerySet":
        """Keep the rows that hold: no later row called them off before their time came."""
        later = PublicAddress.objects.filter(
            path=OuterRef("path"),
            kind=OuterRef("kind"),
            item=OuterRef("item"),
            pk__gt=OuterRef("pk"),
            noted_at__lt=OuterRef("first_public_at"),
        )
        return self.filter(~Exists(later), first_public_at__isnull=False)

    def public(self) -> "PublicAddressQuerySet":
        """Keep the addresses that readers have been able to open, by the database's clock."""
        return self.binding().filter(first_public_at__lte=QueryTime())


class PublicAddress(models.Model):
    """A line of the ledger: from this time on, this path is that of this item.

    Lines are only added. When an embargo is put off, another line says the new time; when it
    is called off, another line says no time. Once the time has passed, the line holds for ever.
    """

    path = models.CharField(_("path"), max_length=LONGEST_PATH)
    part = models.CharField(
        max_length=LONGEST_PATH,
        blank=True,
        help_text=_("What comes after the item’s main path, or the whole path of a file."),
    )
    kind = models.CharField(_("kind"), max_length=60)
    item = models.BigIntegerField(_("item"))
    first_public_at = models.DateTimeField(_("public from"), null=True, blank=True)
    noted_at = models.DateTimeField(_("noted at"), db_default=Now(), editable=False)

    objects = PublicAddressQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("public address")
        verbose_name_plural = _("public addresses")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["path"], name="address_path"),
            models.Index(fields=["kind", "item"], name="address_item"),
        ]

    def __str__(self) -> str:
        return self.path


class Move(models.Model):
    """One item has gone into another: readers of the first are led to the second."""

    old_kind = models.CharField(max_length=60)
    old_item = models.BigIntegerField()
    new_kind = models.CharField(max_length=60)
    new_item = models.BigIntegerField()
    moved_at = models.DateTimeField(_("moved at"), db_default=Now(), editable=False)
    actor = models.BigIntegerField(_("account"), null=True, blank=True)
    actor_name = models.CharField(_("by"), max_length=150, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["old_kind", "old_item"], name="move_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old_kind} {self.old_item} → {self.new_kind} {self.new_item}"


class OutgoingLink(models.Model):
    """An address elsewhere that public pages link to, and what it answered when asked last."""

    class Outcome(models.TextChoices):
        NEW = "new", _("Not checked yet")
        WORKS = "works", _("Works")
        MOVED = "moved", _("Works, but has moved for good")
        CLOSED = "closed", _("Not open to programs: look yourself")
        MISSING = "missing", _("There is nothing at the address")
        FAILS = "fails", _("The server answers with an error")
        UNREACHABLE = "unreachable", _("The server cannot be reached")
        REFUSED = "refused", _("No address of the public internet")

    BROKEN = (Outcome.MISSING, Outcome.FAILS, Outcome.UNREACHABLE, Outcome.REFUSED)

    # An address can be longer than what a database puts into an index.
    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.CharField(_("link"), max_length=LONGEST_URL)
    host = models.CharField(_("host"), max_length=255, db_index=True)
    outcome = models.CharField(
        _("outcome"), max_length=11, choices=Outcome, default=Outcome.NEW, db_index=True
    )
    status_code = models.PositiveSmallIntegerField(_("status code"), null=True, blank=True)
    detail = models.CharField(_("what went wrong"), max_length=200, blank=True)
    leads_to = models.CharField(_("leads to"), max_length=LONGEST_URL, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True, db_index=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("outgoing link")
        verbose_name_plural = _("outgoing links")
        ordering = ["-failures", "host", "url"]

    def __str__(self) -> str:
        return self.url


class LinkPlace(models.Model):
    """An item whose public page links there."""

    link = models.ForeignKey(OutgoingLink, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(_("kind"), max_length=60)
    item = models.BigIntegerField(_("item"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        default_permissions = ()
        verbose_name = _("place of a link")
        verbose_name_plural = _("places of links")
        ordering = ["kind", "item"]
        constraints = [
            models.UniqueConstraint(fields=["link", "kind", "item"], name="link_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"


def model_of(kind: str) -> type[models.Model] | None:
    """Return the model that a loose key names, or None when there is no such kind any more."""
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def kind_of(item: models.Model | type[models.Model]) -> str:
    """Return how a loose key names a kind of item, such as `speeches.speech`."""
    return str(item._meta.label_lower)
