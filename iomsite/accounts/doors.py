"""What happens at the door goes into the audit log: in, not in, locked out, out.

These are signals of Django and of the libraries that sign people in. There is no other place
where every way in comes by: password, second factor, provider, the admin's own pages.
"""

from typing import Any

from allauth.mfa.signals import authentication_failed
from axes.signals import user_locked_out
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from iomsite.accounts.client import client_address
from iomsite.accounts.sessions import begin
from iomsite.audit.log import record

USER = "auth.user"


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Note who came in and how, and start the clock of the session."""
    begin(request)
    methods = [
        str(step.get("method"))
        for step in request.session.get("account_authentication_methods", [])
        if isinstance(step, dict)
    ]
    data = {"address": client_address(request), "by": methods}
    record("account.signed_in", actor=user, kind=USER, item=user.pk, data=data)


@receiver(user_login_failed)
def failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Note a wrong password or code. A try at a closed door adds nothing: it is no guess."""
    if request is None or not _was_counted(request):
        return
    data = {
        "name": str(credentials.get("username", "")),
        "second_factor": bool(credentials.get("second_factor")),
        "address": client_address(request),
    }
    record("account.sign_in_failed", actor=None, data=data)


def _was_counted(request: HttpRequest) -> bool:
    """Say whether axes counted this try. It listens first, for its signals are imported here."""
    return getattr(request, "axes_failures_since_start", None) is not None


@receiver(user_locked_out)
def locked_out(
    sender: Any, request: HttpRequest, username: str, ip_address: str, **kwargs: Any
) -> None:
    """Note that a door closes, once, when the guess is made that closes it."""
    if _was_counted(request):
        data = {"name": username, "address": client_address(request)}
        record("account.locked_out", actor=None, data=data)


@receiver(authentication_failed)
def second_factor_failed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Count a wrong code as a wrong password is counted."""
    credentials = {"username": user.get_username(), "second_factor": True}
    user_login_failed.send(__name__, credentials=credentials, request=request)


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Note who went, by themselves or because the session was over."""
    if user is not None:
        data = {"reason": getattr(request, "sign_out_reason", "asked")}
        record("account.signed_out", actor=user, kind=USER, item=user.pk, data=data)
