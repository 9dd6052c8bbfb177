"""The rows below an entry: its names, identifiers, appointments, memberships, agenda."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives.admin.doubts import AppointmentForm
from initiatives.models import (
    AgendaItem,
    Appointment,
    Identifier,
    MeetingDocument,
    Membership,
    Name,
    Participation,
)
from iomsite.publishing.admin import RecordForm
from iomsite.publishing.relations import SearchedTabular


class OnceFormSet(BaseInlineFormSet):
    """Rows of which two new ones may not be the same.

    Against stored rows the model's constraints say so; two rows of one submission meet only
    in the database, which answers with an error page.
    """

    key: Callable[[dict[str, Any]], Any] = staticmethod(lambda values: None)
    message: Any = _("Two rows are the same. Delete one of them.")

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", None)
            if not values or values.get("DELETE"):
                continue
            key = type(self).key(values)
            if key is not None and key in seen:
                raise ValidationError(self.message)
            seen.add(key)


class NameFormSet(OnceFormSet):
    key = staticmethod(
        lambda values: values.get("language") if values.get("kind") == "primary" else None
    )
    message = _("Give one primary name for each language.")


class AgendaFormSet(OnceFormSet):
    key = staticmethod(lambda values: values.get("number") or None)
    message = _("The agenda has two items of one number. Change one of them.")


class ParticipationFormSet(OnceFormSet):
    key = staticmethod(
        lambda values: tuple(
            values.get(name) for name in ("organization", "initiative", "country", "role")
        )
    )


class MembershipFormSet(OnceFormSet):
    key = staticmethod(
        lambda values: (
            values.get("group"),
            values.get("series"),
            values["starts_on"].year if values.get("starts_on") else None,
        )
    )


class EditedElsewhere:
    """For rows that are part of the item at their other end: they are shown here only.

    What was typed into them would be no part of this item's working copy, and be lost.
    """

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NameInline(SearchedTabular):
    model = Name
    formset = NameFormSet
    fields = ["text", "language", "kind", "policy"]
    verbose_name = _("other name")
    verbose_name_plural = _("other names")


class IdentifierInline(SearchedTabular):
    model = Identifier
    fields = ["scheme", "value"]
    classes = ["collapse"]


class AppointmentInline(SearchedTabular):
    model = Appointment
    form = AppointmentForm
    fields: ClassVar[Any] = [
        "person",
        "office",
        "starts_on",
        "ends_on",
        "acting",
        "uncertain_fields",
    ]

    def get_queryset(self, request: Any) -> models.QuerySet:
        return super().get_queryset(request).select_related("person", "office__organization")


class MembershipInline(SearchedTabular):
    """The groups that an organization belongs to."""

    model = Membership
    form = RecordForm
    formset = MembershipFormSet
    fk_name = "member"
    fields = ["group", "series", "role", "starts_on", "ends_on"]
    verbose_name = _("membership in another body")
    verbose_name_plural = _("member of")
    classes = ["collapse"]

    def get_queryset(self, request: Any) -> models.QuerySet:
        return super().get_queryset(request).select_related("member", "group", "series")


class ParticipationInline(SearchedTabular):
    model = Participation
    formset = ParticipationFormSet
    fields: ClassVar[Any] = ["organization", "country", "role"]

    def get_queryset(self, request: Any) -> models.QuerySet:
        return super().get_queryset(request).select_related("organization", "initiative")


class AgendaItemInline(SearchedTabular):
    model = AgendaItem
    formset = AgendaFormSet
    fields = ["position", "number", "title", "language"]


class MeetingDocumentInline(SearchedTabular):
    model = MeetingDocument
    fields = ["symbol", "title", "language", "url"]
    classes = ["collapse"]
