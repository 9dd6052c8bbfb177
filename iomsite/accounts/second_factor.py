"""Second factors: who must have one, and the forms in which its codes are guessed."""

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iomsite.accounts.sessions import ACCOUNT_PAGES
from iomsite.accounts.throttle import is_closed_for

ALWAYS_OPEN = (ACCOUNT_PAGES, "/static/", "/healthz/", "/admin/logout/", "/admin/jsi18n/")
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def decides_what_is_public(user: Any) -> bool:
    """Say whether somebody may publish anything."""
    return user.is_superuser or any(".publish_" in name for name in user.get_all_permissions())


def lacks_second_factor(user: Any) -> bool:
    """Say whether somebody has to set up a second factor before anything else."""
    return (
        settings.REQUIRE_SECOND_FACTOR
        and user.is_authenticated
        and decides_what_is_public(user)
        and not is_mfa_enabled(user, FACTORS)
    )


class SecondFactorMiddleware:
    """Leads who must have a second factor, and has none, to where one is set up.

    Not only from the admin: drafts are previewed at public addresses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            not settings.REQUIRE_SECOND_FACTOR
            or settings.SESSION_COOKIE_NAME not in request.COOKIES
            or request.path_info.startswith(ALWAYS_OPEN)
            or not lacks_second_factor(request.user)
        ):
            return self.get_response(request)
        messages.warning(
            request,
            _(
                "Who may publish here signs in with a second factor. Set one up, an app or a"
                " security key, and the editors’ desk opens."
            ),
        )
        return redirect("mfa_index")


class _Limited(forms.Form):
    """A form for codes that closes after too many wrong ones, as that for passwords does."""

    user: Any

    def clean_code(self) -> str:
        if is_closed_for(context.request, self.user.get_username()):
            raise forms.ValidationError(_("There were too many wrong codes. Try again later."))
        return str(super().clean_code())  # type: ignore[misc]


class LimitedAuthenticateForm(_Limited, AuthenticateForm):
    """The code asked for after the password."""


class LimitedReauthenticateForm(_Limited, ReauthenticateForm):
    """The code asked for before something about the account is changed."""
