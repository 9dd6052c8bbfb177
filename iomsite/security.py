"""The security headers that differ by place: the admin's editor needs inline styles."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
)  # fmt: skip


class PolicyMiddleware(CSPMiddleware):
    """Send the content security policy and the permissions policy on every answer."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path_info.startswith("/admin/"):
            # ProseMirror and Django's own widgets set style attributes; scripts stay strict.
            setattr(response, "_csp_replace", {"style-src": [SELF, UNSAFE_INLINE]})  # noqa: B010
        return super().process_response(request, response)
