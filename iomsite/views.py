"""Pages that belong to no app: home, about the archive, style guide, health."""

from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve

from initiatives.models import Meeting
from iomsite.finding import count_everything, is_pictured
from iomsite.samples import component_samples
from speeches.models import Speech

CACHED_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead from the bare address to the language the browser asks for."""
    language = get_language_from_request(request)
    response = HttpResponse(status=302, headers={"Location": f"/{language}/"})
    response["Vary"] = "Accept-Language"
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    meetings = Meeting.objects.published().with_series()
    return render(
        request,
        "home.html",
        {
            "speeches": Speech.objects.published().for_listing().newest_first()[:6],
            "upcoming": meetings.upcoming()[:4],
            "past": meetings.past()[:5],
            "counts": count_everything(),
        },
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "about.html",
        {"counts": count_everything(), "statuses": list(Speech.DeliveryStatus)},
    )


@staff_member_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with sample values, for staff who write and build."""
    return render(request, "styleguide.html", {"samples": component_samples(request)})


@require_safe
def image(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a picture of something public, or to staff one of anything they may preview.

    Its name is made from its pixels, so what is public may be kept for ever.
    """
    if "\x00" in path:
        # PostgreSQL cannot even be asked for it.
        raise Http404
    if is_pictured(path, AnonymousUser()):
        caching = CACHED_FOR_EVER
    elif request.user.is_authenticated and is_pictured(path, request.user):
        caching = "private, no-store"
    else:
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    response["Cache-Control"] = caching
    return response


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Say whether the site can answer: the database does, and nothing is told beyond that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/search/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
