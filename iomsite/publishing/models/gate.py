"""The state of an item and the gate: `published()` for lists, `visible_to()` for one page.

Scheduled and embargoed are not states: both are published with `published_at` in the
future, and the database's clock at query time decides, so nothing depends on a worker.
"""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser, User
from django.db import models, transaction
from django.db.models import ExpressionWrapper, FilteredRelation, Q
from django.db.models.functions import Now
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed")


gate_changed = Signal()
"""Sent with `keys` when a queryset has changed what decides whether rows are public."""

OUT = (Status.PUBLISHED, Status.WITHDRAWN, Status.REMOVED)


class QueryTime(Now):
    """The database's clock when the query runs, asked once and not again for every row."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # SQLite calls STRFTIME for each row it looks at, but a subquery only once.
        clock, values = super().as_sqlite(compiler, connection, **context)
        return f"(SELECT {clock})", values


def is_published(prefix: str = "") -> Q:
    """Return the one condition of the gate, for rows reached through `prefix`."""
    return Q(**{f"{prefix}status": Status.PUBLISHED, f"{prefix}published_at__lte": QueryTime()})


def ever_public() -> Q:
    """Return the condition for what is or once was public, and not under embargo."""
    return Q(status__in=OUT, published_at__lte=QueryTime())


def previewed_key(user: Any, model: type[models.Model]) -> int | None:
    """Return the key of the one item of a kind that a visitor is shown before it is public.

    Only a preview makes such a visitor (`iomsite.previews.visitors`), for one request of its
    own; no account and no session is ever one.
    """
    kind, key = getattr(user, "previewed", ("", None))
    return key if kind == model._meta.label_lower else None


def published_relation(name: str) -> FilteredRelation:
    """Return a join to a related item that is empty unless that item is published.

    `annotate(public_meeting=published_relation("meeting")).select_related("public_meeting")`
    gives each row a `public_meeting` that is safe to show, or None, without another query.
    """
    return FilteredRelation(name, condition=is_published(f"{name}__"))


def published_flag(name: str) -> ExpressionWrapper:
    """Return a column that says whether a related item is published.

    For rows joined on every page it is cheaper than `published_relation`: Django makes the
    plain join of `select_related` in a third of the time. The model must then show the
    related item only when the flag is set.
    """
    return ExpressionWrapper(is_published(f"{name}__"), output_field=models.BooleanField())


class PublishedQuerySet(models.QuerySet):
    """The gate. Every public list, count, feed and page starts from one of these methods."""

    def published(self) -> Self:
        """Keep what the public may see now, by the database's clock."""
        return self.filter(is_published())

    def ever_public(self) -> Self:
        """Keep what is or once was public: published, withdrawn or removed, not embargoed."""
        return self.filter(ever_public())

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Keep what this user may open as a page of its own.

        Staff who may view the model see every state, as a preview. Everyone else also gets
        withdrawn items, which stay readable under a notice, and removed ones, for which
        `get_or_gone` answers with the public reason only. A guest with a preview link gets
        the one item of the link besides.
        """
        options = self.model._meta
        may_preview = user.is_active and user.has_perm(
            f"{options.app_label}.view_{options.model_name}"
        )
        if may_preview:
            return self.all()
        key = previewed_key(user, self.model)
        return self.ever_public() if key is None else self.filter(ever_public() | Q(pk=key))

    def update(self, **values: Any) -> int:
        """Update rows, and tell whoever keeps a copy of what is public."""
        if not {"status", "published_at"} & values.keys():
            return super().update(**values)
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            changed = super().update(**values)
            gate_changed.send(self.model, keys=keys)
        return changed

    update.alters_data = True  # type: ignore[attr-defined]  # no template may call it


class Publishable(models.Model):
    """An item with a public life."""

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_("The public sees the item from this moment on. A future time is an embargo."),
    )
    public_notice = models.TextField(
        _("public notice"),
        blank=True,
        max_length=2000,
        help_text=_("Shown to the public when the item is withdrawn or removed: say why."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=OUT) | Q(published_at__isnull=False),
                name="%(app_label)s_%(class)s_public_has_time",
                violation_error_message=_("A published item needs the time it was published at."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.WITHDRAWN, Status.REMOVED]) | ~Q(public_notice=""),
                name="%(app_label)s_%(class)s_notice_says_why",
                violation_error_message=_("Say in the public notice why the item is taken back."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "published_at"], name="%(class)s_gate"),
        ]

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def is_removed(self) -> bool:
        return self.status == Status.REMOVED
