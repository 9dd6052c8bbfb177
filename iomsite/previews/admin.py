"""Previews in the admin: of what is typed, of what is saved, and the links for guests."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from iomsite.caching.state import state_of
from iomsite.languages import native_name, site_languages
from iomsite.previews import links
from iomsite.previews.forms import LinkForm
from iomsite.previews.models import PreviewLink
from iomsite.previews.showing import NoPage, Preview, as_public, show, unkept
from iomsite.previews.unsaved import Unsaved
from iomsite.publishing.desk import Desk
from iomsite.publishing.restoring import DoesNotFit

VISITS_SHOWN = 5


class PreviewMixin:
    """For a ModelAdmin of items with a public life. Put it before the admin class."""

    model: Any
    admin_site: Any
    get_object: Any
    has_view_or_change_permission: Any
    has_change_permission: Any
    has_add_permission: Any

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, self._preview_name
        return [
            path("add/preview/", wrap(self.preview_new), name=name("preview_new")),
            path("<int:key>/preview/", wrap(self.preview_view), name=name("preview")),
            path("<int:key>/preview/<path:inner>", wrap(self.preview_view), name=name("part")),
            path("<int:key>/links/", wrap(self.links_view), name=name("links")),
            path("<int:key>/links/<int:link>/revoke/", wrap(self.revoke_view), name=name("revoke")),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def _preview_name(self, action: str) -> str:
        options = self.model._meta
        return f"{options.app_label}_{options.model_name}_{action}"

    def preview_url(self, action: str, *args: Any) -> str:
        """Return the address of one of these pages."""
        return reverse(f"admin:{self._preview_name(action)}", args=args)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the previews beside the form."""
        item = kwargs.get("obj")
        may_send = (
            self.has_change_permission(request, item) if item else self.has_add_permission(request)
        )
        context["previewing"] = {
            "send_url": may_send
            and (self.preview_url("preview", item.pk) if item else self.preview_url("preview_new")),
            "saved_url": self.preview_url("preview", item.pk) if item else "",
            "links_url": self.preview_url("links", item.pk) if item else "",
            "languages": [(code, native_name(code)) for code in site_languages()],
        }
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        """Hold what a preview has saved, which is taken back in a moment."""
        if hasattr(request, "unsaved"):
            return request.unsaved.hold(obj)
        return super().response_add(request, obj, *args, **kw)  # type: ignore[misc]

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if hasattr(request, "unsaved"):
            return request.unsaved.hold(obj)
        return super().response_change(request, obj)  # type: ignore[misc]

    def preview_new(self, request: HttpRequest) -> HttpResponseBase:
        """Show what is typed into the form of a new item."""
        if request.method != "POST":
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._shown(request, None, lambda: Unsaved(self, request).show_new())

    def preview_view(self, request: HttpRequest, key: int, inner: str = "") -> HttpResponseBase:
        """Show an item as the form says (POST), or as its next state is saved (GET)."""
        item = self._item(request, key)
        if request.method == "POST":
            if not self.has_change_permission(request, item):
                raise PermissionDenied
            return self._shown(request, item, lambda: Unsaved(self, request).show(item))
        return self._shown(request, item, lambda: self._saved(request, item, inner))

    def _saved(self, request: HttpRequest, item: Any, inner: str) -> HttpResponseBase:
        state_of(request)
        desk = Desk(item)
        prefix = self.preview_url("preview", item.pk).rstrip("/")
        with as_public(item, desk.content) as row:
            banner = {
                "saved": True,
                "back_url": reverse(f"admin:{self._preview_name('change')}", args=[item.pk]),
            }
            shown = Preview(row, desk.content, prefix, banner)
            return show(request, shown, f"/{inner}" if inner else "")

    def _shown(self, request: HttpRequest, item: Any, make: Any) -> HttpResponseBase:
        """Return a preview, or say why there is none."""
        try:
            return unkept(make())
        except NoPage:
            problems = [_("Readers could not open its page: it has none, or it stands on another.")]
        except DoesNotFit as error:
            problems = error.problems
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "original": item,
            "title": _("No preview"),
            "problems": problems,
        }
        return unkept(TemplateResponse(request, "previews/no_page.html", context).render())

    def links_view(self, request: HttpRequest, key: int) -> HttpResponseBase:
        """List the links to an item, and make one."""
        item = self._item(request, key)
        desk = Desk(item)
        may_make = self._may_invite(request, item)
        form = LinkForm(
            request.POST if request.method == "POST" else None,
            why_not_decide=links.why_not_decide(desk, request.user),
        )
        address = ""
        if request.method == "POST":
            if not may_make:
                raise PermissionDenied
            address = self._make(request, item, form)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "original": item,
            "title": _("Links for guests"),
            "form": LinkForm(why_not_decide=links.why_not_decide(desk, request.user))
            if address
            else form,
            "address": address,
            "may_make": may_make,
            "why_none": links.why_no_link(desk),
            "rows": self._rows(desk),
            "days": links.LONGEST_DAYS,
        }
        return unkept(TemplateResponse(request, "previews/links.html", context).render())

    def _make(self, request: HttpRequest, item: Any, form: LinkForm) -> str:
        """Make a link and return its address, which is shown this once; empty when refused."""
        if not form.is_valid():
            return ""
        try:
            _link, token = links.make_link(item, request.user, **form.cleaned_data)
        except links.NotMade as error:
            form.add_error(None, str(error))
            return ""
        return request.build_absolute_uri(reverse("previews:preview", args=[token]))

    def _rows(self, desk: Desk) -> list[dict[str, Any]]:
        return [
            {
                "link": link,
                "is_open": not link.is_revoked and not link.is_over_at(desk.now),
                "is_changed": link.content_hash != desk.pending_hash,
                "visits": list(link.visits.all()[:VISITS_SHOWN]),
                "revoke_url": self.preview_url("revoke", desk.item.pk, link.pk),
            }
            for link in PreviewLink.objects.of(desk.item)
            .with_visits()
            .select_related("made_by")[: 2 * links.MOST_LINKS]
        ]

    def revoke_view(self, request: HttpRequest, key: int, link: int) -> HttpResponseBase:
        """Take one link back."""
        item = self._item(request, key)
        if not self._may_invite(request, item):
            raise PermissionDenied
        if request.method == "POST":
            links.revoke(get_object_or_404(PreviewLink.objects.of(item), pk=link), request.user)
            messages.success(request, _("The link was taken back. It opens nothing any more."))
        return HttpResponseRedirect(self.preview_url("links", item.pk))

    def _may_invite(self, request: HttpRequest, item: Any) -> bool:
        """Say whether somebody may show an item to a guest; also one that waits for its time."""
        return bool(request.user.has_perm(_permission("change", self.model)))

    def _item(self, request: HttpRequest, key: int) -> Any:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied  # Whether it is there is nobody else's business.
        item = self.get_object(request, str(key))
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        return item


def _permission(action: str, model: Any) -> str:
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"
