"""Signing in with the organization's own provider, by OpenID Connect.

Only accounts that an administrator made come in, and only by an e-mail address that the
provider says it has verified. Nothing the provider says makes anybody staff.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from iomsite.accounts.client import client_address
from iomsite.audit.log import record


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Binds who comes from the provider to the account with the same address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of somebody who comes for the first time, or turn them away."""
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = [found.email for found in sociallogin.email_addresses if found.verified]
        user = account_for(verified)
        if user is None:
            _refuse(request, verified)
            return
        sociallogin.connect(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Lead back to the door and say that the provider did not vouch for anybody."""
        record(
            "account.sign_in_failed",
            actor=None,
            data={"provider": True, "error": str(error), "address": client_address(request)},
        )
        messages.error(
            request,
            _("The sign-in service did not confirm who you are. Try again, or use your password."),
        )
        raise ImmediateHttpResponse(redirect("account_login"))


def account_for(addresses: list[str]) -> User | None:
    """Return the one active account with one of these addresses; none if two could be meant."""
    found: set[User] = set()
    for address in addresses[:10]:
        found |= set(User.objects.filter(email__iexact=address, is_active=True)[:2])
    return found.pop() if len(found) == 1 else None


def _refuse(request: HttpRequest, addresses: list[str]) -> None:
    record(
        "account.sign_in_failed",
        actor=None,
        data={"provider": True, "emails": addresses[:10], "address": client_address(request)},
    )
    messages.error(
        request,
        _(
            "No account here has the e-mail address that the sign-in service gave us. Ask an"
            " administrator to make you an account with that address."
        ),
    )
    raise ImmediateHttpResponse(redirect("account_login"))
