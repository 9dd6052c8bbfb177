"""Tables of the directory out to a spreadsheet and back in, with a preview before anything
is saved. What a column means is said in `initiatives.resources`."""

import zipfile
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.forms import ImportForm, SelectableFieldsExportForm

from initiatives.resources import DirectoryResource

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 100 * 1024 * 1024


class Spreadsheet(XLSX):
    """An Excel file of a sane size."""

    def create_dataset(self, in_stream: bytes) -> Any:
        """Read the first sheet.

        Raises ValueError when the file is no workbook or unpacks to an absurd size.
        """
        try:
            with zipfile.ZipFile(BytesIO(in_stream)) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
        except zipfile.BadZipFile as error:
            raise ValueError(str(_("This is no Excel workbook. Save it as .xlsx."))) from error
        if unpacked > MAX_UNPACKED_BYTES:
            raise ValueError(str(_("The workbook unpacks to more than 100 MB. Split it.")))
        return super().create_dataset(in_stream)


class Table(CSV):
    """A CSV file; a semicolon or tab between the cells is understood too."""

    def create_dataset(self, in_stream: str, **kwargs: Any) -> Any:
        first_line = in_stream.split("\n", 1)[0]
        delimiter = max(",;\t", key=first_line.count)
        return super().create_dataset(in_stream, delimiter=delimiter, **kwargs)


class SpreadsheetImportForm(ImportForm):
    """The upload, refused when it is too large to read in one go."""

    def clean_import_file(self) -> Any:
        upload = self.cleaned_data["import_file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Split it."))
        return upload


class SpreadsheetExportForm(SelectableFieldsExportForm):
    """The choice of columns, under the names they have in the file."""

    def _get_field_label(self, resource: Any, field_name: str) -> str:
        return str(resource.fields[field_name].column_name)


class SpreadsheetMixin(ImportExportMixin):
    """Import and export for the admin of a model with a directory resource."""

    model: type[models.Model]
    formats = [Table, Spreadsheet]
    to_encoding = "utf-8-sig"  # Excel takes a CSV file for UTF-8 only with this mark.
    import_form_class = SpreadsheetImportForm
    export_form_class = SpreadsheetExportForm
    import_error_display = ("message", "row")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def add_data_read_fail_error_to_form(self, form: Form, error: Exception) -> None:
        """Say what is wrong with a file that cannot be read, and the mend."""
        if isinstance(error, UnicodeDecodeError):
            message: Any = _("The file is not in UTF-8. Save it as “CSV UTF-8”, or as .xlsx.")
        elif type(error) is ValueError and str(error):
            message = str(error)
        else:
            message = _("The file cannot be read. Choose the format that it really has.")
        form.add_error("import_file", message)

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Let one bad row stop the whole file: nothing is ever half imported."""
        return {**super().get_import_data_kwargs(**kwargs), "rollback_on_validation_errors": True}

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Report, also when a row fits no more because the directory has changed meanwhile."""
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request,
                _("Nothing was imported: the directory has changed since the preview. Try again."),
            )
            return redirect("admin:{}_{}_import".format(*self.get_model_info()))
        return super().process_result(result, request)

    def get_export_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Return what the list shows, with the entries that the columns name."""
        resource: DirectoryResource = self.resource_classes[0]()
        return resource.with_relations(super().get_export_queryset(request))
