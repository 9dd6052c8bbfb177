"""What a guest with a link sees.

No cookie is read or set: whoever has the address is the guest. So there is no session that
another site could ride on, and the forms need no token against forgery beside the one in
their address, which nobody else knows.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from iomsite.caching.state import state_of
from iomsite.languages import site_languages
from iomsite.previews import guests
from iomsite.previews.forms import CommentForm, DecisionForm
from iomsite.previews.links import Key, Standing, open_link, visit
from iomsite.previews.rewriting import Paragraph, paragraphs
from iomsite.previews.showing import NoPage, Preview, as_public, sealed, show
from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.workflow import Refused

View = Callable[..., HttpResponseBase]


def with_key(view: View) -> View:
    """Open the link before a view, write down the visit, and seal whatever is answered."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        try:
            key = open_link(token)
            if not visit(key.link, request, str(kwargs.get("inner", ""))):
                return sealed(_busy(request))
            return sealed(view(request, key, token, **kwargs))
        except (NoPage, DoesNotFit):
            return sealed(ended(request, Standing.CHANGED))
        except Http404:
            # Else Django looks for the address below a language, and passes the token around.
            setattr(request, "urlconf", "iomsite.previews.urls")  # noqa: B010
            raise

    return opened


@require_safe
@with_key
def preview(request: HttpRequest, key: Key, token: str, inner: str = "") -> HttpResponseBase:
    """Show the item's own page, or one of its files."""
    if key.standing is Standing.PUBLIC and key.desk:
        return HttpResponseRedirect(key.desk.item.get_absolute_url())
    if key.standing is not Standing.OPEN:
        return ended(request, key.standing)
    response = page_of(request, key, token, inner)
    if response.get("Content-Disposition"):
        # A file goes out as it is: most are packed already.
        request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_key
def review(request: HttpRequest, key: Key, token: str) -> HttpResponseBase:
    """Show a text paragraph by paragraph, for comments and for the decision."""
    if key.standing is not Standing.OPEN:
        return _too_late(request, key)
    chosen = request.GET.get("language", "")
    with override(chosen if chosen in site_languages() else get_language()):
        page: Any = page_of(request, key, token)
        found = paragraphs(page.content.decode())
        if request.method != "POST":
            return _review_page(request, key, token, found, {})
        if "decision" in request.POST:
            return _decide(request, key, token, found)
        return _comment(request, key, token, found)


def page_of(request: HttpRequest, key: Key, token: str, inner: str = "") -> HttpResponseBase:
    """Return the page that a link shows, or a part of it."""
    state_of(request)
    desk: Any = key.desk
    prefix = reverse("previews:preview", args=[token]).rstrip("/")
    with as_public(desk.item, desk.content) as item:
        banner = {
            "guest": key.link,
            "review_url": reverse("previews:review", args=[token])
            if key.link.may_comment or key.link.may_decide
            else "",
        }
        return show(request, Preview(item, desk.content, prefix, banner), inner)


def ended(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Tell who holds a token that it opens nothing any more, and nothing of the item."""
    return render(request, "previews/ended.html", {"standing": standing}, status=410)


def _busy(request: HttpRequest) -> HttpResponse:
    response = render(request, "previews/ended.html", {"standing": "busy"}, status=429)
    response["Retry-After"] = "3600"
    return response


def _review_page(
    request: HttpRequest,
    key: Key,
    token: str,
    found: list[Paragraph],
    values: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    notes: dict[str, list[Any]] = {}
    for note in guests.notes_of(key.link):
        notes.setdefault(note.anchor, []).append(note)
    at = values.get("at", request.GET.get("at", ""))
    known = {each.anchor for each in found}
    rows = [(each, notes.pop(each.anchor, []), each.anchor == at) for each in found]
    context = {
        "link": key.link,
        "rows": rows,
        "other_notes": [note for group in notes.values() for note in group],
        "at": at if at in known else "",
        "comment_form": CommentForm(initial={"anchor": at if at in known else ""}),
        "decision_form": DecisionForm(),
        "why_no_comment": guests.why_no_comment(key.link),
        "why_no_decision": guests.why_no_decision(key),
        "why_no_approval": guests.why_no_approval(key),
        "page_url": reverse("previews:preview", args=[token]),
        "preview_languages": site_languages(),
        **values,
    }
    return render(request, "previews/review.html", context, status=status)


def _comment(
    request: HttpRequest, key: Key, token: str, found: list[Paragraph]
) -> HttpResponseBase:
    form = CommentForm(request.POST)
    anchor = request.POST.get("anchor", "")
    about = next((each for each in found if each.anchor == anchor), None)
    values = {"comment_form": form, "at": anchor}
    if not form.is_valid():
        return _review_page(request, key, token, found, values, 422)
    try:
        guests.comment(key, form.cleaned_data["text"], about)
    except Refused as error:
        return _review_page(request, key, token, found, {**values, "refused": str(error)}, 409)
    number = found.index(about) + 1 if about else 0
    return HttpResponseRedirect(f"{request.get_full_path()}#paragraph-{number}")


def _decide(request: HttpRequest, key: Key, token: str, found: list[Paragraph]) -> HttpResponseBase:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _review_page(request, key, token, found, {"decision_form": form}, 422)
    approves = form.cleaned_data["decision"] == DecisionForm.APPROVE
    try:
        guests.decide(key, approves=approves, reason=form.cleaned_data["reason"])
    except Refused as error:
        values = {"decision_form": form, "refused": str(error)}
        return _review_page(request, key, token, found, values, 409)
    return HttpResponseRedirect(f"{request.path}#decision")


def _too_late(request: HttpRequest, key: Key) -> HttpResponse:
    """Keep what a guest wrote while the text changed; an ended link takes nothing."""
    words = request.POST.get("text") or request.POST.get("reason") or ""
    is_kept = False
    if key.standing in {Standing.CHANGED, Standing.PUBLIC} and words.strip():
        form = CommentForm({"text": words})
        if form.is_valid() and not guests.why_no_comment(key.link):
            guests.comment(key, form.cleaned_data["text"], None)
            is_kept = True
    context = {"standing": key.standing, "is_kept": is_kept, "words": "" if is_kept else words}
    return render(request, "previews/ended.html", context, status=410)
