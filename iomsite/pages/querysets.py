"""Which pages, and the menu they make."""

from typing import Any, Self

from django.db.models import Prefetch

from iomsite.publishing.models import PublishedQuerySet


class PageQuerySet(PublishedQuerySet):
    def with_texts(self) -> Self:
        """Load the words in every language, bodies included."""
        return self.prefetch_related("texts")

    def menu(self) -> list[Any]:
        """Return the published pages of the menu as a tree: top pages, each with `submenu`.

        A page whose parent is not public is left out with it.
        """
        pages = list(
            self.published()
            .filter(in_menu=True)
            .order_by("position", "path")
            .prefetch_related(Prefetch("texts", self.texts_without_body()))
        )
        by_id = {page.pk: page for page in pages}
        top = []
        for page in pages:
            page.submenu = []
        for page in pages:
            if page.parent_id is None:
                top.append(page)
            elif page.parent_id in by_id:
                by_id[page.parent_id].submenu.append(page)
        return top

    def texts_without_body(self) -> Any:
        texts: Any = self.model._meta.get_field("texts").related_model
        return texts.objects.defer("body")
