"""Whoever looks at a preview: nobody with rights, who sees one item that others do not."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from iomsite.publishing.models import kind_of


class PreviewVisitor(AnonymousUser):
    """The public, but for one item. The gate asks for `previewed`."""

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.previewed = (kind_of(item), item.pk)


class GuestReviewer(AnonymousUser):
    """A guest who was asked to decide about one item, while deciding. Never a request's user."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__()
        self.name = name
        app_label, model = kind.split(".")
        self.permission = f"{app_label}.review_{model}"

    def __str__(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return perm == self.permission
