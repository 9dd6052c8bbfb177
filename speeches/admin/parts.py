"""The rows below a speech: who spoke, the words in each language, what is attached."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.admin import show_html
from iomsite.publishing.desk_admin import is_scheduled
from iomsite.publishing.models import OUT
from iomsite.publishing.relations import SearchedStacked, SearchedTabular
from speeches.models import Attachment, Contribution, SpeechText


class TextFormSet(BaseInlineFormSet):
    """The texts of one speech: a single original, and a text at all once it is public."""

    def clean(self) -> None:
        super().clean()
        texts = [
            form.cleaned_data
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]
        if sum(text.get("kind") == SpeechText.Kind.ORIGINAL for text in texts) > 1:
            raise ValidationError(_("Only one text of a speech can be the original."))
        if (
            self.instance.status in OUT
            and not texts
            and not any(form.errors for form in self.forms)
        ):
            raise ValidationError(_("Give the speech a text with a title before publishing it."))


class ContributionFormSet(BaseInlineFormSet):
    """The people of a speech; stored doubles are the model's business, new ones are ours."""

    def get_unique_error_message(self, unique_check: Any) -> str:
        return str(_("This person has this role in the speech already."))


class ContributionInline(SearchedStacked):
    model = Contribution
    formset = ContributionFormSet
    classes = ["compact"]
    verbose_name_plural = _("who spoke")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("role", "position"),
                    ("person", "name"),
                    ("office", "office_name"),
                    ("on_behalf_of", "on_behalf_of_country"),
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = super().get_queryset(request)
        return rows.select_related("person", "office__organization", "on_behalf_of")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Offer a first speaker on a new speech."""
        return 0 if obj else 1


class TextInline(SearchedStacked):
    model = SpeechText
    formset = TextFormSet
    template = "admin/speeches/text_inline.html"
    readonly_fields = ["facts", "shown_body"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        may_change = self.has_change_permission(request, obj)
        body = "body" if may_change and not is_scheduled(obj) else "shown_body"
        return [(None, {"fields": [("language", "kind"), "title", "summary", body, "facts"]})]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        texts = super().get_queryset(request).defer("html", "contents", "teaser")
        is_translation = models.Case(
            models.When(kind=SpeechText.Kind.ORIGINAL, then=0),
            default=1,
            output_field=models.IntegerField(),
        )
        return texts.prefetch_related("sources").order_by(is_translation, "language")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1

    @admin.display(description=_("text"))
    def shown_body(self, text: SpeechText) -> SafeString | str:
        return show_html(text.body, text.language)

    @admin.display(description=_("length and sources"))
    def facts(self, text: SpeechText) -> SafeString | str:
        """Say how long the text is and where it came from."""
        if text._state.adding:
            return "–"
        words = _("%(count)s words") % {"count": text.word_count}
        sources = format_html_join(
            "", "<li>{}</li>", ((show_source(s),) for s in text.sources.all())
        )
        return format_html('{}<ul class="sources">{}</ul>', words, sources)


def show_source(source: Any) -> SafeString | str:
    """Link to a source that has an address on the web, and name any other."""
    if source.url:
        return format_html('<a href="{}" rel="noreferrer">{}</a>', source.url, source.uri)
    return source.uri


class AttachmentInline(SearchedTabular):
    model = Attachment
    fields = ["kind", "title", "language", "file", "url", "transcript_language", "position"]
    classes = ["collapse"]
