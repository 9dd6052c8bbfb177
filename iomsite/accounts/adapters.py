"""Where signing in differs from what django-allauth does by itself."""

import logging
import threading
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.http import HttpRequest

from iomsite.accounts.client import client_address

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, mail in the background, addresses by our own rules."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make accounts, nobody else."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 - a word for nobody knows

    def format_email_subject(self, subject: str) -> str:
        return f"[{settings.SITE_NAME}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail now and send it while the page is answered already.

        Sent before, it would tell by time, or by an error of the mail server, which
        addresses have an account.
        """
        values = {"email": email, "current_site": get_current_site(self.request), **context}
        values.setdefault("request", self.request)
        message = self.render_mail(template_prefix, email, values)
        threading.Thread(target=_send, args=[message], name="mail").start()

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell an account's owner what was changed, if the account has an address."""
        if email or user.email:
            super().send_notification_mail(template_prefix, user, context, email or user.email)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors under the site's own name and the account's."""

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site that a security key belongs to: its host, without the port."""
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": settings.SITE_NAME}


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:
        # The visitor is gone; whoever runs the site has to know.
        log.exception("Mail to an account could not be sent: see EMAIL_URL.")
