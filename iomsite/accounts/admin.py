"""Accounts in the admin: one e-mail address each, second factors in sight, no way up."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from iomsite.accounts.second_factor import FACTORS

ABOVE = ("is_superuser", "user_permissions", "groups")
"""What only a superuser gives and takes: with these somebody could raise themselves."""


class OneAddressMixin(forms.ModelForm):
    """An account's address finds it, for a new password and for the provider: one each."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data.get("email") or "").strip()
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if email and others.exists():
            raise forms.ValidationError(
                _("Another account has this e-mail address. Each account needs its own.")
            )
        return email


class AccountForm(OneAddressMixin, UserChangeForm):
    """The form of an account that is there."""


class NewAccountForm(OneAddressMixin, AdminUserCreationForm):
    """The form of a new account."""


class AccountAdmin(UserAdmin):
    """Django's list of users with second factors, and guarded against climbing."""

    form = AccountForm
    add_form = NewAccountForm
    list_display = ["username", "email", "first_name", "last_name", "is_staff", "is_active",
                    "second_factor", "last_login"]  # fmt: skip
    add_fieldsets: Any = (
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"],
                "classes": ["wide"]}),
    )  # fmt: skip
    actions = ["remove_second_factors"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        return super().get_queryset(request).annotate(has_factor=Exists(factors))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, *ABOVE]

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, user: Any) -> bool:
        return bool(user.has_factor)

    @admin.action(
        description=_("Remove the second factors of the chosen accounts"),
        permissions=["change"],
    )
    def remove_second_factors(self, request: HttpRequest, users: QuerySet[User]) -> None:
        """For somebody who lost their telephone or key. The log says who did it."""
        done = 0
        for user in users:
            if not self.has_change_permission(request, user):
                continue
            removed, _kinds = Authenticator.objects.filter(user=user).delete()
            done += bool(removed)
        messages.info(
            request,
            ngettext(
                "The second factors of %(count)d account were removed.",
                "The second factors of %(count)d accounts were removed.",
                done,
            )
            % {"count": done},
        )


def _may_touch(request: HttpRequest, user: Any) -> bool:
    return user is None or request.user.is_superuser or not user.is_superuser


# The libraries' own lists would be side doors: to the secrets of factors among others.
for model in (User, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
admin.site.register(User, AccountAdmin)
