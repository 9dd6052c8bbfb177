"""Rows about an item of any kind, under a key that outlives the item.

Not a foreign key: a history that goes when its item goes would be no history, and the
models that have items stand above this package.
"""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _


def kind_of(item: Any) -> str:
    """Return what an item, or its model, is called here: `speeches.speech`."""
    return str(item._meta.label_lower)


class AboutItemQuerySet(models.QuerySet):
    def of(self, item: Any) -> Self:
        """Keep the rows about one item."""
        return self.filter(kind=kind_of(item), item=item.pk)


class AboutItem(models.Model):
    """A row about one item."""

    kind = models.CharField(_("kind"), max_length=60, editable=False)
    item = models.BigIntegerField(_("item"), editable=False)

    objects = AboutItemQuerySet.as_manager()

    class Meta:
        abstract = True

    def find_item(self) -> Any:
        """Return the item, or None when it is not there any more."""
        return apps.get_model(self.kind)._base_manager.filter(pk=self.item).first()
