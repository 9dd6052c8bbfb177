"""The directory's tables as spreadsheets: what each column is called and what it holds.

Rows are found by the last part of an entry's address (`slug`), related entries are named by
theirs, and a column that is left out of a file stays as it is. Import goes through the same
checks as the admin's forms, and shows a preview before anything is saved.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource

from initiatives import columns
from initiatives.models import (
    Appointment,
    Initiative,
    Meeting,
    MeetingSeries,
    Office,
    Organization,
    Person,
    Term,
)
from iomsite.date_input import partial_dates, precision_name
from iomsite.publishing.keeping import editing
from iomsite.publishing.models import OUT, Status, WorkingCopy, kind_of
from iomsite.publishing.roles import may, may_change_part, may_publish
from iomsite.publishing.snapshot import owner_of
from iomsite.publishing.workflow import perform, publish_imported

IMPORTED_STATES = (Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED)
UNCHANGED_BY_FILES = frozenset(
    [
        "id",
        "translated_names",
        "published_at",
        "public_notice",
        "created_at",
        "updated_at",
        "logo",
        "logo_alternative",
        "portrait",
        "portrait_alternative",
        "uncertain_fields",
    ]
)


def make_column(field: Any) -> Field:
    """Return the column for a field of a model."""
    if field.many_to_many:
        return Field(field.name, field.name, columns.SlugsWidget(field.related_model))
    if field.related_model is not None:
        return Field(field.name, field.name, columns.SlugWidget(field.related_model))
    if field.flatchoices:
        return Field(field.name, field.name, columns.ChoiceWidget(field))
    if isinstance(field, models.BooleanField):
        return Field(field.name, field.name, columns.YesNoWidget(field.get_default()))
    if isinstance(field, models.IntegerField):
        default = field.get_default()
        widget = columns.NumberWidget()
        return Field(
            field.name, field.name, widget, **({} if default is None else {"default": default})
        )
    if isinstance(field, models.DateField):
        return columns.PartialDateColumn(field.name, field.name.removesuffix("_on"))
    return Field(field.name, field.name, columns.TextWidget())


class DirectoryResource(ModelResource):
    """A table of the directory."""

    class Meta:
        import_id_fields = ["slug"]
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.user: Any = None
        self.present: set[str] = set()
        self.begun_here: set[tuple[str, int]] = set()
        """The items whose working copies this import began, and may go on with."""

    @classmethod
    def with_relations(cls, rows: models.QuerySet) -> models.QuerySet:
        """Load what the columns name, so that a thousand rows take no more queries than one."""
        keys = [field.name for field in rows.model._meta.fields if field.related_model]
        several = [
            field.name for field in rows.model._meta.many_to_many if field.name in cls.fields
        ]
        return rows.select_related(*keys).prefetch_related(*several)

    def import_data(self, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        """Import, minding only the columns that the file has: the preview shows no others."""
        self.present = {columns.cell_text(header) for header in dataset.headers or []}
        return super().import_data(dataset, *args, **kwargs)

    def get_import_fields(self) -> list[Field]:
        fields = super().get_import_fields()
        present = [field for field in fields if field.column_name in self.present]
        return present or fields

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Refuse a file with a column nobody knows, or with two rows for one entry."""
        self.user = kwargs.get("user")
        known = [self.fields[name].column_name for name in self.get_import_order()]
        if not dataset.headers:
            raise ValueError(_("The file is empty. Its first row names the columns."))
        dataset.headers = [columns.cell_text(header) for header in dataset.headers]
        for header in dataset.headers:
            if header and header not in known:
                raise ValueError(
                    _("The column “%(column)s” is not known. Known columns are: %(known)s.")
                    % {"column": header, "known": ", ".join(known)}
                )
        self._refuse_repeated_rows(dataset)

    def _refuse_repeated_rows(self, dataset: Any) -> None:
        names = [self.fields[name].column_name for name in self.get_import_id_fields()]
        first: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(dataset.dict, start=2):
            key = tuple(columns.cell_text(row.get(name)) for name in names)
            if key in first:
                raise ValueError(
                    _("Rows %(first)s and %(second)s are about the same entry. Keep one of them.")
                    % {"first": first[key], "second": number}
                )
            first[key] = number

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        for column, value in row.items():
            if isinstance(value, str):
                row[column] = columns.unprotect(value)

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        instance.status_before = None if new else getattr(instance, "status", None)

    def export_field(self, field: Any, instance: Any, **kwargs: Any) -> Any:
        value = super().export_field(field, instance, **kwargs)
        return columns.protect(value) if isinstance(value, str) else value

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Save a row where the next state of its item is written, and publish a new entry.

        Lists of relations are saved here too, for they belong into the same working copy.
        """
        item = _item_of(instance)
        if item is None or item.status not in OUT:
            super().save_instance(instance, is_create, row, **kwargs)
            super().save_m2m(instance, row, **kwargs)
        else:
            self.begun_here.add((kind_of(item), item.pk))
            with editing(item, self.user):
                super().save_instance(instance, is_create, row, **kwargs)
                super().save_m2m(instance, row, **kwargs)
        self._follow_status(instance)

    def _follow_status(self, entry: Any) -> None:
        """Do by the workflow what the file's column of the status asks for."""
        wanted = getattr(entry, "wanted_status", None)
        if wanted == Status.PUBLISHED:
            publish_imported(entry, self.user, _("a spreadsheet"))
        elif wanted == Status.IN_REVIEW:
            perform("submit", entry, self.user)
        if wanted:
            entry.refresh_from_db(fields=["status", "published_at"])

    def save_m2m(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Do nothing: `save_instance` has done it."""

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Apply the checks of the form, and the rule of who may change what the public sees."""
        errors = dict(import_validation_errors or {})
        if "status" not in errors:
            errors.update(self._check_public(instance))
        try:
            super().validate_instance(instance, errors, validate_unique)
        except ValidationError as error:
            raise ValidationError(self._by_column(error.error_dict)) from error

    def _by_column(self, errors: dict[str, Any]) -> dict[str, Any]:
        """Name the errors by the columns of the file, which is what its editor sees."""
        return {
            self.fields[name].column_name if name in self.fields else name: error
            for name, error in errors.items()
        }

    def _check_public(self, row: Any) -> dict[str, ValidationError]:
        item = _item_of(row)
        if item is not None and item.status in OUT:
            if self._waits(item):
                return _refuse(
                    _("“%(entry)s” has a working copy. Publish or discard it first.")
                    % {"entry": item},
                    "__all__",
                )
        elif item is None and self.user is not None and not may_change_part(self.user, row):
            return _refuse(_("This is public. Ask a publisher to import the row."), "__all__")
        if self.user is not None and item is not None and not may(self.user, "change", item):
            return _refuse(_("You may not change this entry. Ask an editor."), "__all__")
        return self._check_status(row) if hasattr(row, "status") else {}

    def _waits(self, item: Any) -> bool:
        about = (kind_of(item), item.pk)
        return about not in self.begun_here and WorkingCopy.objects.of(item).exists()

    def _check_status(self, entry: Any) -> dict[str, ValidationError]:
        """Let a file publish a new entry or a draft, if its user may; nothing else."""
        if entry.status == entry.status_before:
            return {}
        if entry.status_before in OUT:
            return _refuse(_("This entry is public. Change its status in its own form."))
        if entry.status not in IMPORTED_STATES:
            return _refuse(_("Write draft, in_review or published."))
        publishes = entry.status == Status.PUBLISHED
        if publishes and self.user is not None and not may_publish(self.user, type(entry)):
            return _refuse(_("Write draft or in_review. Ask a publisher to publish the entry."))
        if entry.status == Status.DRAFT and entry.status_before == Status.IN_REVIEW:
            return _refuse(_("This entry is in review. A reviewer can send it back."))
        if entry.status != Status.DRAFT:
            entry.wanted_status, entry.status = entry.status, entry.status_before or Status.DRAFT
        return {}


def _item_of(row: Any) -> Any:
    """Return the item that a row is, or is part of."""
    return row if hasattr(row, "status") else owner_of(row)


def _refuse(message: str, field: str = "status") -> dict[str, ValidationError]:
    return {field: ValidationError(message, code="status")}


def make_resource(of: type[models.Model], **options: Any) -> type[Any]:
    """Return the resource of a model: a column for each of its facts, in the model's order."""
    own_precisions = {precision_name(name) for name in partial_dates(of)}
    fields: list[Any] = [
        field
        for field in list[Any]([*of._meta.fields, *of._meta.many_to_many])
        if field.name not in UNCHANGED_BY_FILES | own_precisions
        and (not field.many_to_many or field.remote_field.through._meta.auto_created)
    ]
    names = [field.name for field in fields]
    first = [name for name in ("slug", "name", "acronym") if name in names]
    last = [name for name in ("status", "staff_note") if name in names]
    order = [*first, *(name for name in names if name not in (*first, *last)), *last]
    meta = {"model": of, "fields": names, "import_order": order, "export_order": order, **options}
    return type(
        f"{of.__name__}Resource",
        (DirectoryResource,),
        {
            "__doc__": f"The table of {of._meta.verbose_name_raw}.",
            "Meta": type("Meta", (DirectoryResource.Meta,), meta),
            **{field.name: make_column(field) for field in fields},
        },
    )


OrganizationResource = make_resource(Organization)
PersonResource = make_resource(Person)
OfficeResource = make_resource(Office)
InitiativeResource = make_resource(Initiative)
MeetingSeriesResource = make_resource(MeetingSeries)
MeetingResource = make_resource(Meeting)
AppointmentResource = make_resource(Appointment, import_id_fields=["person", "office", "starts_on"])
TermResource = make_resource(Term)
