"""Which speeches: the record's questions, said once."""

from typing import Any, Self

from django.db.models import Prefetch

from iomsite.publishing.models import PublishedQuerySet, published_relation


class SpeechQuerySet(PublishedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-delivered_on", "-pk")

    def given_by(self, person: Any) -> Self:
        """Keep speeches in which a person has any part."""
        return self.filter(contributions__person=person).distinct()

    def given_for_country(self, code: str) -> Self:
        """Keep speeches given on behalf of a State."""
        return self.filter(contributions__on_behalf_of_country=code).distinct()

    def in_agenda_order(self) -> Self:
        """Order the speeches of one meeting as they were given."""
        return self.order_by("agenda_item__position", "position", "delivered_on", "pk")

    def with_meeting(self) -> Self:
        """Join the meeting and series, each as `public_…`, or None when it is not public."""
        return self.annotate(
            public_meeting=published_relation("meeting"),
            public_series=published_relation("meeting__series"),
        ).select_related("public_meeting", "public_series", "agenda_item")

    def for_listing(self) -> Self:
        """Load all that a card shows, in a fixed number of queries."""
        return self.annotate(public_meeting=published_relation("meeting")).select_related(
            "public_meeting"
        ).prefetch_related(
            Prefetch("texts", self._texts().defer("body", "html", "contents")),
            self._contributions(),
        )

    def for_page(self) -> Self:
        """Load all that the page of one speech shows."""
        return self.with_meeting().prefetch_related(
            Prefetch("texts", self._texts().defer("body")),
            self._contributions(),
        )

    def _texts(self) -> Any:
        model: Any = self.model._meta.get_field("texts").related_model
        return model.objects.order_by("language")

    def _contributions(self) -> Prefetch:
        """Fetch contributions with those people and organizations that are public."""
        model: Any = self.model._meta.get_field("contributions").related_model
        rows = model.objects.annotate(
            public_person=published_relation("person"),
            public_behalf=published_relation("on_behalf_of"),
        ).select_related("public_person", "public_behalf", "office")
        return Prefetch("contributions", rows.order_by("position", "pk"))
