"""How often anybody may guess: 10 times an account and 50 times an address in 15 minutes.

Counted in the database by django-axes, so that all processes count together. Names that
belong to nobody are counted like those that do, and get the same answers. Guesses of second
factors count like guesses of passwords.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from iomsite.accounts.limits import PER_ACCOUNT, PER_ADDRESS, PERIOD


class Limits(AxesDatabaseHandler):
    """Counts for axes, which knows one limit only: guesses from an address weigh a fifth."""

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """Return the failures as the limit of one account counts them."""
        of_account, of_address = (
            attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(of_account, of_address * PER_ACCOUNT // PER_ADDRESS)


def counted_name(request: HttpRequest, credentials: Any) -> str:
    """Return the name under which a try is counted, however it was typed."""
    name = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(name).strip().lower().replace("\x00", "")[:255]


def is_closed_for(request: HttpRequest, username: str) -> bool:
    """Say whether an account, or the address the request comes from, has to wait."""
    closed = AxesProxyHandler.is_locked(request, {"username": username})
    if closed:
        # AxesMiddleware then answers as it does when a password is guessed.
        setattr(request, "axes_locked_out", True)  # noqa: B010 - not Django's own attribute
    return bool(closed)


def closed_door(request: HttpRequest, response: Any, credentials: Any) -> HttpResponse:
    """Answer whoever has to wait: the same for every name, known or not."""
    minutes = int(PERIOD.total_seconds() // 60)
    answer = render(request, "account/locked.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(int(PERIOD.total_seconds()))
    answer["Cache-Control"] = "private, no-store"
    return answer
