"""Who has the form of an item open, so that the next one is told before both have typed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models.loose import AboutItem


class Opening(AboutItem):
    """One person's form of one item. It binds nobody, and is forgotten after two hours."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("opened by"),
    )
    opened_at = models.DateTimeField(_("opened at"), db_index=True)

    class Meta:
        verbose_name = _("opened form")
        verbose_name_plural = _("opened forms")
        constraints = [
            models.UniqueConstraint(fields=["kind", "item", "user"], name="opening_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item}"
