"""Making two entries one, from the lists of the directory."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from iomsite.publishing.restoring import DoesNotFit
from iomsite.publishing.roles import may_publish
from iomsite.publishing.workflow import Refused
from speeches.mentions.entries import MODELS, target_for
from speeches.mentions.merging import CannotMerge, merge
from speeches.models import Mention

PAIR = 2


@admin.action(description=_("Make two entries one"))
def merge_chosen(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    """Ask which of two entries stays, then let the other go into it."""
    pair = list(queryset.order_by("pk")[: PAIR + 1])
    if not may_publish(request.user, queryset.model):
        messages.error(request, _("You may not decide what the public sees. Ask a publisher."))
        return None
    if len(pair) != PAIR:
        messages.error(request, _("Choose exactly two entries."))
        return None
    kept = next((one for one in pair if str(one.pk) == request.POST.get("kept", "")), None)
    if kept is None:
        return _asked(model_admin, request, pair)
    given_up = pair[0] if kept == pair[1] else pair[1]
    try:
        done = merge(kept, given_up, request.user)
    except (CannotMerge, Refused, DoesNotFit) as refused:
        messages.error(request, str(refused))
        return None
    told = _("“%(old)s” has gone into “%(new)s”. %(count)s items were changed.")
    values = {"old": given_up, "new": kept, "count": done.changed}
    messages.success(request, told % values)
    if done.waiting:
        waits = _("%(count)s of them wait as working copies: something else is being written.")
        messages.warning(request, waits % {"count": done.waiting})
    return None


def _asked(model_admin: Any, request: HttpRequest, pair: list[Any]) -> HttpResponse:
    counts = [Mention.objects.leading_to(target_for(one)).count() for one in pair]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": _("Make two entries one"),
        "pair": list(zip(pair, counts, strict=True)),
    }
    return TemplateResponse(request, "admin/speeches/mentions/merge.html", context)


for model in MODELS.values():
    owner: Any = admin.site.get_model_admin(model)
    owner.actions = [*owner.actions, merge_chosen]
