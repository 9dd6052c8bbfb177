"""Handing out the files of speeches: the gate of the speech is the gate of its files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from iomsite.files.serving import KEPT_NOWHERE, send_file
from iomsite.publishing.models import previewed_key
from iomsite.publishing.views import Gone
from speeches.models import Attachment, Speech
from speeches.querysets import AttachmentQuerySet


@require_safe
def stored_file(request: HttpRequest, checksum: str, name: str) -> HttpResponseBase:
    """Hand out a file by the checksum of its content, if a speech that has it may be seen."""
    files = Attachment.objects.stored(checksum, name)
    public = files.of_published().first()
    found = public or _visible(request, files)
    return send_file(
        request, found.file, name=name, checksum=checksum, is_public=public is not None
    )


@require_safe
def attachment(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Lead from an attachment's number to its file, for whoever may have it."""
    rows = Attachment.objects.numbered(pk, name)
    public = rows.of_published().first()
    found = public or _visible(request, rows)
    response = redirect(found, permanent=public is not None)
    if public is None:
        response["Cache-Control"] = KEPT_NOWHERE
    return response


def _visible(request: HttpRequest, files: AttachmentQuerySet) -> Attachment:
    """Return a file of a speech that is not public, for staff who may preview it.

    Raises Gone for a reader when the speech was public once: a withdrawn text stays readable
    under its notice, but a file would go about without it. Anything else is a 404.
    """
    found = files.of_any(Speech.objects.visible_to(request.user)).first()
    if found is None:
        raise Http404
    is_preview = request.user.is_active and request.user.has_perm("speeches.view_speech")
    is_preview = is_preview or found.speech.pk == previewed_key(request.user, Speech)
    if found.speech.is_removed or not is_preview:
        raise Gone(found.speech.public_notice)
    return found
