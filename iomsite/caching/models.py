"""The one row that is another one after each change of the record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecordState(models.Model):
    """Under which number all pages are kept that were made since the last change.

    The number is drawn, not counted: one that stood before a backup was put back never
    comes again for other contents.
    """

    revision = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("state of the record")
        verbose_name_plural = _("state of the record")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="caching_one_state"),
        ]

    def __str__(self) -> str:
        return str(self.revision)
