"""The two pages of the intake: what is brought in, and what was read from it."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.models import Meeting, Office, Person
from iomsite.countries import country_choices
from iomsite.languages import text_language_choices
from speeches.importers.dates import DateError, parse
from speeches.models import Speech
from speeches.models.texts import LONGEST_BODY


class BringForm(forms.Form):
    """A file, or words that were copied from somewhere."""

    file = forms.FileField(
        label=_("File"), required=False, help_text=_("A page (.txt, .html) or a Word file.")
    )
    words = forms.CharField(
        label=_("or the text itself"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("With its title in the first line, as it was published."),
    )
    source_url = forms.URLField(
        label=_("Address of the source"), required=False, max_length=400, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        file, words = values.get("file"), values.get("words", "")
        if bool(file) == bool(words.strip()):
            raise ValidationError(_("Choose a file or paste the text: one of the two."))
        if file and file.size > settings.MAX_UPLOAD_BYTES:
            raise ValidationError(
                _("The file is larger than %(size)s MB. Split it, or ask for import_speeches."),
                params={"size": settings.MAX_UPLOAD_MB},
            )
        if len(words) > LONGEST_BODY:
            raise ValidationError(_("The text is longer than 4 million characters. Split it."))
        return values


class ReviewForm(forms.Form):
    """Everything that was read from a text, to be changed before a draft is made of it."""

    title = forms.CharField(label=_("Title"), max_length=300)
    language = forms.ChoiceField(label=_("Language"), choices=[])
    delivered_on = forms.CharField(
        label=_("Delivered on"),
        required=False,
        max_length=40,
        help_text=_("A day, a month or a year, such as 2008-01-17, 2008-01 or 2008."),
    )
    speaker = forms.CharField(label=_("Speaker, as delivered"), required=False, max_length=200)
    person = forms.ModelChoiceField(Person.objects.all(), label=_("Person"), required=False)
    office = forms.ModelChoiceField(Office.objects.all(), label=_("Office"), required=False)
    meeting = forms.ModelChoiceField(Meeting.objects.all(), label=_("Meeting"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=120)
    country = forms.ChoiceField(label=_("Country"), required=False, choices=[])
    delivery_status = forms.ChoiceField(
        label=_("Delivery status"), choices=Speech.DeliveryStatus.choices
    )
    body = forms.CharField(
        label=_("Text"), required=False, strip=False, max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 12}),
    )  # fmt: skip
    source_uri = forms.CharField(max_length=500, widget=forms.HiddenInput)
    source_format = forms.ChoiceField(
        choices=[(one, one) for one in ("legacy", "html", "docx")], widget=forms.HiddenInput
    )
    checksum = forms.RegexField(re.compile(r"^[0-9a-f]{64}$"), widget=forms.HiddenInput)

    def __init__(self, *args: Any, offered: dict[str, Any] | None = None, **kwargs: Any) -> None:
        """`offered` holds the suggestions of the fields in which an entry is chosen."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["language"].choices = text_language_choices()
        fields["country"].choices = [("", "—"), *country_choices()]
        for name in ("person", "office", "meeting"):
            some = (offered or {}).get(name, [])
            chosen = str(self.data.get(name, ""))
            known = [(one.value, one.label) for one in some]
            if chosen.isdigit() and chosen not in dict(known):
                known.append((chosen, chosen))
            fields[name].widget.choices = [("", "—"), *known]

    def clean_delivered_on(self) -> tuple[Any, str]:
        """Return the day and how exactly it is known."""
        words = self.cleaned_data["delivered_on"].strip()
        if not words:
            return None, "day"
        try:
            return parse(words)
        except DateError as error:
            raise ValidationError(
                _("This is no date. Write it as 2008-01-17, 2008-01 or 2008.")
            ) from error
