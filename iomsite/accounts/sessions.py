"""How long somebody stays signed in: a limit without use, and one in all.

Pages about accounts are kept by no browser and no proxy.
Sessions also end when the password changes or the account is closed; Django does that.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

ACCOUNT_PAGES = "/accounts/"
BEGAN = "signed_in_at"
SEEN = "seen_at"
NOTED_EVERY = 60
"""Seconds. Use is noted this often, so that not every page writes to the database."""


class SessionLimitsMiddleware:
    """Signs out whoever has not been seen, or has been signed in, for too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # A visitor has no such cookie, and must not get one: the session is not even looked at.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            _check(request)
        response = self.get_response(request)
        if request.path_info.startswith(ACCOUNT_PAGES):
            # They show codes, and their addresses may hold the key to a new password.
            response["Cache-Control"] = "private, no-store"
            response["Referrer-Policy"] = "same-origin"
        return response


def begin(request: HttpRequest) -> None:
    """Start counting: somebody has just signed in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def _check(request: HttpRequest) -> None:
    now = int(time.time())
    began, seen = request.session.get(BEGAN), request.session.get(SEEN)
    if not isinstance(began, int) or not isinstance(seen, int):
        began, seen = began or now, seen or now
        request.session[BEGAN], request.session[SEEN] = began, seen
    if now - seen > settings.SESSION_IDLE_SECONDS:
        _end(request, "unused")
    elif now - began > settings.SESSION_COOKIE_AGE:
        _end(request, "too long")
    elif now - seen > NOTED_EVERY:
        request.session[SEEN] = now


def _end(request: HttpRequest, reason: str) -> None:
    # doors.py writes it into the audit log.
    setattr(request, "sign_out_reason", reason)  # noqa: B010 - not Django's own attribute
    logout(request)
    messages.info(request, _("You were signed out to keep your account safe. Sign in again."))
