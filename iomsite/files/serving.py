"""Handing out a stored file: by the web server in front where it can, else streamed from here."""

from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from .kinds import media_type_of

KEPT_FOR_EVER = "public, max-age=31536000, immutable"
KEPT_NOWHERE = "private, no-store"


def send_file(
    request: HttpRequest, file: FieldFile, *, name: str, checksum: str, is_public: bool
) -> HttpResponseBase:
    """Return a download of a file whose address names its content.

    What is public may be kept for ever; a preview is kept nowhere.
    """
    response = _body(file)
    response["Content-Type"] = media_type_of(name)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = KEPT_FOR_EVER if is_public else KEPT_NOWHERE
    if is_public:
        response["ETag"] = f'"{checksum}"'
    # A file goes out as it is, so that its length and checksum hold: most are packed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response


def _body(file: FieldFile) -> HttpResponseBase:
    path = str(file.name)
    if not file.storage.exists(path):
        raise Http404
    header = settings.FILES_HEADER
    if header == "X-Accel-Redirect":
        return HttpResponse(headers={header: settings.FILES_PREFIX + quote(path)})
    if header == "X-Sendfile":
        return HttpResponse(headers={header: file.storage.path(path)})
    return FileResponse(file.open("rb"))
