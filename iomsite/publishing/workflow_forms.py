"""What a person is asked beside a button: why, since when, what changed; and notes to others."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.models import EditorialNote, Review
from iomsite.publishing.transitions import Transition

LONGEST_REASON = 500
LONGEST_NOTICE = 2000
LONGEST_NOTE = 500

_REASONS: dict[str, Any] = {
    "reject": _("What should be changed?"),
    "publish_unreviewed": _("Why does it go out without review?"),
    "reinstate": _("Why is it put back?"),
}
_EARLY = _("Needed only when it goes out before the day on which it is delivered.")


class MomentInput(forms.DateTimeInput):
    """The browser's own input for a day and a time, to the second."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"step": 1}, format="%Y-%m-%dT%H:%M:%S")


def moment_field(**options: Any) -> forms.DateTimeField:
    """Return a field for a moment in the zone in which staff read times."""
    zone = _("In the time zone %(zone)s.") % {"zone": timezone.get_current_timezone_name()}
    return forms.DateTimeField(widget=MomentInput(), help_text=zone, **options)


def _short_text(label: Any, longest: int, *, required: bool, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=area, **options
    )


class TransitionForm(forms.Form):
    """Asks for what one transition wants to know, but for what makes no sense now."""

    def __init__(
        self, *args: Any, transition: Transition, skipped: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.transition = transition
        for name in transition.asks:
            if name not in skipped or name in transition.needs:
                self.fields.update(self._made(name))

    def _made(self, name: str) -> list[tuple[str, forms.Field]]:
        is_needed = name in self.transition.needs
        if name == "reason":
            label = _REASONS.get(self.transition.name, _("Reason"))
            hint = "" if is_needed else _EARLY
            return [(name, _short_text(label, LONGEST_REASON, required=is_needed, help_text=hint))]
        if name == "notice":
            hint = _("The public reads this at the address of the page.")
            label = _("Public notice")
            return [(name, _short_text(label, LONGEST_NOTICE, required=is_needed, help_text=hint))]
        if name == "at":
            label = _("Day and time") if is_needed else _("Day and time, if not at once")
            return [(name, moment_field(label=label, required=is_needed))]
        return _note_fields()


def _note_fields() -> list[tuple[str, forms.Field]]:
    note = _short_text(
        _("What changed"),
        LONGEST_NOTE,
        required=False,
        help_text=_("The public reads this in the history of the page."),
    )
    is_major: Any = True
    size = forms.TypedChoiceField(
        label=_("Size of the change"),
        choices=[("", _("Major")), ("minor", _("Minor, such as a corrected misprint"))],
        coerce=lambda value: value != "minor",
        empty_value=is_major,
        required=False,
        widget=forms.RadioSelect,
    )
    return [("note", note), ("is_major", size)]


class NoteForm(forms.ModelForm):
    """A note to colleagues."""

    class Meta:
        model = EditorialNote
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class AssignmentForm(forms.ModelForm):
    """Who looks after an item, and by when it is wanted."""

    class Meta:
        model = Review
        fields = ("assignee", "due_on")
        widgets = {
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The name of the account would be enough to choose from, but not to know people by.
        choice: Any = self.fields["assignee"]
        choice.queryset = workers(item)
        choice.empty_label = str(_("Nobody"))
        choice.label_from_instance = name_of


def name_of(user: Any) -> str:
    """Return the name of a colleague: as people say it, else that of the account."""
    return user.get_full_name() or user.get_username()


def workers(item: Any) -> Any:
    """Return the accounts that may write or review items of this kind."""
    options, users = item._meta, get_user_model()._default_manager
    found = users.none()
    for action in ("change", "review"):
        permission = f"{options.app_label}.{action}_{options.model_name}"
        found |= with_permission(permission)
    return found.filter(is_staff=True).distinct().order_by("username")


def with_permission(permission: str, *, administrators: bool = True) -> Any:
    """Return the active accounts that have a permission themselves or by a group."""
    users: Any = get_user_model()._default_manager
    return users.with_perm(
        permission,
        include_superusers=administrators,
        backend="django.contrib.auth.backends.ModelBackend",
    )
