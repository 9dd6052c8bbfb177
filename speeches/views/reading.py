"""Reading the record: the list of speeches, a speech."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iomsite.languages import current_language
from iomsite.paging import page_of
from iomsite.publishing.views import get_or_gone
from speeches.citations.around import around
from speeches.filters import SpeechFilter
from speeches.models import Speech
from speeches.search.results.marking import marked


@require_safe
def speech_list(request: HttpRequest) -> HttpResponse:
    rows = Speech.objects.published().for_listing().newest_first()
    narrowed = SpeechFilter(request.GET, queryset=rows, request=request)
    page = page_of(request, narrowed.qs)
    return render(request, "speeches/speech_list.html", {"page": page, "form": narrowed.form})


@require_safe
def speech(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    """Show a speech in the language of the page, or in one that the address names."""
    shown = get_or_gone(Speech.objects.visible_to(request.user).for_page(), slug=slug)
    text = shown.text_in(language or current_language())
    if language and (text is None or text.language != language):
        raise Http404
    sought = request.GET.get("highlight", "")
    beside = around(shown, text) if text else None
    found = marked(text, beside.words.html, sought) if text and beside and sought else None
    return render(
        request,
        "speeches/speech.html",
        {
            "speech": shown,
            "text": text,
            "sought": sought,
            "beside": beside,
            "marked": found,
            "subjects": beside.subjects if beside else shown.subjects(),
            "attachments": [item for item in shown.attachments.all() if item.is_handed_out],
            "neighbours": Speech.objects.published().neighbours_of(shown),
        },
    )
