"""How a speech was changed: its history, any two versions compared, every version itself."""

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from iomsite.languages import current_language
from iomsite.publishing.exporting import exported, history_of
from iomsite.publishing.models import Version
from iomsite.publishing.views import get_or_gone
from speeches.history.facts import compare_facts, public_names
from speeches.history.texts import changed_languages, compare_texts, languages_of, text_in
from speeches.history.timeline import (
    Entry,
    content_of,
    prepared_and_delivered,
    public_versions,
    timeline,
    version_with,
)
from speeches.history.versions import OldSpeech
from speeches.models import Speech

PER_PAGE = 50


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions of a speech; with `paragraph`, lead to the version that has it."""
    speech = _public_speech(slug)
    if anchor := request.GET.get("paragraph", ""):
        return _to_paragraph(request, speech, anchor)
    entries = timeline(public_versions(speech))
    context = {
        "speech": speech,
        "text": speech.text_in(current_language()),
        "page": _page(entries, request.GET.get("page") or "1"),
        "choices": [entry for entry in entries if entry.is_readable][:PER_PAGE],
        "delivery": prepared_and_delivered(speech),
    }
    return render(request, "speeches/history.html", context)


@require_safe
def comparison(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed between two versions, by paragraph and word, in one language."""
    speech = _public_speech(slug)
    numbers = sorted(_number(request.GET.get(name, "")) for name in ("old", "new"))
    contents = content_of(speech, *numbers)
    if numbers[0] not in contents or numbers[1] not in contents:
        raise Http404
    before, after = (contents[number] for number in numbers)
    languages = list(dict.fromkeys([*languages_of(after), *languages_of(before)]))
    typed = request.GET.get("language", "")
    if typed and typed not in languages:
        raise Http404
    language = typed or _chosen(changed_languages(before, after) or languages, speech)
    entries = {entry.version.number: entry for entry in timeline(public_versions(speech))}
    context = {
        "speech": speech,
        "title": speech.text_in(current_language()),
        "old": entries[numbers[0]],
        "new": entries[numbers[1]],
        "text_languages": languages,
        "language": language,
        "words": compare_texts(before, after, language) if language else None,
        "facts": compare_facts(before, after),
    }
    return render(request, "speeches/comparison.html", context)


@require_safe
def version(request: HttpRequest, slug: str, number: int, language: str = "") -> HttpResponse:
    """Show a speech as it was in one version."""
    speech = _public_speech(slug)
    content = content_of(speech, _number(str(number))).get(number)
    entries = timeline(public_versions(speech))
    place = next((at for at, one in enumerate(entries) if one.version.number == number), None)
    if content is None or place is None:
        raise Http404
    text = text_in(content, language or current_language())
    if language and (text is None or text.row.language != language):
        raise Http404
    old = OldSpeech(content)
    names = public_names(old.wanted())
    context = {
        "speech": speech,
        "old": old,
        "text": text,
        "byline": old.byline(names),
        "meeting": old.meeting(names),
        "text_languages": languages_of(content),
        "entry": entries[place],
        "until": entries[place - 1].at if place else None,
        "is_present": place == 0,
    }
    return render(request, "speeches/version.html", context)


@require_safe
def history_json(request: HttpRequest, slug: str) -> Any:
    """Hand out the whole history as a file that verifies without this site."""
    speech = _public_speech(slug)
    answer = StreamingHttpResponse(history_of(speech), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{speech.slug}-history.json"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def version_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Hand out one version, with all that its hash covers."""
    speech = _public_speech(slug)
    rows = Version.objects.of(speech).ever_public().filter(number=_number(str(number)))
    found = rows.first()
    if found is None:
        raise Http404
    answer = JsonResponse(exported(found), json_dumps_params={"ensure_ascii": False})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _public_speech(slug: str) -> Speech:
    """Return a speech that the public may read. Staff see no more here: they have the admin.

    Raises Http404, and Gone when it was removed. Where one is that has moved, the ledger of
    addresses knows, as for every page below the page of an item.
    """
    found: Speech = get_or_gone(Speech.objects.ever_public().with_titles(), slug=slug)
    return found


def _to_paragraph(request: HttpRequest, speech: Speech, anchor: str) -> HttpResponse:
    language = request.GET.get("language", "") or speech.original_language
    number = version_with(speech, language, anchor[:12])
    if not number:
        raise Http404
    address = reverse("speeches:version_text", args=[speech.slug, number, language])
    return redirect(f"{address}#{anchor[:12]}")


def _page(entries: list[Entry], wanted: str) -> Any:
    try:
        return Paginator(entries, PER_PAGE).page(wanted)
    except InvalidPage as error:
        raise Http404 from error


def _number(typed: str) -> int:
    """Return a version's number as an address gives it.

    Raises Http404 for what is none.
    """
    if not typed.isascii() or not typed.isdecimal() or len(typed) > 9:
        raise Http404
    return int(typed)


def _chosen(languages: list[str], speech: Speech) -> str:
    """Return the language to compare first: that of the page, the original, else any."""
    wanted = (current_language(), speech.original_language, *languages)
    return next((code for code in wanted if code in languages), "")
