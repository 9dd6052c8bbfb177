"""Which pages."""

from typing import Self

from iomsite.publishing.models import PublishedQuerySet


class PageQuerySet(PublishedQuerySet):
    def with_texts(self) -> Self:
        """Load the words in every language, bodies included."""
        return self.prefetch_related("texts")
