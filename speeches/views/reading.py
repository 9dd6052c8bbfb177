"""Reading the record: the list of speeches, a speech, its files."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from iomsite.languages import current_language
from iomsite.paging import page_of
from iomsite.publishing.views import get_or_gone
from speeches.filters import SpeechFilter
from speeches.models import Attachment, Speech
from speeches.search.results.marking import marked


def speech_list(request: HttpRequest) -> HttpResponse:
    rows = Speech.objects.published().for_listing().newest_first()
    narrowed = SpeechFilter(request.GET, queryset=rows, request=request)
    page = page_of(request, narrowed.qs)
    return render(request, "speeches/speech_list.html", {"page": page, "form": narrowed.form})


def speech(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    """Show a speech in the language of the page, or in one that the address names."""
    shown = get_or_gone(Speech.objects.visible_to(request.user).for_page(), slug=slug)
    text = shown.text_in(language or current_language())
    if language and (text is None or text.language != language):
        raise Http404
    sought = request.GET.get("highlight", "")
    return render(
        request,
        "speeches/speech.html",
        {
            "speech": shown,
            "text": text,
            "sought": sought,
            "marked": marked(text, sought) if text and sought else None,
            "subjects": shown.subjects(),
            "attachments": list(shown.attachments.all()),
            "neighbours": Speech.objects.published().neighbours_of(shown),
        },
    )


def attachment(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """Hand out an attached file, if the speech it belongs to may be seen."""
    try:
        found = Attachment.objects.exclude(file="").get(pk=pk, file_name=name)
    except Attachment.DoesNotExist as missing:
        raise Http404 from missing
    get_or_gone(Speech.objects.visible_to(request.user), pk=found.speech_id)
    if not default_storage.exists(str(found.file.name)):
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-cache"
    return response
