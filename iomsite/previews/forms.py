"""What staff say of a guest, and what a guest says of a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iomsite.markup import strip_controls
from iomsite.previews.models import LONGEST_DAYS

LONGEST_COMMENT = 3000


class LinkForm(forms.Form):
    """For whom a link is, how long it works, and what the guest may do."""

    guest_name = forms.CharField(
        label=_("Name of the guest"),
        max_length=100,
        help_text=_("The guest’s comments stand under this name."),
    )
    guest_email = forms.EmailField(
        label=_("E-mail of the guest"),
        required=False,
        max_length=254,
        help_text=_("For your own record. Nothing is sent: you give the link to the guest."),
    )
    days = forms.TypedChoiceField(label=_("Works for"), coerce=int, initial=3)
    may_comment = forms.BooleanField(label=_("May comment"), required=False, initial=True)
    may_decide = forms.BooleanField(
        label=_("May approve it or ask for changes"),
        required=False,
        help_text=_("The guest’s yes then counts as the second person’s."),
    )

    def __init__(self, *args: Any, why_not_decide: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["days"]
        choices.choices = [
            (days, ngettext("%(count)s day", "%(count)s days", days) % {"count": days})
            for days in range(1, LONGEST_DAYS + 1)
        ]
        if why_not_decide:
            self.fields["may_decide"].disabled = True
            self.fields["may_decide"].help_text = why_not_decide

    def clean_guest_name(self) -> str:
        return strip_controls(self.cleaned_data["guest_name"])


class CommentForm(forms.Form):
    """A guest's comment on one paragraph, or on the whole text."""

    anchor = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write your comment first.")},
    )

    def clean_text(self) -> str:
        return strip_controls(self.cleaned_data["text"])


class DecisionForm(forms.Form):
    """A guest's yes, or what the guest wants changed."""

    APPROVE, CHANGES = "approve", "changes"

    decision = forms.ChoiceField(choices=[(APPROVE, APPROVE), (CHANGES, CHANGES)])
    reason = forms.CharField(
        label=_("What should be changed"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
    )

    def clean_reason(self) -> str:
        return strip_controls(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("decision") == self.CHANGES and not values.get("reason"):
            self.add_error("reason", _("Say what should be changed."))
        return values
