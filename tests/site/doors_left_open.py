"""The site with mistakes: doors without a lock, which the tests of the doors must find."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from iomsite import urls
from speeches.models import Speech


def everything(request: HttpRequest) -> HttpResponse:
    """A page of the admin that asks nobody who they are."""
    return HttpResponse("All that waits for its time.")


def any_speech(request: HttpRequest, slug: str) -> HttpResponse:
    """A public page that forgot the gate."""
    return HttpResponse(str(get_object_or_404(Speech, slug=slug)))


def telling_404(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that shows nothing, but not quite as it shows nothing for what never was."""
    known = Speech.objects.filter(slug=slug)
    if known.ever_public().exists():
        return HttpResponse("History")
    response = render(request, "404.html", status=404)
    response["X-Known"] = str(known.exists())
    return response


def refusing_too_late(request: HttpRequest) -> HttpResponse:
    """A page that refuses the form after it has taken it."""
    if request.method == "POST":
        Speech.objects.update(staff_note="Forged")
    return redirect("/admin/login/?next=/admin/")


urlpatterns = [
    path("admin/embargoes/", everything),
    path("admin/", refusing_too_late),
    path("en/speeches/<slug:slug>/", any_speech),
    path("en/speeches/<slug:slug>/history/", telling_404),
    *urls.urlpatterns,
]
handler404 = urls.handler404
