"""The security headers: on every answer, errors among them, and stricter where staff work."""

from typing import Any

from csp.constants import NONCE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture",
        "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip

STAFF_PLACES = ("/admin/", "/accounts/", "/preview/")
"""Where staff and invited reviewers work. Scripts of libraries run there by a nonce, and no
other site learns the address somebody came from. Public pages have no nonce: it would make
each copy of a cached page differ."""


class PolicyMiddleware(CSPMiddleware):
    """Send the policies on every answer. Stands first, so that no error goes out without."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        headers = response.headers
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # Django sets these too, but not where its own middleware refuses a request.
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        if request.path_info.startswith(STAFF_PLACES):
            if headers["Referrer-Policy"] != "no-referrer":
                headers["Referrer-Policy"] = "same-origin"
            _allow(response, **{"script-src": [SELF, NONCE]})
        if request.path_info.startswith("/admin/"):
            # ProseMirror and Django's own widgets set style attributes; scripts stay strict.
            _allow(response, **{"style-src": [SELF, UNSAFE_INLINE]})
        return super().process_response(request, response)


def _allow(response: HttpResponseBase, **directives: list[Any]) -> None:
    """Replace directives of the policy, for one answer."""
    changed = getattr(response, "_csp_replace", None) or {}
    setattr(response, "_csp_replace", {**changed, **directives})  # noqa: B010
