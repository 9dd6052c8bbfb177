"""Terms of the field that are no single body: `regional consultative process`."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.models.entities import Entity


class Term(Entity):
    """A term that readers meet in speeches, explained in the glossary."""

    class Meta(Entity.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:glossary", fragment=self.slug)
