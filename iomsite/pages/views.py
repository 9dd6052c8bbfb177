"""Showing a section of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from iomsite.pages.models import Page
from iomsite.publishing.views import get_or_gone


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show one page with the published pages below it."""
    shown = get_or_gone(Page.objects.visible_to(request.user).with_texts(), path=path.strip("/"))
    children = shown.children.published().with_texts().order_by("position", "path")
    return render(request, "pages/page.html", {"page": shown, "children": children})
