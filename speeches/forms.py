"""Forms of the record: uploading speeches, and confirming what the preview showed."""

from pathlib import Path, PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from iomsite.languages import text_language_choices
from speeches import importers

FORMATS = [
    ("auto", _("Recognize it")),
    ("legacy", _("Crawled page, as plain text")),
    ("html", _("Web page")),
    ("docx", _("Word document")),
    ("jsonl", _("JSON Lines")),
    ("csv", _("CSV table")),
]


def shipped_mappings() -> list[str]:
    """Return the names of the mappings that come with the project."""
    folder = Path(importers.__file__).parent / "mappings"
    return sorted(path.stem for path in folder.glob("*.json"))


class UploadForm(forms.Form):
    """One file with one speech or many."""

    file = forms.FileField(
        label=_("File"), help_text=_("A page (.txt, .html), a Word file, JSON Lines or CSV.")
    )
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS, initial="auto")
    mapping = forms.ChoiceField(
        label=_("Columns"),
        required=False,
        help_text=_("For tables and JSON Lines: which column is which field."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As the source says")), *text_language_choices()],
        help_text=_("Taken where the source does not show its language."),
    )
    source_url = forms.URLField(
        label=_("Address of the source"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("Where the text was published before. Readers see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mapping: Any = self.fields["mapping"]
        mapping.choices = [("", _("Our own names")), *((name, name) for name in shipped_mappings())]

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if upload.size is None or upload.size > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(
                _("The file is larger than %(size)s MB. Split it, or ask for import_speeches."),
                params={"size": settings.MAX_UPLOAD_MB},
            )
        return upload

    def choices(self) -> dict[str, str]:
        """Return how the file is to be read, in values that a token can carry."""
        names = ("format", "mapping", "language", "source_url")
        chosen = {name: self.cleaned_data[name] for name in names}
        return chosen | {"name": PurePath(self.cleaned_data["file"].name).name}


class ConfirmForm(forms.Form):
    """The decision after the preview."""

    token = forms.CharField(widget=forms.HiddenInput)
    publish = forms.BooleanField(
        label=_("Publish at once what has a date and a title"), required=False
    )
