"""An item on an editor's desk: what is public of it, what is being written, where that stands."""

from datetime import datetime
from functools import cached_property
from typing import Any, Self

from iomsite.canonical import digest
from iomsite.publishing.models import OUT, QueryTime, Review, Status, Version, WorkingCopy, kind_of
from iomsite.publishing.snapshot import Content, content_hash, snapshot, without_internal

Stage = WorkingCopy.Stage


class Desk:
    """One item with its working copy, its review and its versions."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.kind = kind_of(item)
        self.copy: WorkingCopy | None = WorkingCopy.objects.of(item).first()
        self.review: Review = Review.objects.of(item).first() or Review(
            kind=self.kind, item=item.pk
        )

    @classmethod
    def locked(cls, item: Any) -> Self:
        """Open the desk of an item, and keep others from it until the transaction ends.

        Raises the model's DoesNotExist when the item is gone.
        """
        return cls(type(item)._base_manager.select_for_update().get(pk=item.pk))

    @cached_property
    def now(self) -> datetime:
        """The time by the database's clock, which decides what the public sees."""
        rows: Any = type(self.item)._base_manager.filter(pk=self.item.pk)
        return rows.values_list(QueryTime()).get()[0]

    @property
    def is_out(self) -> bool:
        """Whether the item is public, under embargo or was public once."""
        return self.item.status in OUT

    @property
    def is_embargoed(self) -> bool:
        return self.item.status == Status.PUBLISHED and self.item.published_at > self.now

    @property
    def stage(self) -> str:
        """Where that stands which is not public yet: draft, in_review, scheduled, or nothing."""
        if self.copy:
            return self.copy.stage
        return "" if self.is_out else str(self.item.status)

    @cached_property
    def content(self) -> Content:
        """What an editor of the item sees in the form."""
        return self.copy.content if self.copy else snapshot(self.item, internal=True)

    @cached_property
    def token(self) -> str:
        """What a form must send back to prove that it saw this state and no other."""
        times = [
            moment and moment.isoformat()
            for moment in (self.item.published_at, self.copy and self.copy.due_at)
        ]
        return digest([content_hash(self.content), str(self.item.status), self.stage, *times])

    @cached_property
    def pending_hash(self) -> str:
        """The checksum of what would be published."""
        return content_hash(without_internal(self.content))

    @cached_property
    def last_version(self) -> Version | None:
        rows = Version.objects.of(self.item).without_content()
        found: Version | None = rows.order_by("-number").first()
        return found
